package io.github.datasphere.emulator.server;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.inprocess.InternalInProcessChannelBuilder;
import io.grpc.inprocess.InternalInProcessServerBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves this process alone, without a port. gRPC's own statistics are off: to find out whether
 * they are wanted, gRPC searches the whole class path each time, which in a test costs more than
 * the call.
 */
public final class InProcess implements AutoCloseable {
  /** With thirty days or more, gRPC never lets a channel go idle. */
  private static final int NEVER_IDLE_DAYS = 30;

  private final String name = "datasphere-emulator-" + UUID.randomUUID();
  private final Server server;

  public InProcess(Map<String, Supplier<ServerServiceDefinition>> services) throws IOException {
    var all = new HashMap<>(services);
    all.putAll(GrpcServers.aside());
    var builder = InProcessServerBuilder.forName(name);
    InternalInProcessServerBuilder.setStatsEnabled(builder, false);
    this.server = builder
        .directExecutor()
        .fallbackHandlerRegistry(new ServicesOnCall(all))
        .build()
        .start();
  }

  public ManagedChannel channel(ClientInterceptor... interceptors) {
    var builder = InProcessChannelBuilder.forName(name);
    InternalInProcessChannelBuilder.setStatsEnabled(builder, false);
    // The timer for idle channels would cost another thread
    builder.idleTimeout(NEVER_IDLE_DAYS, TimeUnit.DAYS);
    return builder.directExecutor().intercept(interceptors).build();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
