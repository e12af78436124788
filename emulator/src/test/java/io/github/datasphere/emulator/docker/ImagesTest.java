package io.github.datasphere.emulator.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pulls of images, with registries that take their time (service-behaviour 4.14). */
@Timeout(60)
class ImagesTest {
  private static final String IMAGE =
      "{\"Id\":\"sha256:1\",\"Architecture\":\"arm64\",\"Config\":{\"Env\":[\"A=b\"]}}";

  private final List<String> words = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  private FakeEngine fake;
  private DockerEngine engine;

  @BeforeEach
  void connect() throws IOException {
    fake = FakeEngine.start().isVersion("27.3.1", "1.47").says("/info", 200, "{\"NCPU\":1}");
    engine = DockerEngine.connect(Map.of("DOCKER_HOST", fake.host()), Duration.ofSeconds(50));
  }

  @AfterEach
  void close() {
    engine.close();
    fake.close();
  }

  @Test
  void aSlowPullIsWaitedForAndItsProgressTold() throws IOException {
    // So often does the puller look while nothing comes: longer than any single wait of it
    var looks = new CountDownLatch(3);
    fake.does("/images/create", exchange -> {
      asked.add(exchange.getRequestURI().getQuery());
      exchange.sendResponseHeaders(200, 0);
      line(exchange, "{\"status\":\"Pulling fs layer\",\"id\":\"l\"}");
      line(exchange, downloading(1 << 20, 4 << 20));
      await(looks);
      line(exchange, downloading(4 << 20, 4 << 20));
      fake.says("/images/tool:1/json", 200, IMAGE);
    });

    var facts = pull("tool:1", Optional.empty(), looks::countDown);

    assertThat(facts).isEqualTo(new ImageFacts("sha256:1", "arm64", List.of("A=b")));
    assertThat(asked).containsExactly("fromImage=tool&tag=1");
    assertThat(words)
        .containsExactly(
            "Pulling image 'tool:1'",
            "Pulled 1.0 MB of 4.0 MB",
            "Pulled 4.0 MB of 4.0 MB",
            "Image 'tool:1' is pulled");
  }

  @Test
  void aPullIsGivenUpWhenItsJobIs() {
    var over = new CountDownLatch(1);
    fake.does("/images/create", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      line(exchange, "{\"status\":\"Pulling fs layer\",\"id\":\"l\"}");
      await(over);
    });

    assertThatThrownBy(() -> pull("tool:1", Optional.empty(), () -> {
          throw new TimeoutException("cancelled");
        }))
        .isInstanceOf(TimeoutException.class);
    over.countDown();
  }

  @Test
  void whatTheRegistrySaysInMidPullIsTold() {
    fake.does("/images/create", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      line(exchange, downloading(1, 4));
      line(exchange, "{\"errorDetail\":{\"message\":\"no matching manifest for linux/amd64\"}}");
    });

    assertThatThrownBy(() -> pull("tool:1", Optional.empty(), () -> {}))
        .isInstanceOf(DockerEngineException.class)
        .hasMessage("no matching manifest for linux/amd64");
  }

  @Test
  void aMirrorIsAskedInsteadAndTheImageHasItsOwnName() throws IOException {
    fake.does("/images/create", exchange -> {
      asked.add(exchange.getRequestURI().getQuery());
      exchange.sendResponseHeaders(200, 0);
      line(exchange, "{\"status\":\"Download complete\",\"id\":\"l\"}");
    });
    fake.does("/images/mirror:5000/library/ubuntu:24.04/tag", exchange -> {
      asked.add(exchange.getRequestURI().getQuery());
      FakeEngine.send(exchange, 201, "");
      fake.says("/images/ubuntu:24.04/json", 200, IMAGE);
    });

    pull("ubuntu:24.04", Optional.of("mirror:5000"), () -> {});

    assertThat(asked.get(0)).isEqualTo("fromImage=mirror:5000/library/ubuntu&tag=24.04");
    assertThat(asked.get(1)).contains("repo=ubuntu", "tag=24.04");
    assertThat(words).contains("Pulling image 'mirror:5000/library/ubuntu:24.04'");
  }

  @Test
  void theStoredLoginGoesToTheEngineAndNoWordOfItToTheLog(@TempDir Path folder) throws IOException {
    var home = DockerHomes.in(folder)
        .config("{\"credsStore\":\"keys\"}")
        .helper("keys", "printf '{\"Username\":\"<token>\",\"Secret\":\"s3cret\"}'\n");
    fake.does("/images/create", exchange -> {
      asked.add(decoded(exchange.getRequestHeaders().getFirst("X-Registry-Auth")));
      exchange.sendResponseHeaders(200, 0);
      line(exchange, "{\"status\":\"Download complete\",\"id\":\"l\"}");
      fake.says("/images/quay.io/tool:1/json", 200, IMAGE);
    });

    connect(home.variables("DOCKER_HOST", fake.host()));
    pull("quay.io/tool:1", Optional.empty(), () -> {});

    assertThat(asked)
        .singleElement()
        .asString()
        .contains("\"identitytoken\":\"s3cret\"", "quay.io")
        .doesNotContain("<token>");
    assertThat(words).noneMatch(word -> word.contains("s3cret"));
  }

  @Test
  void aHelperThatFailsIsToldAndThePullIsTriedWithoutALogin(@TempDir Path folder)
      throws IOException {
    var home = DockerHomes.in(folder).config("{\"credsStore\":\"absent\"}");
    fake.does("/images/create", exchange -> {
      asked.add(decoded(exchange.getRequestHeaders().getFirst("X-Registry-Auth")));
      FakeEngine.send(exchange, 500, "{\"message\":\"no basic auth credentials\"}");
    });

    connect(home.variables("DOCKER_HOST", fake.host()));

    assertThatThrownBy(() -> pull("quay.io/tool:1", Optional.empty(), () -> {}))
        .isInstanceOf(DockerEngineException.class)
        .hasMessageContainingAll(
            "no basic auth credentials",
            "no login was sent",
            "docker-credential-absent",
            home.configFile().toString());
    assertThat(words).anyMatch(word -> word.contains("No login goes to quay.io"));
    assertThat(asked).containsExactly("");
  }

  private void connect(Map<String, String> variables) throws IOException {
    engine.close();
    engine = DockerEngine.connect(variables, Duration.ofSeconds(50));
  }

  private static String decoded(@Nullable String header) {
    return header == null ? "" : new String(Base64.getUrlDecoder().decode(header), UTF_8);
  }

  private <E extends Exception> ImageFacts pull(
      String name, Optional<String> mirror, Interruption<E> interruption) throws IOException, E {
    var pull = new ImagePull(
        ImageName.parse(name).orElseThrow(), ImagePull.Policy.MISSING, Optional.empty(), mirror);
    return new Images(engine).get(pull, words::add, interruption);
  }

  private static String downloading(int done, int total) {
    return "{\"status\":\"Downloading\",\"id\":\"l\",\"progressDetail\":{\"current\":" + done
        + ",\"total\":" + total + "}}";
  }

  private static void line(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseBody().write((text + "\r\n").getBytes(UTF_8));
    exchange.getResponseBody().flush();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
