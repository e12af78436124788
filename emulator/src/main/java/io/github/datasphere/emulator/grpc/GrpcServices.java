package io.github.datasphere.emulator.grpc;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.grpc.interception.AllRightsInterceptor;
import io.github.datasphere.emulator.grpc.interception.AuthInterceptor;
import io.github.datasphere.emulator.grpc.interception.Callers;
import io.github.datasphere.emulator.grpc.interception.ErrorInterceptor;
import io.github.datasphere.emulator.grpc.interception.ReadableRequests;
import io.github.datasphere.emulator.grpc.interception.RequestIdInterceptor;
import io.github.datasphere.emulator.testing.Control;
import io.github.datasphere.emulator.tokens.TokenService;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    return byName().values().stream().map(Supplier::get).toList();
  }

  /** Returns the services by name; each is made when it is asked for. */
  public Map<String, Supplier<ServerServiceDefinition>> byName() {
    var callers = new Callers(tokens);
    return Map.of(
        ProjectJobServiceGrpc.SERVICE_NAME,
        () -> guarded(new ProjectJobGrpcService(engine, callers, streams, executor)),
        OperationServiceGrpc.SERVICE_NAME,
        () -> guarded(new OperationGrpcService(engine, callers)),
        ProjectServiceGrpc.SERVICE_NAME,
        () -> guarded(new ProjectGrpcService(engine, callers)),
        IamTokenServiceGrpc.SERVICE_NAME,
        () -> guarded(new IamTokenGrpcService(tokens)),
        ApiEndpointServiceGrpc.SERVICE_NAME,
        () -> guarded(new ApiEndpointGrpcService(address)));
  }

  /**
   * Returns the services and the emulator's control service, which needs no token unless some are
   * listed.
   */
  public Map<String, Supplier<ServerServiceDefinition>> byName(Control control) {
    var all = new HashMap<>(byName());
    all.put(
        ControlServiceGrpc.SERVICE_NAME,
        () -> ServerInterceptors.interceptForward(
            ReadableRequests.of(new ControlGrpcService(control).bindService()),
            List.of(
                new RequestIdInterceptor(),
                new ErrorInterceptor(),
                new AllRightsInterceptor(tokens))));
    return all;
  }

  /**
   * Guards a service that is not part of the API, such as health: an unreadable request is refused
   * as everywhere, and errors are short enough for clients.
   */
  public static ServerServiceDefinition guardedAside(BindableService service) {
    return ServerInterceptors.interceptForward(
        ReadableRequests.of(service.bindService()), List.of(new ErrorInterceptor()));
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
