package io.github.datasphere.emulator.server;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.gateway.limit.ConnectionLimit;
import io.github.datasphere.emulator.grpc.GrpcServices;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** gRPC servers on TCP, all with the same services. */
final class GrpcServers {
  /** Large, since clients set no limit of their own (service-behaviour 1.4, 10.37). */
  private static final int MAX_MESSAGE_BYTES = 256 << 20;

  private static final int MAX_METADATA_BYTES = 64 << 10;
  private static final long GRACE_MILLIS = 500;

  private GrpcServers() {}

  /**
   * Serves at this address.
   *
   * @param loops on whose threads it serves
   * @param option the command line option that sets the port
   * @throws ExplainedException if the port cannot be had
   */
  static Server start(
      InetSocketAddress address,
      ServerCredentials credentials,
      EventLoops loops,
      String option,
      ServedCalls calls) {
    var builder = NettyServerBuilder.forAddress(address, credentials)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        // The Go SDK pings every 30 s, Python and Java around calls: gRPC must not take that for
        // abuse
        .permitKeepAliveTime(1, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
    loops.addTo(builder);
    calls.addTo(builder);
    aside().values().forEach(service -> builder.addService(service.get()));
    try {
      return builder.build().start();
    } catch (IOException e) {
      throw failure(address, option, e);
    }
  }

  static ServerCredentials plaintext() {
    return new ConnectionLimit(ConnectionLimit.MOST).plaintext();
  }

  /**
   * Returns the services beside the API: health and reflection. Reflection has two versions, since
   * grpcurl asks for v1 and then for v1alpha.
   */
  @SuppressWarnings("deprecation") // v1alpha is what older tools know
  static Map<String, Supplier<ServerServiceDefinition>> aside() {
    return Map.of(
        HealthGrpc.SERVICE_NAME,
        () -> GrpcServices.guardedAside(new HealthStatusManager().getHealthService()),
        ServerReflectionGrpc.SERVICE_NAME,
        () -> GrpcServices.guardedAside(ProtoReflectionServiceV1.newInstance()),
        io.grpc.reflection.v1alpha.ServerReflectionGrpc.SERVICE_NAME,
        () -> GrpcServices.guardedAside(ProtoReflectionService.newInstance()));
  }

  /** Stops the server. Answers in progress get a moment to finish; then streams break off. */
  static void stop(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        server.shutdownNow();
        server.awaitTermination(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static ExplainedException failure(
      InetSocketAddress address, String option, IOException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    return new ExplainedException(
        "The gRPC port "
            + address.getHostString()
            + ":"
            + address.getPort()
            + " cannot be opened ("
            + cause.getMessage()
            + "): choose another with "
            + option
            + ", or 0 for any free one",
        failure);
  }
}
