package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.proto.emulator.AddScriptsRequest;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.GetTimelineRequest;
import io.github.datasphere.proto.emulator.JobCondition;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.ListUndoneRequest;
import io.github.datasphere.proto.emulator.MoveClockRequest;
import io.github.datasphere.proto.emulator.OpenGateRequest;
import io.github.datasphere.proto.emulator.PutFileRequest;
import io.github.datasphere.proto.emulator.PutJobRequest;
import io.github.datasphere.proto.emulator.PutSecretRequest;
import io.github.datasphere.proto.emulator.ResetRequest;
import io.github.datasphere.proto.emulator.RestoreRequest;
import io.github.datasphere.proto.emulator.SaveRequest;
import io.github.datasphere.proto.emulator.Script;
import io.github.datasphere.proto.emulator.Step;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlServiceTest extends ControlledEmulator {
  @Test
  void aScriptRunsForTheJobsOfItsCondition() {
    control.addScripts(AddScriptsRequest.newBuilder()
        .setWhen(JobCondition.newBuilder().setName("train"))
        .addScripts(Script.newBuilder()
            .setPreparesFor(minutes(1))
            .addSteps(Step.newBuilder().setStdout("epoch 1\n"))
            .addSteps(Step.newBuilder().setLasts(minutes(10)))
            .addSteps(Step.newBuilder().setExits(4)))
        .build());
    var train = client.execute("train");
    assertThat(client.get(train).getStatus()).isEqualTo(JobStatus.PREPARING);
    assertThat(client.get(client.execute("other")).getStatus()).isEqualTo(JobStatus.SUCCESS);

    advance(minutes(11));

    assertThat(client.get(train).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(control.listUndone(ListUndoneRequest.getDefaultInstance()).getProblemsList())
        .singleElement()
        .asString()
        .contains(
            "name 'other'", "ran without a script", "ControlService.AddScripts(name: \"train\")");
  }

  @Test
  void aTestInAnotherProcessDecidesAboutEachJob() throws IOException {
    var asked = new CopyOnWriteArrayList<String>();
    var test = answering(exchange -> {
      var question = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      asked.add(question);
      return question.contains("\"odd\"") ? "what?" : "{\"steps\": [{\"exits\": 3}]}";
    });
    try {
      var address = "http://127.0.0.1:" + test.getAddress().getPort() + "/decide";
      control.addScripts(AddScriptsRequest.newBuilder().setAsk(address).build());
      var train = client.execute("train");

      assertThat(client.get(train).getStatus()).isEqualTo(JobStatus.ERROR);
      assertThat(asked).singleElement().asString().contains("\"train\"").contains(train);
      assertThat(client.executed(client.create("odd")).getError().getMessage())
          .contains("ControlService.AddScripts(every job)", "answered with no script");
    } finally {
      test.stop(0);
    }
    assertThat(client.get(client.execute("late")).getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(control.listUndone(ListUndoneRequest.getDefaultInstance()).getProblemsList())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/x",
        "http://127.0.0.1@example.org/",
        "https://127.0.0.1/",
        "file:///etc/passwd",
        "nonsense",
        "a b"
      })
  void onlyThisMachineIsAsked(String address) {
    assertThatThrownBy(() ->
            control.addScripts(AddScriptsRequest.newBuilder().setAsk(address).build()))
        .hasMessageContaining("INVALID_ARGUMENT: ask: must be an address of this machine");
  }

  private static HttpServer answering(Answer answer) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/decide", exchange -> {
      var text = answer.to(exchange).getBytes(UTF_8);
      exchange.sendResponseHeaders(200, text.length);
      exchange.getResponseBody().write(text);
      exchange.close();
    });
    server.start();
    return server;
  }

  private interface Answer {
    String to(HttpExchange exchange) throws IOException;
  }

  @Test
  void everyStepOfAScriptIsUnderstood() throws InvalidProtocolBufferException {
    control.addScripts(AddScriptsRequest.newBuilder()
        .addScripts(Script.newBuilder()
            .setOnSignal(Script.newBuilder().addSteps(Step.newBuilder().setExits(0)))
            .setIgnoresSignals(true)
            .addSteps(Step.newBuilder().setStderr("e"))
            .addSteps(Step.newBuilder().setSystemLog("s"))
            .addSteps(Step.newBuilder()
                .setProgress(Step.Progress.newBuilder().setPercent(50).setMessage("half")))
            .addSteps(Step.newBuilder()
                .setWrites(Step.File.newBuilder()
                    .setPath("out.txt")
                    .setContent(ByteString.copyFromUtf8("content"))))
            .addSteps(Step.newBuilder().setAfter(minutes(1)))
            .addSteps(Step.newBuilder().setWaitsFor("go"))
            .addSteps(Step.newBuilder()
                .setFailsWith(com.google.rpc.Status.newBuilder()
                    .setCode(Status.Code.INTERNAL.value())
                    .setMessage("broken"))))
        .build());
    var id = client.execute("a");
    advance(minutes(1));
    assertThat(client
            .executeCreated(id)
            .getMetadata()
            .unpack(ExecuteProjectJobMetadata.class)
            .getProgress()
            .getMessage())
        .isEqualTo("half");
    control.openGate(OpenGateRequest.newBuilder().setName("go").build());
    assertThat(client.executeCreated(id).getError().getMessage()).isEqualTo("broken");
  }

  @Test
  void aScriptFailsWhilePreparingOrHoldsItsOutputs() {
    control.addScripts(AddScriptsRequest.newBuilder()
        .addScripts(Script.newBuilder()
            .addSteps(Step.newBuilder()
                .setFailsWhilePreparing(com.google.rpc.Status.newBuilder()
                    .setCode(Status.Code.FAILED_PRECONDITION.value())
                    .setMessage("no such image"))))
        .addScripts(Script.newBuilder().setUploadsFor(minutes(5)))
        .build());
    assertThat(client.executed(client.create("a")).getError().getMessage())
        .isEqualTo("no such image");
    var uploading = client.execute("b");
    assertThat(client.get(uploading).getStatus()).isEqualTo(JobStatus.UPLOADING_OUTPUT);
    advance(minutes(5));
    assertThat(client.get(uploading).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void aScriptTellsWhenItsCommandBegins() {
    control.addScripts(AddScriptsRequest.newBuilder()
        .addScripts(Script.newBuilder()
            .addSteps(Step.newBuilder().setSystemLog("pulling"))
            .addSteps(Step.newBuilder().setAfter(minutes(2)))
            .addSteps(Step.newBuilder().setBegins(true))
            .addSteps(Step.newBuilder().setAfter(minutes(3))))
        .build());
    var id = client.execute("a");
    advance(minutes(1));
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.PREPARING);
    advance(minutes(1));
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
    advance(minutes(3));
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void aCommandThatBeginsAfterItHasBegunIsToldWithItsField() {
    var bad = AddScriptsRequest.newBuilder()
        .addScripts(Script.newBuilder()
            .addSteps(Step.newBuilder().setStdout("early"))
            .addSteps(Step.newBuilder().setBegins(true)));
    assertThatThrownBy(() -> control.addScripts(bad.build()))
        .hasMessageContaining("INVALID_ARGUMENT: scripts[0].steps[1]: before the command begins");
    var idle = AddScriptsRequest.newBuilder()
        .addScripts(Script.newBuilder().addSteps(Step.newBuilder().setBegins(false)));
    assertThatThrownBy(() -> control.addScripts(idle.build()))
        .hasMessageContaining("INVALID_ARGUMENT: scripts[0].steps[0]: begins must be true");
  }

  @Test
  void whatIsWrongWithAScriptIsToldWithItsField() {
    var bad = AddScriptsRequest.newBuilder()
        .addScripts(Script.newBuilder()
            .addSteps(Step.newBuilder().setExits(0))
            .addSteps(Step.newBuilder().setStdout("too late")));
    assertThatThrownBy(() -> control.addScripts(bad.build()))
        .hasMessageContaining("INVALID_ARGUMENT: scripts[0].steps[1]: the script has ended");
    assertThatThrownBy(() -> control.addScripts(AddScriptsRequest.getDefaultInstance()))
        .hasMessageContaining("INVALID_ARGUMENT: scripts: must be set");
    assertThatThrownBy(() -> control.addScripts(AddScriptsRequest.newBuilder()
            .addScripts(Script.newBuilder().addSteps(Step.getDefaultInstance()))
            .build()))
        .hasMessageContaining("scripts[0].steps[0]: is empty");
    assertThatThrownBy(() -> control.addScripts(AddScriptsRequest.newBuilder()
            .addScripts(Script.newBuilder().setUploadsFor(minutes(-1)))
            .build()))
        .hasMessageContaining("INVALID_ARGUMENT: scripts[0].uploads_for: must not be negative");
    assertThatThrownBy(
            () -> control.openGate(OpenGateRequest.newBuilder().setName("typo").build()))
        .hasMessageContaining("INVALID_ARGUMENT: name: no script waits for gate 'typo'");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyCallIsServedAndAnEmptyRequestIsNoFaultOfOurs(MethodDescriptor<?, ?> method) {
    var code = code(method);
    assertThat(code)
        .isIn(
            Status.Code.OK,
            Status.Code.INVALID_ARGUMENT,
            Status.Code.FAILED_PRECONDITION,
            Status.Code.NOT_FOUND);
  }

  static Collection<MethodDescriptor<?, ?>> methods() {
    return ControlServiceGrpc.getServiceDescriptor().getMethods();
  }

  private <Q, R> Status.Code code(MethodDescriptor<Q, R> method) {
    try {
      var empty = method.parseRequest(InputStream.nullInputStream());
      ClientCalls.blockingUnaryCall(client.jobs.getChannel(), method, CallOptions.DEFAULT, empty);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @Test
  void jobsFilesAndSecretsCanBePutIn() throws InvalidProtocolBufferException {
    control.putSecret(
        PutSecretRequest.newBuilder().setName("TOKEN").setValue("t0p").build());
    emulator
        .whenExecuted(job -> true)
        .thenRun(script ->
            script.performs(job -> job.stdout(job.environment().getOrDefault("TOKEN", "none"))));
    var put = control.putFile(PutFileRequest.newBuilder()
        .setProjectId("bt1project")
        .setContent(ByteString.copyFromUtf8("data"))
        .build());
    var id = client.create(
        JobParameters.newBuilder()
            .setCmd("true")
            .addInputFiles(File.newBuilder()
                .setDesc(FileDesc.newBuilder().setPath("data.txt"))
                .setSha256(put.getSha256())
                .setSizeBytes(4)
                .setCompressionType(FileCompressionType.NONE)),
        "reads");
    var created = control
        .listExchanges(ListExchangesRequest.newBuilder().setMethod("Create").build())
        .getExchanges(0)
        .getReply()
        .unpack(Operation.class);
    assertThat(created.getResponse().unpack(CreateProjectJobResponse.class).getUploadFilesList())
        .isEmpty();
    client.executeCreated(id);
    assertThat(emulator.log(id, "stdout")).isEqualTo("t0p");

    var seeded = control.putJob(PutJobRequest.newBuilder()
        .setName("old")
        .setStatus(JobStatus.ERROR)
        .setAge(minutes(60))
        .putInputs("in.txt", ByteString.copyFromUtf8("in"))
        .putOutputs("out.txt", ByteString.copyFromUtf8("out"))
        .build());
    var job = client.get(seeded.getJobId());
    assertThat(job.getStatus()).isEqualTo(JobStatus.ERROR);
    assertThat(job.getJobParameters().getInputFiles(0).getDesc().getPath()).isEqualTo("in.txt");
    assertThat(job.getOutputFiles(0).getDesc().getPath()).isEqualTo("out.txt");
    assertThatThrownBy(() -> control.putJob(
            PutJobRequest.newBuilder().setStatus(JobStatus.CANCELLING).build()))
        .hasMessageContaining("INVALID_ARGUMENT: a job cannot be put in as CANCELLING");
  }

  @Test
  void theJournalAndTimelinesCanBeRead() throws InvalidProtocolBufferException {
    var id = client.execute("a");
    var calls = control.listExchanges(
        ListExchangesRequest.newBuilder().setMethod("Create").build());
    var call = calls.getExchanges(0);
    assertThat(call.getRequest().unpack(CreateProjectJobRequest.class).getName())
        .isEqualTo("a");
    assertThat(call.hasReply()).isTrue();
    assertThat(call.getStatus().getCode()).isZero();
    assertThat(control.listExchanges(ListExchangesRequest.getDefaultInstance()).getExchangesList())
        .extracting(each -> each.getMethod())
        .containsExactly("Create", "Execute");
    var timeline =
        control.getTimeline(GetTimelineRequest.newBuilder().setJobId(id).build());
    assertThat(timeline.getEvents(0).getText()).contains("CREATING -> PREPARING");
  }

  @Test
  void savepointsAreRestoredByTheirName() {
    var savepoint = control.save(SaveRequest.getDefaultInstance()).getSavepointId();
    var id = client.execute("a");
    control.restore(RestoreRequest.newBuilder().setSavepointId(savepoint).build());
    assertThatThrownBy(() -> client.get(id)).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() ->
            control.restore(RestoreRequest.newBuilder().setSavepointId("other").build()))
        .hasMessageContaining("there is no savepoint 'other'; there are [" + savepoint + "]");
  }

  @Test
  void gatesOfASavepointAreKnownAgainAlsoAfterAReset() {
    control.addScripts(AddScriptsRequest.newBuilder()
        .addScripts(Script.newBuilder().addSteps(Step.newBuilder().setWaitsFor("go")))
        .build());
    var id = client.execute("a");
    var savepoint = control.save(SaveRequest.getDefaultInstance()).getSavepointId();
    var open = OpenGateRequest.newBuilder().setName("go").build();
    control.openGate(open);
    control.reset(ResetRequest.newBuilder().setManualClock(true).build());
    assertThatThrownBy(() -> control.openGate(open)).hasMessageContaining("no script waits");

    control.restore(RestoreRequest.newBuilder().setSavepointId(savepoint).build());

    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.EXECUTING);
    control.openGate(open);
    assertThat(client.get(id).getStatus()).isEqualTo(JobStatus.SUCCESS);
  }

  private void advance(Duration time) {
    control.moveClock(MoveClockRequest.newBuilder().setAdvance(time).build());
  }

  private static Duration minutes(int minutes) {
    return Duration.newBuilder().setSeconds(60L * minutes).build();
  }
}
