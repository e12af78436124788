package io.github.datasphere.emulator.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import com.google.rpc.Status;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.emulator.AddFaultRequest.HttpAnswer;
import io.github.datasphere.proto.emulator.AddFaultRequest.LogBreak;
import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.ControlServiceGrpc.ControlServiceBlockingStub;
import io.github.datasphere.proto.emulator.GetClockRequest;
import io.github.datasphere.proto.emulator.GetTimelineRequest;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.MoveClockRequest;
import io.github.datasphere.proto.emulator.OpenGateRequest;
import io.github.datasphere.proto.emulator.PutFileRequest;
import io.github.datasphere.proto.emulator.PutJobRequest;
import io.github.datasphere.proto.emulator.PutSecretRequest;
import io.github.datasphere.proto.emulator.RestoreRequest;
import io.github.datasphere.proto.emulator.Script;
import io.github.datasphere.proto.emulator.SetQuotaRequest;
import io.github.datasphere.proto.emulator.Step;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests to the control service beyond all bounds. */
class ControlBoundsTest {
  private static final String HUGE = "x".repeat(1 << 20);
  private static final Duration MOST =
      Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(999_999_999).build();
  private static final Duration LEAST =
      Duration.newBuilder().setSeconds(Long.MIN_VALUE).build();
  private static final Duration TORN =
      Duration.newBuilder().setSeconds(1).setNanos(-1).build();
  private static final List<Duration> SPANS = List.of(MOST, LEAST, TORN);

  /** What a header field of HTTP/2 can take; a longer refusal breaks the call. */
  private static final int MOST_WORDS = 8_000;

  private Emulator emulator;
  private ManagedChannel channel;
  private ControlServiceBlockingStub control;

