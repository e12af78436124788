package io.github.datasphere.emulator.grpc;

import static io.github.datasphere.emulator.grpc.RequestFields.given;
import static io.github.datasphere.emulator.grpc.RequestFields.jobId;
import static io.github.datasphere.emulator.grpc.RequestFields.projectId;
import static io.github.datasphere.emulator.grpc.RequestFields.refuse;
import static io.github.datasphere.emulator.grpc.RequestFields.require;

import com.google.protobuf.Timestamp;
import io.github.datasphere.emulator.grpc.mapping.ControlMapping;
import io.github.datasphere.emulator.grpc.mapping.FaultMapping;
import io.github.datasphere.emulator.grpc.mapping.TimeMapping;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.emulator.testing.Control;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.emulator.AddFaultResponse;
import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.AddScriptsResponse;
import io.github.datasphere.proto.emulator.Clock;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.GetClockRequest;
import io.github.datasphere.proto.emulator.GetTimelineRequest;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.ListExchangesResponse;
import io.github.datasphere.proto.emulator.ListUndoneRequest;
import io.github.datasphere.proto.emulator.ListUndoneResponse;
import io.github.datasphere.proto.emulator.MoveClockRequest;
import io.github.datasphere.proto.emulator.OpenGateRequest;
import io.github.datasphere.proto.emulator.OpenGateResponse;
import io.github.datasphere.proto.emulator.PutFileRequest;
import io.github.datasphere.proto.emulator.PutFileResponse;
import io.github.datasphere.proto.emulator.PutJobRequest;
import io.github.datasphere.proto.emulator.PutJobResponse;
import io.github.datasphere.proto.emulator.PutSecretRequest;
import io.github.datasphere.proto.emulator.PutSecretResponse;
import io.github.datasphere.proto.emulator.ResetRequest;
import io.github.datasphere.proto.emulator.ResetResponse;
import io.github.datasphere.proto.emulator.RestoreRequest;
import io.github.datasphere.proto.emulator.RestoreResponse;
import io.github.datasphere.proto.emulator.SaveRequest;
import io.github.datasphere.proto.emulator.SaveResponse;
import io.github.datasphere.proto.emulator.SetQuotaRequest;
import io.github.datasphere.proto.emulator.SetQuotaResponse;
import io.github.datasphere.proto.emulator.Timeline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Lets tests in other languages order and read over gRPC what the JUnit extension offers in Java.
 */
final class ControlGrpcService extends ControlServiceGrpc.ControlServiceImplBase {
  private final Control control;

  ControlGrpcService(Control control) {
    this.control = control;
  }

  @Override
  public void reset(ResetRequest request, StreamObserver<ResetResponse> reply) {
    tell(reply, () -> {
      control.reset(request.getManualClock());
      return ResetResponse.getDefaultInstance();
    });
  }

  @Override
  public void save(SaveRequest request, StreamObserver<SaveResponse> reply) {
    tell(reply, () -> SaveResponse.newBuilder().setSavepointId(control.save()).build());
  }

  @Override
  public void restore(RestoreRequest request, StreamObserver<RestoreResponse> reply) {
    tell(reply, () -> {
      control.restore(given("savepoint_id", request.getSavepointId()));
      return RestoreResponse.getDefaultInstance();
    });
  }

  @Override
  public void getClock(GetClockRequest request, StreamObserver<Clock> reply) {
    tell(reply, this::clock);
  }

  @Override
  public void moveClock(MoveClockRequest request, StreamObserver<Clock> reply) {
    tell(reply, () -> {
      switch (request.getToCase()) {
        case ADVANCE -> advance("advance", duration(request));
        case ADVANCE_TO ->
          advance(
              "advance_to",
              Duration.between(control.now(), instant("advance_to", request.getAdvanceTo())));
        case SET_TO -> control.setTo(instant("set_to", request.getSetTo()));
        case TO_NOT_SET ->
          throw Rejected.invalid("advance", "must be set, or advance_to or set_to")
              .asException();
      }
      return clock();
    });
  }

