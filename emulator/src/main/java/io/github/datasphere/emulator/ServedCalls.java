package io.github.datasphere.emulator;

import io.github.datasphere.emulator.grpc.UnknownCalls;
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
 * What a server serves, and on which threads.
 *
 * @param services all of them
 * @param readsNeverWait whether a read can be answered where it arrives, on the network's own
 *     thread: of what clients poll, that makes a third more a second
 */
record ServedCalls(List<ServerServiceDefinition> services, boolean readsNeverWait) {
  private static final Set<String> POLLED = Set.of(
      "yandex.cloud.datasphere.v2.jobs.ProjectJobService/Get",
      "yandex.cloud.operation.OperationService/Get");

  ServedCalls {
    services = List.copyOf(services);
  }

  void addTo(NettyServerBuilder server) {
    server.addServices(services).fallbackHandlerRegistry(new UnknownCalls());
    if (readsNeverWait) {
      server.callExecutor(new OnTheSpot());
    }
  }

  private static final class OnTheSpot implements ServerCallExecutorSupplier {
    /** Null leaves the call to the server's threads. */
    @Override
    public <Q, R> @Nullable Executor getExecutor(ServerCall<Q, R> call, Metadata headers) {
      return POLLED.contains(call.getMethodDescriptor().getFullMethodName()) ? Runnable::run : null;
    }
  }
}
