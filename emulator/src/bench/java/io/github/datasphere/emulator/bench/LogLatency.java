package io.github.datasphere.emulator.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.StandardStream;
import io.grpc.ManagedChannelBuilder;
import java.time.Clock;
import java.util.ArrayList;

/** Row 7, first half: how old a line is when the client has it. */
final class LogLatency implements BenchRow {
  private static final String STAMPS = "for i in $(seq 300); do date +%s%N; sleep 0.01; done";

  @Override
  public int number() {
    return 7;
  }

  @Override
  public String figure() {
    return "log line from process to client, p99";
  }

  @Override
  public Result measure() throws Exception {
    try (var emulator = Services.server()) {
      var channel = ManagedChannelBuilder.forTarget(emulator.addresses().grpc())
          .usePlaintext()
          .build();
      var jobs = Services.stub(channel);
      var id = Services.create(jobs, STAMPS);
      Services.execute(jobs, id);
      var ages = new ArrayList<Double>();
      var messages =
          jobs.readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(id).build());
      while (messages.hasNext()) {
        for (var log : messages.next().getLogsList()) {
          if (log.getStandardStream() == StandardStream.OUT) {
            var now = Clock.systemUTC().instant();
            double nanos = now.getEpochSecond() * 1e9 + now.getNano();
            log.getContent()
                .toString(UTF_8)
                .lines()
                .forEach(line -> ages.add((nanos - Double.parseDouble(line)) / 1e6));
          }
        }
      }
      channel.shutdownNow();
      ages.sort(null);
      return Result.of(
          new Quantity(ages.get((int) (ages.size() * 0.99)), "ms"), Aim.atMost(20, "ms"));
    }
  }
}
