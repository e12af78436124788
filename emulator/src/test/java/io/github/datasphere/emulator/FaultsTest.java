package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private final Emulator emulator = Emulator.inProcess();
  private final TestClient client = new TestClient(emulator.channel());

  @AfterEach
  void close() {
    client.close();
    emulator.close();
  }

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
    assertThat(emulator.jobs()).extracting(job -> job.submission().name()).containsExactly("lost");
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
    var answers = new ArrayList<Job>();
    ProjectJobServiceGrpc.newStub(client.jobs.getChannel())
        .withInterceptors(TestClient.authorized())
        .get(GetProjectJobRequest.newBuilder().setJobId(id).build(), collect(answers));
    assertThat(answers).isEmpty();
    emulator.clock().advance(Duration.ofSeconds(30));
    assertThat(answers).hasSize(1);
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

  private static <T> StreamObserver<T> collect(List<T> answers) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        answers.add(value);
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {}
    };
  }
}
