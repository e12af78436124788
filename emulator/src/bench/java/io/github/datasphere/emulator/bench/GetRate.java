package io.github.datasphere.emulator.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Rows 4 and 5: how many Gets a second, beside a service that does nothing. */
final class GetRate implements BenchRow {
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 1_000_000_000L;

  private final boolean tcp;
  private final int callers;

  private GetRate(boolean tcp, int callers) {
    this.tcp = tcp;
    this.callers = callers;
  }

  static GetRate inProcess() {
    return new GetRate(false, 1);
  }

  static GetRate overTcp() {
    return new GetRate(true, 32);
  }

  @Override
  public int number() {
    return tcp ? 5 : 4;
  }

  @Override
  public String figure() {
    return tcp ? "Get over TCP, 32 callers" : "Get in-process";
  }

  @Override
  public Result measure() throws Exception {
    try (var emulator = Services.server()) {
      var channel = channel(emulator);
      var jobs = Services.stub(channel);
      var id = Services.create(jobs, "true");
      var job = jobs.get(Services.get(id));
      var noOp = new Services.NoOp(job);
      var server = tcp
          ? NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
              .addService(noOp)
              .build()
              .start()
          : InProcessServerBuilder.forName("noop")
              .directExecutor()
              .addService(noOp)
              .build()
              .start();
      var floor = tcp
          ? ManagedChannelBuilder.forAddress("127.0.0.1", server.getPort())
              .usePlaintext()
              .build()
          : InProcessChannelBuilder.forName("noop").directExecutor().build();
      try {
        return compare(channel, floor, id);
      } finally {
        floor.shutdownNow();
        channel.shutdownNow();
        server.shutdownNow();
      }
    }
  }

  private ManagedChannel channel(Emulator emulator) {
    return tcp
        ? ManagedChannelBuilder.forTarget(emulator.addresses().grpc())
            .usePlaintext()
            .build()
        : emulator.channel();
  }

  private Result compare(Channel emulator, Channel floor, String id) throws Exception {
    var measured = new double[ROUNDS];
    var peer = new double[ROUNDS];
    // The first round warms both up
    for (int round = -1; round < ROUNDS; round++) {
      var ours = rate(Services.stub(emulator), id);
      var theirs = rate(Services.stub(floor), id);
      if (round >= 0) {
        measured[round] = ours;
        peer[round] = theirs;
      }
    }
    return Result.of(
        Quantity.median(measured, "calls/s"),
        "no-op service",
        Quantity.median(peer, "calls/s"),
        Aim.atLeastTimesPeer(tcp ? 0.85 : 0.60));
  }

  private double rate(ProjectJobServiceBlockingStub jobs, String id) throws Exception {
    var pool = Executors.newFixedThreadPool(callers);
    try {
      var start = System.nanoTime();
      var end = start + ROUND_NANOS;
      Callable<Long> caller = () -> callUntil(end, jobs, id);
      long calls = 0;
      for (var done :
          pool.invokeAll(IntStream.range(0, callers).mapToObj(i -> caller).toList())) {
        calls += done.get();
      }
      return calls * 1e9 / (System.nanoTime() - start);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a caller failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static long callUntil(long end, ProjectJobServiceBlockingStub jobs, String id) {
    var request = Services.get(id);
    long calls = 0;
    while (System.nanoTime() < end) {
      jobs.get(request);
      calls++;
    }
    return calls;
  }
}
