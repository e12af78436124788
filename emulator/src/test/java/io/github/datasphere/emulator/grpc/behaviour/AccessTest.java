package io.github.datasphere.emulator.grpc.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloneProjectJobRequest;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsRequest;
import io.github.datasphere.proto.jobs.SetProjectJobDataTtlRequest;
import io.github.datasphere.proto.operation.CancelOperationRequest;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what (service-behaviour 1.7 to 1.10, 10.30). */
class AccessTest extends BehaviourTest {
  private static final Set<String> OPEN =
      Set.of("IamTokenService/Create", "ApiEndpointService/List", "ApiEndpointService/Get");

  static Stream<MethodDescriptor<?, ?>> callsThatNeedAToken() {
    return calls().filter(method -> !OPEN.contains(Behaviours.rpc(method)));
  }

  static Stream<MethodDescriptor<?, ?>> openCalls() {
    return calls().filter(method -> OPEN.contains(Behaviours.rpc(method)));
  }

  @ParameterizedTest
  @MethodSource("callsThatNeedAToken")
  void withoutTokenNobodyGetsIn(MethodDescriptor<?, ?> method) {
    assertRefused(
        () -> call(world.channel(), method), Status.Code.UNAUTHENTICATED, "authorization: Bearer");
  }

  @ParameterizedTest
  @MethodSource("openCalls")
  void someCallsNeedNoToken(MethodDescriptor<?, ?> method) {
    try {
      call(world.channel(), method);
    } catch (io.grpc.StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Basic dXNlcg==", "Bearer yctk-session", "t1.token"})
  void whatIsNoTokenIsRefused(String authorization) {
    var stranger = new Stubs(world.channel(), authorization);

    assertRefused(
        () -> stranger.jobs().list(ListProjectJobRequest.getDefaultInstance()),
        Status.Code.UNAUTHENTICATED,
        "token");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer any", "bearer t1.x", "Bearer  spaced"})
  void anyTokenWillDo(String authorization) {
    var caller = new Stubs(world.channel(), authorization);

    assertThat(caller
            .jobs()
            .list(ListProjectJobRequest.newBuilder().setProjectId(PROJECT).build())
            .getJobsList())
        .isEmpty();
  }

  @Test
  void jobsRememberWhoMadeThem() {
    var mine = get(create()).getCreatedById();
    var other = new Stubs(world.channel(), "Bearer another");
    var theirs = other.jobs().create(request(parameters()).build()).getCreatedBy();

    assertThat(mine).isNotEqualTo(theirs);
    assertThat(get(create()).getCreatedById()).isEqualTo(mine);
  }

  static Stream<Consumer<Stubs>> callsOnTheProject() {
    return Stream.of(
        s -> s.jobs().create(request(parameters()).build()),
        s -> s.jobs()
            .list(ListProjectJobRequest.newBuilder().setProjectId(PROJECT).build()),
        s -> s.jobs()
            .deleteAllData(DeleteAllProjectJobDataRequest.newBuilder()
                .setProjectId(PROJECT)
                .build()),
        s -> s.projects()
            .get(GetProjectRequest.newBuilder().setProjectId(PROJECT).build()));
  }

  @ParameterizedTest
  @MethodSource("callsOnTheProject")
  void projectOfOthersIsDenied(Consumer<Stubs> call, @TempDir Path folder) throws Exception {
    useGuardedProject(folder);

    assertRefused(
        () -> call.accept(new Stubs(world.channel(), "Bearer stranger")),
        Status.Code.PERMISSION_DENIED,
        PROJECT);
  }

  @Test
  void jobsAndOperationsOfOthersAreDenied(@TempDir Path folder) throws Exception {
    useGuardedProject(folder);
    var job = create();
    var operation = execute(job).getId();
    var before = get(job);
    var stranger = new Stubs(world.channel(), "Bearer stranger");

    assertThat(callsOn(job, operation, stranger))
        .hasSize(12)
        .allSatisfy(call -> assertRefused(call::run, Status.Code.PERMISSION_DENIED, PROJECT));
    assertThat(get(job)).isEqualTo(before);
  }

  private static List<Runnable> callsOn(String id, String operation, Stubs s) {
    return List.of(
        () -> s.jobs()
            .clone(CloneProjectJobRequest.newBuilder().setSourceJobId(id).build()),
        () ->
            s.jobs().execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build()),
        () -> s.jobs().cancel(CancelProjectJobRequest.newBuilder().setJobId(id).build()),
        () -> s.jobs().get(GetProjectJobRequest.newBuilder().setJobId(id).build()),
        () -> s.jobs().delete(DeleteProjectJobRequest.newBuilder().setJobId(id).build()),
        () -> s.jobs()
            .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(id).build()),
        () -> s.jobs()
            .setDataTtl(SetProjectJobDataTtlRequest.newBuilder().setJobId(id).build()),
        () -> s.jobs()
            .downloadJobFiles(
                DownloadProjectJobFilesRequest.newBuilder().setJobId(id).build()),
        () -> s.jobs()
            .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build())
            .hasNext(),
        () -> s.jobs()
            .readStdLogs(ReadProjectJobStdLogsRequest.newBuilder().setJobId(id).build())
            .hasNext(),
        () -> s.operations()
            .get(GetOperationRequest.newBuilder().setOperationId(operation).build()),
        () -> s.operations()
            .cancel(
                CancelOperationRequest.newBuilder().setOperationId(operation).build()));
  }

  /** Only the token that {@link #stubs} send may use the project. */
  private void useGuardedProject(Path folder) throws Exception {
    var rules = new TokenRules(Set.of(), Set.of(), Map.of(PROJECT, Set.of("t1.token")));
    use(new GrpcWorld(folder, CreateTest.offering(), rules, List.of()));
  }

  private static Stream<MethodDescriptor<?, ?>> calls() {
    return Behaviours.SERVICES.stream().flatMap(service -> service.getMethods().stream());
  }

  private static <Q, R> void call(Channel channel, MethodDescriptor<Q, R> method) {
    var empty = method.parseRequest(java.io.InputStream.nullInputStream());
    if (method.getType() == MethodType.UNARY) {
      ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, empty);
    } else {
      ClientCalls.blockingServerStreamingCall(channel, method, CallOptions.DEFAULT, empty)
          .hasNext();
    }
  }
}
