package io.github.datasphere.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.management.OperatingSystemMXBean;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.Content;
import io.github.datasphere.emulator.session.Event.Ended;
import io.github.datasphere.emulator.session.Event.HalfClosed;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.Event.Started;
import io.github.datasphere.emulator.session.EventJson;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.TimedEvent;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.jobs.StandardStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of a job that ran for twelve hours comes without waiting. {@code -Dlong.mebibytes=100}
 */
class LongReplayIT {
  private static final int MEBIBYTES = Integer.getInteger("long.mebibytes", 4);
  private static final int RECORD = 1024;
  private static final String METHOD = "yandex.cloud.datasphere.v2.jobs.ProjectJobService/ReadLogs";
  private static final Duration LENGTH = Duration.ofHours(12);

  private final Api api = new Api();
  private final EventJson json = new EventJson(api);

  @TempDir
  Path folder;

  @Test
  void aLogOfTwelveHoursComesAtOnce() throws Exception {
    int records = MEBIBYTES * 1024;
    write(records);
    long before = used();
    long begin = System.nanoTime();
    long cpu = cpu();
    long bytes = 0;
    try (var service = ReplayedService.start(folder, 0, EmulatorConfig.onFreePorts(), true)) {
      var channel = service.channel();
      var request = ReadProjectJobLogsRequest.newBuilder().setJobId("job").build();
      var pages = ProjectJobServiceGrpc.newBlockingStub(channel).readLogs(request);
      long most = 0;
      while (pages.hasNext()) {
        for (var record : pages.next().getLogsList()) {
          bytes += record.getContent().size();
        }
        if (bytes % (16L << 20) == 0) {
          most = Math.max(most, used() - before);
        }
      }
      channel.shutdownNow();
      System.out.printf(
          "%d MiB in %d ms, %d ms of processor, %d KiB more heap%n",
          MEBIBYTES,
          (System.nanoTime() - begin) / 1_000_000,
          (cpu() - cpu) / 1_000_000,
          most >> 10);
    }

    assertThat(bytes).isEqualTo((long) records * RECORD);
  }

  /** Processor time of this process, which a busy machine does not stretch as it does the clock. */
  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long used() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void write(int records) throws IOException {
    var content = ByteString.copyFromUtf8("x".repeat(RECORD - 1) + "\n");
    try (var out = Files.newBufferedWriter(folder.resolve("session.jsonl"))) {
      line(out, new Header(Instant.EPOCH, "test", Header.EMULATOR, List.of(), List.of()).toJson());
      event(out, 0, records, new Started(1, METHOD, "", new TreeMap<>()));
      var request = ReadProjectJobLogsRequest.newBuilder().setJobId("job").build();
      event(out, 0, records, new Requested(1, Content.of(request)));
      event(out, 0, records, new HalfClosed(1));
      for (int i = 0; i < records; i++) {
        var page = ReadProjectJobLogsResponse.newBuilder()
            .setOffset(i + 1)
            .addLogs(
                LogMessage.newBuilder().setContent(content).setStandardStream(StandardStream.OUT));
        event(out, i, records, new Replied(1, Content.of(page.build())));
      }
      event(out, records, records, new Ended(1, "OK", "", "service", new TreeMap<>()));
      line(out, json.over(LENGTH, records + 4));
    }
  }

  private void event(BufferedWriter out, int part, int of, Event event) throws IOException {
    line(out, json.toJson(new TimedEvent(LENGTH.multipliedBy(part).dividedBy(of), event)));
  }

  private static void line(BufferedWriter out, Object json) throws IOException {
    out.write(SessionJson.write(json));
    out.newLine();
  }
}
