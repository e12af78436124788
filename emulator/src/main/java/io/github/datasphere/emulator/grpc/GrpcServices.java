package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.testing.Control;
import io.github.datasphere.emulator.tokens.TokenService;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * All services of the API, ready to be added to a server.
 *
 * @param engine the current one: a reset swaps it
 * @param tokens likewise
 * @param address what ApiEndpointService tells, as {@code host:port}; asked for at each call, empty
 *     without a port
 * @param streams the log streams that these services open
 * @param executor sends log records on; {@code Runnable::run} does it on the writer's thread
 * @param around see and may change every call, outside of the error handling: faults that a test
 *     ordered reach the client as they are. The request is not yet checked there: of one that
 *     cannot be parsed they see an object that is no proto message
 */
public record GrpcServices(
    Supplier<JobEngine> engine,
    Supplier<TokenService> tokens,
    Supplier<Optional<String>> address,
    OpenStreams streams,
    Executor executor,
    List<ServerInterceptor> around) {
  public GrpcServices {
    around = List.copyOf(around);
  }

  public List<ServerServiceDefinition> definitions() {
    var callers = new Callers(tokens);
    return List.of(
        guarded(new ProjectJobGrpcService(engine, callers, streams, executor)),
        guarded(new OperationGrpcService(engine, callers)),
        guarded(new ProjectGrpcService(engine, callers)),
        guarded(new IamTokenGrpcService(tokens)),
        guarded(new ApiEndpointGrpcService(address)));
  }

  /** All of these and the emulator's control service, which asks for no token. */
  public List<ServerServiceDefinition> with(Control control) {
    var all = new ArrayList<>(definitions());
    all.add(ServerInterceptors.interceptForward(
        ReadableRequests.of(new ControlGrpcService(control).bindService()),
        List.of(new RequestIdInterceptor(), new ErrorInterceptor())));
    return all;
  }

  private ServerServiceDefinition guarded(BindableService service) {
    var interceptors = new ArrayList<ServerInterceptor>();
    interceptors.add(new RequestIdInterceptor());
    interceptors.addAll(around);
    interceptors.add(new ErrorInterceptor());
    interceptors.add(new AuthInterceptor(tokens));
    return ServerInterceptors.interceptForward(
        ReadableRequests.of(service.bindService()), interceptors);
  }
}
