package io.github.datasphere.emulator.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.engine.EngineSettings;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.logs.LogSource;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers and readers on threads of their own, over a real port: nothing is lost or repeated. */
class LogStreamTest {
  private static final int RECORDS = 5_000;

  private final ExecutorService senders = Executors.newFixedThreadPool(4);
  private final ExecutorService readers = Executors.newCachedThreadPool();
  private GrpcWorld world;
  private TcpServer server;
  private Stubs stubs;
  private JobId job;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    world = new GrpcWorld(folder, EngineSettings.defaults(), TokenRules.OPEN, List.of(), senders);
    server = new TcpServer(world);
    stubs = new Stubs(server.channel(), "Bearer any");
    job = executing();
  }

  @AfterEach
  void stop() {
    server.close();
    world.close();
    senders.shutdownNow();
    readers.shutdownNow();
  }

  @Test
  void everyReaderGetsEveryRecordOnceAndInOrder() throws Exception {
    var reading = IntStream.range(0, 6).mapToObj(i -> readers.submit(reader())).toList();
    for (int i = 0; i < RECORDS; i++) {
      world.print(job, LogSource.STDOUT, "line " + i + "\n");
    }
    world.log.end(job);

    var expected = IntStream.range(0, RECORDS).mapToObj(i -> "line " + i + "\n").toList();
    for (var lines : reading) {
      assertThat(lines.get()).isEqualTo(expected);
    }
    await().until(() -> world.streams.count() == 0);
  }

  @Test
  void readerThatTakesNothingHoldsUpNobody() throws Exception {
    var idle = read(0);
    var lazy = readers.submit(idle::hasNext);
    var line = "x".repeat(60_000);
    // More than any window of the transport holds
    for (int i = 0; i < 300; i++) {
      world.print(job, LogSource.STDOUT, line + i + "\n");
    }
    world.log.end(job);

    assertThat(reader().call()).hasSize(300);
    assertThat(lazy.get()).isTrue();
    assertThat(lines(idle)).hasSize(300);
  }

  @Test
  void clientThatVanishesFreesItsStream() throws Exception {
    readers.submit(reader());
    await().until(() -> world.streams.count() == 1);
    server.close();

    await().until(() -> world.streams.count() == 0);
  }

  @Test
  void streamThatOpensJustAfterAResetIsBrokenOffToo() {
    world.streams.endAll(world.engine);

    assertThatThrownBy(() -> read(0).hasNext())
        .hasMessageStartingWith("CANCELLED: The emulator was reset");
    await().until(() -> world.streams.count() == 0);
  }

  private Callable<List<String>> reader() {
    return () -> lines(read(0));
  }

  private Iterator<ReadProjectJobLogsResponse> read(long offset) {
    return stubs
        .jobs()
        .readLogs(ReadProjectJobLogsRequest.newBuilder()
            .setJobId(job.value())
            .setOffset(offset)
            .build());
  }

  /** Also checks that each message goes on where the one before ended. */
  private static List<String> lines(Iterator<ReadProjectJobLogsResponse> messages) {
    var lines = new ArrayList<String>();
    while (messages.hasNext()) {
      var message = messages.next();
      message.getLogsList().forEach(log -> lines.add(log.getContent().toString(UTF_8)));
      assertThat(message.getOffset()).isEqualTo(lines.size());
    }
    return lines;
  }

  private JobId executing() {
    var id = world.createJob();
    world.engine.execute(id);
    world.runner().started(id);
    return id;
  }
}
