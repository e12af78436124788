package io.github.datasphere.emulator.runner.docker.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.docker.Attachment;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.FakeEngine;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container whose engine does what some engines do. */
class JobContainerTest {
  private static final int OUT = 1;
  private static final int ERR = 2;

  private FakeEngine fake;
  private DockerEngine engine;

  @BeforeEach
  void connect() throws Exception {
    fake = FakeEngine.start().isVersion("20.10.24", "1.41").says("/info", 200, "{}");
    engine = DockerEngine.connect(Map.of("DOCKER_HOST", fake.host()), Duration.ofMinutes(1));
  }

  @AfterEach
  void close() {
    if (engine != null) {
      engine.close();
    }
    if (fake != null) {
      fake.close();
    }
  }

  /** As Podman, which ends only what runs. */
  @Test
  void whatSomebodyHasPausedGoesOnBeforeItIsKilled() throws Exception {
    var paused = new AtomicBoolean(true);
    var done = new CopyOnWriteArrayList<String>();
    fake.does(
            "/containers/c/json",
            answer -> send(
                answer,
                200,
                "{\"Id\":\"c\",\"State\":{\"Running\":true,\"Paused\":" + paused + "}}"))
        .does("/containers/c/unpause", answer -> {
          paused.set(false);
          send(answer, 204, "");
        })
        .does("/containers/c/kill", answer -> {
          if (paused.get()) {
            send(answer, 409, "{\"message\":\"c is in state paused: container state improper\"}");
          } else {
            done.add("killed");
            send(answer, 204, "");
          }
        });

    new JobContainer(engine, "c").kill();

    assertThat(done).containsExactly("killed");
  }

  /** Two threads of an engine write the two streams to its log, and one of them may be late. */
  @Test
  void eachStreamTellsByItselfWhereTheScriptBeforeHasEnded() throws Exception {
    var before = Token.random();
    var token = Token.random();
    var log = new ByteArrayOutputStream();
    frame(log, OUT, "of the script before\n");
    frame(log, OUT, mark(before, "0"));
    frame(log, OUT, "of the command\n");
    frame(log, OUT, mark(token, "3"));
    frame(log, ERR, "an error of the script before\n");
    frame(log, ERR, mark(before, "0"));
    frame(log, ERR, "an error of the command\n");
    frame(log, ERR, mark(token, "3"));
    fake.does("/containers/c/logs", answer -> {
      answer.sendResponseHeaders(200, log.size());
      answer.getResponseBody().write(log.toByteArray());
    });
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();

    try (var all = Attachment.logs(engine, "c", false)) {
      var report =
          JobContainer.copy(all, token, List.of(before), List.of(), out::write, err::write);

      assertThat(report).contains(new Report.Exited(3));
    }
    assertThat(out).hasToString("of the command\n");
    assertThat(err).hasToString("an error of the command\n");
  }

  private static String mark(Token token, String report) {
    return "\036" + token.text() + " " + report + "\n";
  }

  private static void frame(ByteArrayOutputStream log, int stream, String text) {
    var bytes = text.getBytes(UTF_8);
    log.writeBytes(
        ByteBuffer.allocate(8).put((byte) stream).putInt(4, bytes.length).array());
    log.writeBytes(bytes);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, text.isEmpty() ? -1 : text.length());
    exchange.getResponseBody().write(text.getBytes(UTF_8));
  }
}
