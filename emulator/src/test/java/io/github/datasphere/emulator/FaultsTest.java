package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.testing.Faults;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultsTest extends WithTestDouble {
  private static final Metadata.Key<String> HINT =
      Metadata.Key.of("hint", Metadata.ASCII_STRING_MARSHALLER);

  @Test
  void theNextCallsFailAndChangeNothing() {
    emulator.faults().failNext(2, "Create", Status.UNAVAILABLE);
    assertThatThrownBy(() -> client.create("a")).satisfies(e -> isCode(e, Status.Code.UNAVAILABLE));
    assertThatThrownBy(() -> client.create("a")).satisfies(e -> isCode(e, Status.Code.UNAVAILABLE));
    client.create("a");
    assertThat(emulator.journal().exchanges("Create")).hasSize(3);
    assertThat(emulator.faults().pending()).isEmpty();
  }

  @Test
  void onlyTheNthCallFails() {
    emulator.faults().on("Create").nth(2).failWith(Status.INTERNAL);
    client.create("a");
    assertThatThrownBy(() -> client.create("b")).satisfies(e -> isCode(e, Status.Code.INTERNAL));
    client.create("c");
  }

  @Test
  void afterItsEffectACallLosesOnlyItsAnswer() {
    emulator.faults().on("Create").failAfterEffectWith(Status.CANCELLED);
    assertThatThrownBy(() -> client.create("lost"))
        .satisfies(e -> isCode(e, Status.Code.CANCELLED));
    assertThat(emulator.jobs()).extracting(Job::getName).containsExactly("lost");
  }

  @Test
  void onlyRequestsThatMeetTheConditionFail() {
    emulator
        .faults()
        .on("Create")
        .always()
        .when(CreateProjectJobRequest.class, request -> request.getName().equals("bad"))
        .failWith(Status.RESOURCE_EXHAUSTED);
    client.create("good");
    assertThatThrownBy(() -> client.create("bad"))
        .satisfies(e -> isCode(e, Status.Code.RESOURCE_EXHAUSTED));
  }

  @Test
  void onlyCallsForAJobInTheStateFail() {
    emulator.faults().on("Get").whileJobIs(JobStatus.EXECUTING).failWith(Status.UNAVAILABLE);
    emulator.whenExecuted(job -> true).thenRun(script -> script.lasts(Duration.ofHours(1)));
    var id = client.create("a");
    client.get(id);
    client.executeCreated(id);
    assertThatThrownBy(() -> client.get(id)).satisfies(e -> isCode(e, Status.Code.UNAVAILABLE));
  }

  @Test
  void aDelayedCallIsAnsweredWhenTheTimeHasCome() {
    var id = client.create("a");
    emulator.faults().on("Get").delayBy(Duration.ofSeconds(30));
    var answers = new Answers<Job>();
    stub().get(GetProjectJobRequest.newBuilder().setJobId(id).build(), answers);
    assertThat(answers.values).isEmpty();
    emulator.clock().advance(Duration.ofSeconds(30));
    assertThat(answers.values).hasSize(1);
  }

  @Test
  void aDelayWithoutEndHoldsTheCallUntilTheWorldEnds() {
    emulator
        .faults()
        .on("Create")
        .delayBy(Duration.ofSeconds(Long.MAX_VALUE))
        .delayBy(Duration.ofSeconds(Long.MAX_VALUE));
    var create = createLater();
    emulator.clock().advance(Duration.ofDays(365_000));
    assertThat(create).isNotDone();
    emulator.reset();
    assertThat(create).isCompletedExceptionally();
  }

  @Test
  void delaysAddUpBeforeTheCallFailsAndUntilThenNothingHappens() {
    emulator
        .faults()
        .on("Create")
        .delayBy(Duration.ofSeconds(20))
        .delayBy(Duration.ofSeconds(10))
        .failWith(withTrailers(Status.UNAVAILABLE));
    var create = createLater();
    emulator.clock().advance(Duration.ofSeconds(29));
    assertThat(create).isNotDone();
    emulator.clock().advance(Duration.ofSeconds(1));
    assertThat(create).isCompletedExceptionally();
    assertThatThrownBy(create::join).satisfies(e -> carriesTrailers(e, Status.Code.UNAVAILABLE));
    assertThat(emulator.jobs()).isEmpty();
  }

  @Test
  void aDelayedCallHasItsEffectAndThenLosesItsAnswer() {
    emulator
        .faults()
        .on("Create")
        .delayBy(Duration.ofSeconds(30))
        .failAfterEffectWith(withTrailers(Status.CANCELLED));
    var create = createLater();
    assertThat(emulator.jobs()).isEmpty();
    emulator.clock().advance(Duration.ofSeconds(30));
    assertThat(create).isCompletedExceptionally();
    assertThatThrownBy(create::join).satisfies(e -> carriesTrailers(e, Status.Code.CANCELLED));
    assertThat(emulator.jobs()).hasSize(1);
  }

  @Test
  void aDelayedLogStreamBreaksWithTrailers() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.stdout("0\n").stdout("1\n"));
    var id = client.execute("a");
    emulator
        .faults()
        .on("ReadLogs")
        .delayBy(Duration.ofSeconds(30))
        .breakAt(1, withTrailers(Status.UNAVAILABLE));
    var stream = new Answers<ReadProjectJobLogsResponse>();
    stub().readLogs(logsFrom(id, 0), stream);
    assertThat(stream.values).isEmpty();
    emulator.clock().advance(Duration.ofSeconds(30));
    assertThat(stream.values)
        .singleElement()
        .satisfies(logs -> assertThat(logs.getLogsCount()).isEqualTo(1));
    assertThatThrownBy(stream.end::join)
        .satisfies(e -> carriesTrailers(e, Status.Code.UNAVAILABLE));
  }

  @Test
  void aDelayedDownloadIsAnsweredWithTheOrderedStatus() {
    var url = client.outputUrl();
    emulator.faults().onDownload().delayBy(Duration.ofSeconds(30)).respondWith(503, "slow down");
    var answer = HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    await().until(() -> {
      emulator.clock().advance(Duration.ofSeconds(30));
      return answer.isDone();
    });
    assertThat(answer.join().statusCode()).isEqualTo(503);
    assertThat(answer.join().body()).isEqualTo("slow down");
    assertThat(answer.join().headers().firstValue("Content-Type"))
        .contains("text/plain; charset=utf-8");
  }

  @Test
  void aTransferFailsOnlyWhileItsJobIsInTheState() throws Exception {
    var url = client.outputUrl();
    emulator
        .faults()
        .onDownload()
        .whileJobIs(JobStatus.EXECUTING)
        .respondWith(503, "for running jobs");
    assertThat(download(url).statusCode()).isEqualTo(200);
    emulator
        .faults()
        .onDownload()
        .whileJobIs(JobStatus.EXECUTING)
        .whileJobIs(JobStatus.SUCCESS)
        .respondWith(503, "for jobs that have ended too");
    assertThat(download(url).statusCode()).isEqualTo(503);
  }

  @Test
  void fromTheNthCallOnTheNextOnesFailInWhateverOrderThatIsSaid() {
    emulator.faults().on("Create").nth(2).next(2).failWith(Status.INTERNAL);
    emulator.faults().on("Get").next(2).nth(2).failWith(Status.INTERNAL);
    var id = client.create("1");
    for (int failing = 2; failing <= 3; failing++) {
      assertThatThrownBy(() -> client.create("a")).satisfies(e -> isCode(e, Status.Code.INTERNAL));
    }
    client.create("4");
    client.get(id);
    for (int failing = 2; failing <= 3; failing++) {
      assertThatThrownBy(() -> client.get(id)).satisfies(e -> isCode(e, Status.Code.INTERNAL));
    }
    client.get(id);
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void whatCanNotBeCombinedIsRefusedWhereItIsSaid(Consumer<Faults> order, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> order.accept(emulator.faults()))
        .withMessageContaining(why);
  }

  static Stream<Arguments> impossible() {
    var second = Duration.ofSeconds(1);
    return Stream.of(
        refused(
            f -> f.on("Get").failWith(Status.ABORTED).delayBy(second),
            "say a delay of 1 s before it"),
        refused(
            f -> f.on("Get").failWith(Status.ABORTED).failWith(Status.INTERNAL),
            "a fault of its own"),
        refused(
            f -> f.on("Get").failWith(Status.ABORTED).failAfterEffectWith(Status.OK),
            "Status.OK is none"),
        refused(
            f -> f.on("ReadLogs").breakAt(1, Status.ABORTED).failWith(Status.INTERNAL),
            "nothing can follow a break"),
        refused(f -> f.onUpload().cutAt(1).respondWith(503, ""), "nothing can follow a cut"),
        refused(f -> f.on("Get").cutAt(1), "'Get' is another call"),
        refused(f -> f.on("Get").respondWith(503, ""), "happens to an upload or download"),
        refused(f -> f.on("Get").breakAt(1, Status.ABORTED), "happens to a log stream"),
        refused(f -> f.onUpload().failWith(Status.ABORTED), "'PUT' is an upload or download"),
        refused(f -> f.onUpload().when(Message.class, request -> true), "no request to look into"),
        refused(f -> f.on("Get").nth(1).nth(2), "begins at call 1 already"),
        refused(f -> f.on("Get").next(2).always(), "how many calls"),
        refused(f -> f.on("Get").whenHas("name", "a"), "has a field 'name'"),
        refused(f -> f.onUpload().respondWith(0, ""), "200 to 599"),
        refused(f -> f.onUpload().cutAt(-1), "after -1 bytes"),
        refused(f -> f.on("ReadLogs").breakAt(-1, Status.ABORTED), "counted from 0"));
  }

  private static Arguments refused(Consumer<Faults> order, String why) {
    return Arguments.of(order, why);
  }

  @Test
  void aLogStreamBreaksAtItsOffsetAndCanBeReadOn() {
    emulator
        .whenExecuted(job -> true)
        .thenRun(script -> script.stdout("0\n").stdout("1\n").stdout("2\n"));
    var id = client.execute("a");
    emulator.faults().on("ReadLogs").breakAt(2, Status.UNAVAILABLE);
    var broken = client.jobs.readLogs(logsFrom(id, 0));
    assertThat(broken.next().getOffset()).isEqualTo(2);
    assertThatThrownBy(broken::hasNext).satisfies(e -> isCode(e, Status.Code.UNAVAILABLE));
    var rest = client.jobs.readLogs(logsFrom(id, 2));
    assertThat(rest.next().getLogs(0).getContent().toStringUtf8()).isEqualTo("2\n");
  }

  @Test
  void aDownloadIsAnsweredWithTheOrderedStatus() throws Exception {
    var url = client.outputUrl();
    emulator.faults().onDownload().respondWith(503, "slow down");
    assertThat(download(url).statusCode()).isEqualTo(503);
    assertThat(download(url).statusCode()).isEqualTo(200);
  }

  @Test
  void aDownloadBreaksOffAtTheOrderedByte() {
    emulator.whenExecuted(job -> true).thenRun(script -> script.writes("out.txt", new byte[1000]));
    var url = client.outputUrl();
    emulator.faults().onDownload().cutAt(100);
    assertThatThrownBy(() -> download(url)).isInstanceOf(IOException.class);
  }

  @Test
  void aFaultThatNeverHappenedIsListedWithTheLineThatOrderedIt() {
    emulator.faults().on("Clone").failWith(Status.INTERNAL);
    assertThat(emulator.faults().pending())
        .singleElement()
        .satisfies(fault -> assertThat(fault.origin().getClassName()).endsWith("FaultsTest"));
  }

  @Test
  void okIsNoFault() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> emulator.faults().on("Create").failWith(Status.OK));
  }

  private static void isCode(Throwable failure, Status.Code code) {
    assertThat(TestClient.codeOf(failure)).isEqualTo(code);
  }

  private static ReadProjectJobLogsRequest logsFrom(String id, long offset) {
    return ReadProjectJobLogsRequest.newBuilder().setJobId(id).setOffset(offset).build();
  }

  private static HttpResponse<byte[]> download(String url)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private ProjectJobServiceGrpc.ProjectJobServiceStub stub() {
    return ProjectJobServiceGrpc.newStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized());
  }

  private CompletableFuture<Void> createLater() {
    var answers = new Answers<Operation>();
    stub().create(TestClient.creation(JobParameters.newBuilder().setCmd("true"), "a"), answers);
    return answers.end;
  }

  private static StatusRuntimeException withTrailers(Status status) {
    var trailers = new Metadata();
    trailers.put(HINT, "look here");
    return status.asRuntimeException(trailers);
  }

  private static void carriesTrailers(Throwable failure, Status.Code code) {
    var cause = (StatusRuntimeException) failure.getCause();
    assertThat(cause.getStatus().getCode()).isEqualTo(code);
    assertThat(cause.getTrailers()).isNotNull();
    assertThat(cause.getTrailers().get(HINT)).isEqualTo("look here");
  }

  /** What a call answers, as far as it has. */
  private static final class Answers<T> implements StreamObserver<T> {
    private final List<T> values = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void onNext(T value) {
      values.add(value);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(null);
    }
  }
}
