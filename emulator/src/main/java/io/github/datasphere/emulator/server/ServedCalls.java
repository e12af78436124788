package io.github.datasphere.emulator.server;

import io.github.datasphere.emulator.grpc.interception.UnknownCalls;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The services of a server, and the threads on which their calls run.
 *
 * @param services all services of the server
 * @param readsNeverWait whether reads are answered on the network thread on which they arrive; that
 *     serves a third more polling calls a second
 */
public record ServedCalls(List<ServerServiceDefinition> services, boolean readsNeverWait) {
  private static final Set<String> POLLED = Set.of(
      "yandex.cloud.datasphere.v2.jobs.ProjectJobService/Get",
      "yandex.cloud.operation.OperationService/Get");

  public ServedCalls {
    services = List.copyOf(services);
  }

  void addTo(NettyServerBuilder server) {
    server.addServices(services).fallbackHandlerRegistry(new UnknownCalls());
    if (readsNeverWait) {
      server.callExecutor(new OnTheSpot());
    }
  }

  private static final class OnTheSpot implements ServerCallExecutorSupplier {
    /** Returns null to leave the call to the server's own threads. */
    @Override
    public <Q, R> @Nullable Executor getExecutor(ServerCall<Q, R> call, Metadata headers) {
      return POLLED.contains(call.getMethodDescriptor().getFullMethodName()) ? Runnable::run : null;
    }
  }
}