  private void advance(String field, Duration time) {
    require(
        field,
        !time.isNegative(),
        "must not lead back: time only goes on; reset, or restore a savepoint, to be earlier");
    require(
        field,
        TimeMapping.canTell(control.now(), time),
        "must not lead beyond the year 9999, where times on the wire end");
    control.advance(time);
  }

  private static Duration duration(MoveClockRequest request) {
    var violations = Violations.of("advance");
    var duration = TimeMapping.toDomain(request.getAdvance(), violations);
    refuse(violations);
    return duration;
  }

  private static Instant instant(String field, Timestamp timestamp) {
    var violations = Violations.of(field);
    var instant = TimeMapping.toDomain(timestamp, violations);
    refuse(violations);
    return instant;
  }

  private Clock clock() {
    return Clock.newBuilder()
        .setNow(TimeMapping.toProto(control.now()))
        .setManual(control.isManual())
        .build();
  }

  @Override
  public void addScripts(AddScriptsRequest request, StreamObserver<AddScriptsResponse> reply) {
    tell(reply, () -> {
      control.addScripts(request);
      return AddScriptsResponse.getDefaultInstance();
    });
  }

  @Override
  public void openGate(OpenGateRequest request, StreamObserver<OpenGateResponse> reply) {
    tell(reply, () -> {
      control.openGate(given("name", request.getName()));
      return OpenGateResponse.getDefaultInstance();
    });
  }

  @Override
  public void addFault(AddFaultRequest request, StreamObserver<AddFaultResponse> reply) {
    tell(reply, () -> {
      given("method", request.getMethod());
      FaultMapping.order(request, control.state().faults());
      return AddFaultResponse.getDefaultInstance();
    });
  }

  @Override
  public void putJob(PutJobRequest request, StreamObserver<PutJobResponse> reply) {
    tell(
        reply,
        () -> PutJobResponse.newBuilder().setJobId(control.putJob(request)).build());
  }

  @Override
  public void putFile(PutFileRequest request, StreamObserver<PutFileResponse> reply) {
    tell(reply, () -> {
      var project = projectId(request.getProjectId()).value();
      return PutFileResponse.newBuilder()
          .setSha256(control.putFile(project, request.getContent().toByteArray()))
          .build();
    });
  }

  @Override
  public void putSecret(PutSecretRequest request, StreamObserver<PutSecretResponse> reply) {
    tell(reply, () -> {
      control.putSecret(given("name", request.getName()), request.getValue());
      return PutSecretResponse.getDefaultInstance();
    });
  }

  @Override
  public void setQuota(SetQuotaRequest request, StreamObserver<SetQuotaResponse> reply) {
    tell(reply, () -> {
      control.setQuota(request.getJobs());
      return SetQuotaResponse.getDefaultInstance();
    });
  }

  @Override
  public void listExchanges(
      ListExchangesRequest request, StreamObserver<ListExchangesResponse> reply) {
    tell(reply, () -> ExchangeListing.page(control.state().journal(), request));
  }

  @Override
  public void getTimeline(GetTimelineRequest request, StreamObserver<Timeline> reply) {
    tell(reply, () -> {
      var state = control.state();
      var job = state.engine().job(jobId(request.getJobId()));
      return ControlMapping.toProto(state.timeline().of(job.id().value()));
    });
  }

  @Override
  public void listUndone(ListUndoneRequest request, StreamObserver<ListUndoneResponse> reply) {
    tell(
        reply,
        () -> ListUndoneResponse.newBuilder().addAllProblems(control.undone()).build());
  }

  /**
   * Answers a call; an exception of the test tools is advice for the test's author, so the client
   * gets it.
   */
  private static <T> void tell(StreamObserver<T> reply, Supplier<T> answer) {
    GrpcReplies.answer(reply, () -> {
      try {
        return answer.get();
      } catch (RejectedException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw Rejected.malformed(String.valueOf(e.getMessage())).asException();
      } catch (IllegalStateException e) {
        throw Rejected.precondition(String.valueOf(e.getMessage())).asException();
      }
    });
  }
}