  @BeforeEach
  void start() {
    emulator = Emulator.inProcess();
    channel = emulator.channel();
    control = ControlServiceGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void end() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  static Stream<Arguments> requests() {
    return Stream.of(clocks(), faults(), statuses(), jobs(), scripts(), others())
        .flatMap(some -> some);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void isRefusedInAFewWordsOrServed(String what, Consumer<ControlServiceBlockingStub> call) {
    try {
      call.accept(control);
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode())
          .isIn(Code.INVALID_ARGUMENT, Code.NOT_FOUND, Code.FAILED_PRECONDITION, Code.OUT_OF_RANGE);
      assertThat(String.valueOf(e.getStatus().getDescription()).getBytes(UTF_8))
          .hasSizeBetween(1, MOST_WORDS);
    }

    assertThat(control.getClock(GetClockRequest.getDefaultInstance()).hasNow()).isTrue();
    assertThat(emulator.givenJob(job -> job.name("later"))).isNotNull();
  }

  private static Stream<Arguments> clocks() {
    var times = Stream.of(Long.MAX_VALUE, Long.MIN_VALUE, -62_135_596_801L, 253_402_300_800L)
        .map(seconds -> Timestamp.newBuilder().setSeconds(seconds).build());
    var torn = Timestamp.newBuilder().setNanos(-1).build();
    return Stream.concat(
        SPANS.stream()
            .map(span -> odd(
                "advance by " + span.getSeconds(),
                stub -> stub.moveClock(
                    MoveClockRequest.newBuilder().setAdvance(span).build()))),
        Stream.concat(times, Stream.of(torn))
            .flatMap(time -> Stream.of(
                odd(
                    "advance to " + time.getSeconds() + "." + time.getNanos(),
                    stub -> stub.moveClock(
                        MoveClockRequest.newBuilder().setAdvanceTo(time).build())),
                odd(
                    "set to " + time.getSeconds() + "." + time.getNanos(),
                    stub -> stub.moveClock(
                        MoveClockRequest.newBuilder().setSetTo(time).build())))));
  }

  private static Stream<Arguments> faults() {
    var many = AddFaultRequest.newBuilder();
    IntStream.range(0, 10_000).forEach(i -> many.putWhenRequestHas("name" + i, "x"));
    return Stream.of(
            new Fault("no method", it -> it.setMethod("")),
            new Fault("a huge method", it -> it.setMethod(HUGE)),
            new Fault("the 0th call", it -> it.setNth(0)),
            new Fault("a call before the first", it -> it.setNth(Integer.MIN_VALUE)),
            new Fault("fewer than no calls", it -> it.setNext(-1)),
            new Fault("an endless delay", it -> it.setDelayBy(MOST)),
            new Fault("a delay before", it -> it.setDelayBy(LEAST)),
            new Fault("a torn delay", it -> it.setDelayBy(TORN)),
            new Fault("open for ever", it -> it.setMethod("GET").setStaysOpenFor(MOST)),
            new Fault("open until before", it -> it.setMethod("GET").setStaysOpenFor(LEAST)),
            new Fault("cut before the first byte", it -> it.setMethod("GET").setCutAt(-1)),
            new Fault(
                "a log broken before it",
                it -> it.setMethod("ReadLogs")
                    .setBreakLog(LogBreak.newBuilder().setOffset(Long.MIN_VALUE))),
            new Fault("HTTP status 0", it -> it.setMethod("PUT").setRespondWith(answer(0))),
            new Fault("HTTP status 99", it -> it.setMethod("PUT").setRespondWith(answer(99))),
            new Fault("HTTP status 1000", it -> it.setMethod("PUT").setRespondWith(answer(1000))),
            new Fault("a trailer of gRPC's own", it -> it.putTrailers("grpc-status", "0")),
            new Fault("a trailer that is none", it -> it.putTrailers("a b\r\nx", "0")),
            new Fault("a trailer with a line end", it -> it.putTrailers("x", "1\r\ny: 2")),
            new Fault("a huge trailer", it -> it.putTrailers("x", HUGE)),
            new Fault("a state of another life", it -> it.addWhileJobIsValue(4711)),
            new Fault("ten thousand fields", it -> it.mergeFrom(many.build())))
        .map(fault -> odd("a fault: " + fault.what(), stub -> stub.addFault(fault.built())));
  }

  private static Stream<Arguments> statuses() {
    return Stream.of(0, -1, 17, 4711, Integer.MIN_VALUE)
        .map(code -> odd(
            "a fault: code " + code,
            stub -> stub.addFault(new Fault(
                    "", it -> it.setFailWith(Status.newBuilder().setCode(code).setMessage(HUGE)))
                .built())));
  }

  private static Stream<Arguments> jobs() {
    var paths = Stream.of("../x", "/etc/x", "", ".", "a/../../x", "a\0b", HUGE)
        .map(path -> PutJobRequest.newBuilder().putOutputs(path, ByteString.copyFromUtf8("1")));
    var spans = SPANS.stream()
        .flatMap(span -> Stream.of(
            PutJobRequest.newBuilder().setAge(span), PutJobRequest.newBuilder().setTtl(span)));
    var states = Stream.of(PutJobRequest.newBuilder().setStatusValue(4711));
    return Stream.of(paths, spans, states)
        .flatMap(some -> some)
        .map(job -> odd(
            "a job: " + clipped(job.toString()),
            stub -> stub.putJob(job.setProjectId("bt1project").build())));
  }

  private static Stream<Arguments> scripts() {
    var steps = SPANS.stream()
        .flatMap(span ->
            Stream.of(Step.newBuilder().setLasts(span), Step.newBuilder().setAfter(span)));
    var odd = Stream.of(
        Step.newBuilder(),
        Step.newBuilder().setExits(Integer.MIN_VALUE),
        Step.newBuilder().setWaitsFor(""),
        Step.newBuilder().setWrites(Step.File.newBuilder().setPath("../x")),
        Step.newBuilder().setProgress(Step.Progress.newBuilder().setPercent(Integer.MIN_VALUE)),
        Step.newBuilder().setFailsWith(Status.newBuilder().setCode(4711)));
    return Stream.concat(steps, odd)
        .map(step -> odd(
            "a script: " + clipped(step.toString()),
            stub -> stub.addScripts(AddScriptsRequest.newBuilder()
                .addScripts(Script.newBuilder().addSteps(step))
                .build())));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        odd("a quota below none", stub -> stub.setQuota(quota(-1))),
        odd("the least quota", stub -> stub.setQuota(quota(Integer.MIN_VALUE))),
        odd("pages below none", stub -> stub.listExchanges(page(-1, ""))),
        odd("endless pages", stub -> stub.listExchanges(page(Long.MAX_VALUE, ""))),
        odd("a page of nowhere", stub -> stub.listExchanges(page(1, "nowhere"))),
        odd("a huge page token", stub -> stub.listExchanges(page(1, HUGE))),
        odd(
            "a savepoint of nowhere",
            stub ->
                stub.restore(RestoreRequest.newBuilder().setSavepointId(HUGE).build())),
        odd(
            "a huge gate",
            stub -> stub.openGate(OpenGateRequest.newBuilder().setName(HUGE).build())),
        odd(
            "a timeline of nowhere",
            stub ->
                stub.getTimeline(GetTimelineRequest.newBuilder().setJobId(HUGE).build())),
        odd(
            "a file of nowhere",
            stub ->
                stub.putFile(PutFileRequest.newBuilder().setProjectId("../x").build())),
        odd(
            "a secret without a name",
            stub -> stub.putSecret(PutSecretRequest.newBuilder().setValue("x").build())),
        odd(
            "a secret that is no variable",
            stub ->
                stub.putSecret(PutSecretRequest.newBuilder().setName("A=B\0").build())),
        odd(
            "a secret of a huge name",
            stub -> stub.putSecret(PutSecretRequest.newBuilder().setName(HUGE).build())));
  }

  /** A fault on Get unless the change says otherwise. */
  private record Fault(String what, Consumer<AddFaultRequest.Builder> change) {
    AddFaultRequest built() {
      var request = AddFaultRequest.newBuilder()
          .setMethod("Get")
          .setFailWith(Status.newBuilder().setCode(14).setMessage("away"));
      change.accept(request);
      return request.build();
    }
  }

  private static Arguments odd(String what, Consumer<ControlServiceBlockingStub> call) {
    return arguments(what, call);
  }

  private static HttpAnswer answer(int status) {
    return HttpAnswer.newBuilder().setStatus(status).build();
  }

  private static SetQuotaRequest quota(int jobs) {
    return SetQuotaRequest.newBuilder().setJobs(jobs).build();
  }

  private static ListExchangesRequest page(long size, String token) {
    return ListExchangesRequest.newBuilder()
        .setPageSize(size)
        .setPageToken(token)
        .build();
  }

  private static String clipped(String text) {
    var line = text.replaceAll("\\s+", " ");
    return line.substring(0, Math.min(60, line.length()));
  }
}
