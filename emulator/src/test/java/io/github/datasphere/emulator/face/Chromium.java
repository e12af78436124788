package io.github.datasphere.emulator.face;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A Chromium without a window, driven by the DevTools protocol over one connection. Tests share it,
 * each with a {@link BrowserPage} that knows nothing of the others' cookies and storage.
 */
final class Chromium implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration END_PATIENCE = Duration.ofSeconds(10);

  private final Path profile;
  private final Process process;
  private final WebSocket socket;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonObject>> listeners = new ConcurrentHashMap<>();

  private Chromium(Path profile, Process process, URI address) {
    this.profile = profile;
    this.process = process;
    this.socket = HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(address, new Listener())
        .join();
  }

  /** Returns the program, if one is named. */
  static Optional<Path> program() {
    return Optional.ofNullable(System.getenv("DATASPHERE_EMULATOR_TEST_CHROMIUM"))
        .map(Path::of)
        .filter(Files::isExecutable);
  }

  /** Returns whether the run asks for all tests in a browser, so that none may be left out. */
  static boolean isRequired() {
    var required = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "");
    return Arrays.asList(required.split(",")).contains("chromium");
  }

  /** Starts one with an empty profile of its own, which goes with it. */
  static Chromium start() throws IOException {
    var program = program()
        .orElseThrow(() -> new AssertionError(
            "there is no Chromium: .ci/run brings it and sets DATASPHERE_EMULATOR_TEST_CHROMIUM"));
    var profile = Files.createTempDirectory("chromium");
    var log = profile.resolve("chromium.log");
    var command = new ProcessBuilder(
            program.toString(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-breakpad",
            // Pages of several tests are there at once, none of them in front
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile());
    // What it leaves there goes with the profile
    command.environment().put("TMPDIR", profile.toString());
    var process = command.start();
    try {
      return new Chromium(profile, process, address(profile, process, log));
    } catch (IOException | RuntimeException | Error e) {
      end(process);
      delete(profile);
      throw e;
    }
  }

  /** Returns where it listens, once it does. */
  private static URI address(Path profile, Process process, Path log) throws IOException {
    var port = profile.resolve("DevToolsActivePort");
    Awaitility.await().atMost(PATIENCE).until(() -> {
      if (!process.isAlive()) {
        throw new AssertionError("Chromium has ended: " + Files.readString(log));
      }
      return Files.exists(port) && Files.readAllLines(port).size() > 1;
    });
    var lines = Files.readAllLines(port);
    return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
  }

  /**
   * Opens a page with cookies and storage of its own.
   *
   * @param origin whom it may ask; requests to others count as trouble
   */
  BrowserPage page(URI origin) {
    var context =
        text(call("", "Target.createBrowserContext", new JsonObject()), "browserContextId");
    var target = new JsonObject();
    target.addProperty("url", "about:blank");
    target.addProperty("browserContextId", context);
    var attached = new JsonObject();
    attached.addProperty("targetId", text(call("", "Target.createTarget", target), "targetId"));
    attached.addProperty("flatten", true);
    var session = text(call("", "Target.attachToTarget", attached), "sessionId");
    return new BrowserPage(this, context, session, origin);
  }

  private static String text(JsonObject answer, String name) {
    return answer.get(name).getAsString();
  }

  /** Lets a page hear what happens in it. */
  void listen(String session, Consumer<JsonObject> listener) {
    listeners.put(session, listener);
  }

  /** Closes a page, and forgets its cookies and storage. */
  void dispose(String context, String session) {
    listeners.remove(session);
    var parameters = new JsonObject();
    parameters.addProperty("browserContextId", context);
    call("", "Target.disposeBrowserContext", parameters);
  }

  /**
   * Calls a method and waits for its answer.
   *
   * @param session of a page; empty for the browser itself
   * @throws AssertionError if it answers with an error, or not at all
   */
  JsonObject call(String session, String method, JsonObject parameters) {
    int id = last.incrementAndGet();
    var message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", parameters);
    if (!session.isEmpty()) {
      message.addProperty("sessionId", session);
    }
    var answer = new CompletableFuture<JsonObject>();
    waiting.put(id, answer);
    send(message.toString());
    JsonObject got;
    try {
      got = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      waiting.remove(id);
      throw new AssertionError(method + " was not answered in " + PATIENCE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(method, e.getCause());
    }
    if (got.has("error")) {
      throw new AssertionError(method + ": " + got.get("error"));
    }
    return got.getAsJsonObject("result");
  }

  /** One message after another: a socket takes no second one before the first is sent. */
  private synchronized void send(String message) {
    socket.sendText(message, true).join();
  }

  @Override
  public void close() throws IOException {
    socket.abort();
    end(process);
    delete(profile);
  }

  private static void end(Process process) {
    // Those that it has started outlive it for a moment, and write into the profile
    var all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    try {
      process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(one -> one.onExit().join());
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
      text.append(data);
      if (isLast) {
        var message = JsonParser.parseString(text.toString()).getAsJsonObject();
        text.setLength(0);
        if (message.has("id")) {
          var answer = waiting.remove(message.get("id").getAsInt());
          if (answer != null) {
            answer.complete(message);
          }
        } else if (message.has("sessionId")) {
          listeners
              .getOrDefault(message.get("sessionId").getAsString(), event -> {})
              .accept(message);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      waiting.values().forEach(answer -> answer.completeExceptionally(error));
    }
  }
}
