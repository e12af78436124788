package io.github.datasphere.emulator.bench;

import com.google.protobuf.ByteString;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;

/** Row 7, second half: how fast the log of a job that prints fast reaches the client. */
final class LogThroughput implements BenchRow {
  private static final long BYTES = 95L << 20;
  private static final int WARM_UP = 4;
  private static final int ROUNDS = 5;
  private static final int CHUNK = 64 << 10;
  static final String PRINT =
      "yes 'a line of a log that is neither very long nor very short, like most' | head -c "
          + BYTES;

  @Override
  public int number() {
    return 7;
  }

  @Override
  public String figure() {
    return "log of a process to the client, 95 MiB";
  }

  @Override
  public Result measure() throws Exception {
    try (var emulator = Services.server()) {
      var channel = ManagedChannelBuilder.forTarget(emulator.addresses().grpc())
          .usePlaintext()
          .build();
      var bare = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
          .addService(new Chunks())
          .build()
          .start();
      var floor = ManagedChannelBuilder.forAddress("127.0.0.1", bare.getPort())
          .usePlaintext()
          .build();
      try {
        return compare(channel, floor);
      } finally {
        channel.shutdownNow();
        floor.shutdownNow();
        bare.shutdownNow();
      }
    }
  }

  private static Result compare(Channel emulator, Channel floor) throws Exception {
    var measured = new double[ROUNDS];
    var peer = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      var ours = ofJob(emulator);
      var theirs = rate(floor, "");
      if (round >= 0) {
        measured[round] = ours;
        peer[round] = theirs;
      }
    }
    return Result.of(
        Quantity.median(measured, "MB/s"),
        "bare gRPC stream of 64 KiB messages",
        Quantity.median(peer, "MB/s"),
        Aim.atLeastTimesPeer(0.5));
  }

  /** Of a job that prints as much, from the first message to the last. */
  static double ofJob(Channel channel) throws Exception {
    var jobs = Services.stub(channel);
    var id = Services.create(jobs, PRINT);
    Services.execute(jobs, id);
    return rate(channel, id);
  }

  /** From the first message to the last. */
  private static double rate(Channel channel, String id) {
    var messages = Services.stub(channel)
        .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build());
    long bytes = 0;
    long start = 0;
    long last = 0;
    while (messages.hasNext()) {
      for (var log : messages.next().getLogsList()) {
        if (!log.hasFilePath()) {
          bytes += log.getContent().size();
          last = System.nanoTime();
          start = start == 0 ? last : start;
        }
      }
    }
    return bytes / 1e6 / ((last - start) / 1e9);
  }

  /** Sends as much in chunks, as fast as the client takes it. */
  private static final class Chunks extends ProjectJobServiceGrpc.ProjectJobServiceImplBase {
    @Override
    public void readLogs(
        ReadProjectJobLogsRequest request, StreamObserver<ReadProjectJobLogsResponse> reply) {
      var client = (ServerCallStreamObserver<ReadProjectJobLogsResponse>) reply;
      var message = ReadProjectJobLogsResponse.newBuilder()
          .addLogs(LogMessage.newBuilder().setContent(ByteString.copyFrom(new byte[CHUNK])))
          .build();
      var left = new long[] {BYTES / CHUNK};
      client.setOnReadyHandler(() -> {
        while (client.isReady() && left[0] > 0) {
          client.onNext(message);
          if (--left[0] == 0) {
            client.onCompleted();
          }
        }
      });
    }
  }
}
