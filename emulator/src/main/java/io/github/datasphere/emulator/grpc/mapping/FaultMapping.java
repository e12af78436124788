package io.github.datasphere.emulator.grpc.mapping;

import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.emulator.testing.Fault;
import io.github.datasphere.emulator.testing.Faults;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Base64;

/** Maps faults that tests in other languages order. */
public final class FaultMapping {
  private FaultMapping() {}

  /** Orders the fault; throws {@link IllegalArgumentException} if it is impossible. */
  public static void order(AddFaultRequest request, Faults faults) {
    var fault = Faults.draft(request.getMethod(), origin(request));
    switch (request.getCallsCase()) {
      case NTH -> fault.nth(request.getNth());
      case NEXT -> fault.next(request.getNext());
      case ALWAYS -> fault.always();
      case CALLS_NOT_SET -> fault.next(1);
    }
    request.getWhenRequestHasMap().forEach(fault::whenHas);
    request.getWhileJobIsValueList().forEach(number -> fault.whileJobIs(status(number)));
    act(fault, request);
    faults.order(fault);
  }

  private static void act(Fault fault, AddFaultRequest request) {
    if (request.hasDelayBy()) {
      fault.delayBy(duration("delay_by", request.getDelayBy()));
    }
    switch (request.getActionCase()) {
      case FAIL_WITH -> fault.failWith(failure("fail_with", request.getFailWith(), request));
      case FAIL_AFTER_EFFECT_WITH ->
        fault.failAfterEffectWith(
            failure("fail_after_effect_with", request.getFailAfterEffectWith(), request));
      case BREAK_LOG -> {
        var cut = request.getBreakLog();
        fault.breakAt(cut.getOffset(), failure("break_log.status", cut.getStatus(), request));
      }
      case RESPOND_WITH -> {
        refuseTrailers(request);
        fault.respondWith(
            request.getRespondWith().getStatus(), request.getRespondWith().getText());
      }
      case CUT_AT -> {
        refuseTrailers(request);
        fault.cutAt(request.getCutAt());
      }
      case STAYS_OPEN_FOR -> {
        refuseTrailers(request);
        fault.staysOpenFor(duration("stays_open_for", request.getStaysOpenFor()));
      }
      case ACTION_NOT_SET -> {
        refuseTrailers(request);
        if (!request.hasDelayBy()) {
          throw Rejected.invalid("action", "must be set, or delay_by: say what goes wrong")
              .asException();
        }
      }
    }
  }

  private static Duration duration(String field, com.google.protobuf.Duration proto) {
    var violations = Violations.of(field);
    var duration = TimeMapping.toDomain(proto, violations);
    if (!violations.all().isEmpty()) {
      throw Rejected.invalid(violations.all()).asException();
    }
    return duration;
  }

  private static StatusRuntimeException failure(
      String field, com.google.rpc.Status status, AddFaultRequest request) {
    var trailers = new Metadata();
    request.getTrailersMap().forEach((name, value) -> put(trailers, name, value));
    try {
      return StatusProto.toStatusRuntimeException(status, trailers);
    } catch (IllegalArgumentException e) {
      throw Rejected.invalid(field + ".code", status.getCode() + " is no code").asException();
    }
  }

  private static void put(Metadata trailers, String name, String value) {
    try {
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        trailers.put(
            Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER),
            Base64.getDecoder().decode(value));
      } else {
        trailers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), printable(value));
      }
    } catch (IllegalArgumentException e) {
      var violations = Violations.of("").at("trailers", name);
      violations.add("cannot be sent: " + e.getMessage());
      throw Rejected.invalid(violations.all()).asException();
    }
  }

  /** gRPC itself would send question marks for other characters. */
  private static String printable(String value) {
    if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "its value is not printable ASCII: take a name that ends in -bin, and base64");
    }
    return value;
  }

  private static void refuseTrailers(AddFaultRequest request) {
    if (request.getTrailersCount() > 0) {
      throw Rejected.invalid(
              "trailers",
              "go with a status: set fail_with, fail_after_effect_with or break_log as well")
          .asException();
    }
  }

  private static JobStatus status(int number) {
    var status = JobStatus.forNumber(number);
    if (status == null) {
      throw new IllegalArgumentException("while_job_is: there is no state " + number);
    }
    return status;
  }

  private static StackTraceElement origin(AddFaultRequest request) {
    return new StackTraceElement("ControlService", "AddFault", request.getMethod(), -1);
  }
}
