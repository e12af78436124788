package io.github.datasphere.emulator.face;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A page in a real Chromium, driven by the DevTools protocol. Notes what must not happen: errors in
 * the page's console, violations of its policy, requests to other hosts.
 */
final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final WebSocket socket;
  private final String own;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
  private final List<String> trouble = new CopyOnWriteArrayList<>();

  /** Returns the program, if one is named. */
  static Optional<Path> program() {
    return Optional.ofNullable(System.getenv("DATASPHERE_EMULATOR_TEST_CHROMIUM"))
        .map(Path::of)
        .filter(Files::isExecutable);
  }

  /**
   * Starts it with an empty profile.
   *
   * @param origin whom its pages may ask; requests to others count as trouble
   */
  Chromium(Path profile, URI origin) throws IOException {
    this.own = origin.toString();
    var command = new ProcessBuilder(
            program().orElseThrow().toString(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            "--hide-scrollbars",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank")
        .redirectErrorStream(true)
        .redirectOutput(profile.resolve("chromium.log").toFile());
    // What it leaves there goes with the profile
    command.environment().put("TMPDIR", profile.toString());
    this.process = command.start();
    var port = profile.resolve("DevToolsActivePort");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> Files.exists(port) && Files.readAllLines(port).size() > 1);
    var lines = Files.readAllLines(port);
    this.socket = HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:" + lines.get(0) + page(lines.get(0))), new Listener())
        .join();
    for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable");
    }
  }

  private static String page(String port) {
    var answer = new FutureText("http://127.0.0.1:" + port + "/json/list");
    for (var target : JsonParser.parseString(answer.get()).getAsJsonArray()) {
      if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
        return URI.create(target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString())
            .getPath();
      }
    }
    throw new IllegalStateException("Chromium has no page");
  }

  /** Reads a small answer. */
  private record FutureText(String address) {
    String get() {
      try (var in = URI.create(address).toURL().openStream()) {
        return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /** What happened that must not. */
  List<String> trouble() {
    return trouble;
  }

  void go(String address) {
    call("Page.navigate", "url", address);
  }

  /** Runs a script and returns its value as text. */
  String run(String script) {
    var parameters = new JsonObject();
    parameters.addProperty("expression", script);
    parameters.addProperty("returnByValue", true);
    parameters.addProperty("awaitPromise", true);
    var result = call("Runtime.evaluate", parameters);
    if (result.has("exceptionDetails")) {
      throw new AssertionError(script + ": " + result.get("exceptionDetails"));
    }
    var value = result.getAsJsonObject("result").get("value");
    return value == null || value.isJsonNull() ? "" : value.getAsString();
  }

  /** Waits until a script is true. */
  void until(String script) {
    try {
      Awaitility.await(script)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> run("Boolean(" + script + ")").equals("true"));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          script + " did not come true at " + run("location.href") + "; trouble: " + trouble
              + "; the page shows:\n" + run("document.body.innerText.slice(0, 1500)"),
          e);
    }
  }

  /** Waits until the page shows a text. */
  void untilShown(String text) {
    until("document.body && document.body.innerText.includes(" + quoted(text) + ")");
  }

  /** Clicks the button or link with this text, once it is there. */
  void click(String text) {
    var found =
        "[...document.querySelectorAll('dialog[open] button, dialog[open] a, button, a')].find(e => "
            + "e.textContent.trim() === " + quoted(text) + ")";
    until(found);
    run(found + ".click()");
  }

  /** Types into the field with this label or name. */
  void type(String field, String text) {
    var found =
        "document.querySelector('[aria-label=\"" + field + "\"], [name=\"" + field + "\"]')";
    until(found);
    run("(f => { f.focus(); f.value = " + quoted(text)
        + "; f.dispatchEvent(new Event('input', {bubbles: true})); f.dispatchEvent(new Event('change', {bubbles: true})); })("
        + found + ")");
  }

  /** Presses a key as a user does. */
  void press(String key, int code) {
    for (var kind : List.of("keyDown", "keyUp")) {
      var parameters = new JsonObject();
      parameters.addProperty("type", kind);
      parameters.addProperty("key", key);
      parameters.addProperty("windowsVirtualKeyCode", code);
      if (key.equals("Enter") && kind.equals("keyDown")) {
        parameters.addProperty("text", "\r");
      }
      call("Input.dispatchKeyEvent", parameters);
    }
  }

  void size(int width, int height, boolean dark) {
    var size = new JsonObject();
    size.addProperty("width", width);
    size.addProperty("height", height);
    size.addProperty("deviceScaleFactor", 1);
    size.addProperty("mobile", false);
    call("Emulation.setDeviceMetricsOverride", size);
    var scheme = new JsonObject();
    scheme.addProperty("name", "prefers-color-scheme");
    scheme.addProperty("value", dark ? "dark" : "light");
    var features = new JsonArray();
    features.add(scheme);
    var media = new JsonObject();
    media.add("features", features);
    call("Emulation.setEmulatedMedia", media);
  }

  byte[] picture() {
    return Base64.getDecoder().decode(call("Page.captureScreenshot").get("data").getAsString());
  }

  static String quoted(String text) {
    return new com.google.gson.JsonPrimitive(text).toString();
  }

  JsonObject call(String method, String... pairs) {
    var parameters = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.addProperty(pairs[i], pairs[i + 1]);
    }
    return call(method, parameters);
  }

  private synchronized JsonObject call(String method, JsonObject parameters) {
    int id = last.incrementAndGet();
    var answer = new CompletableFuture<JsonObject>();
    waiting.put(id, answer);
    var message = new JsonObject();
    message.addProperty("id", id);
    message.addProperty("method", method);
    message.add("params", parameters);
    socket.sendText(message.toString(), true).join();
    var got = answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    if (got.has("error")) {
      throw new AssertionError(method + ": " + got.get("error"));
    }
    return got.getAsJsonObject("result");
  }

  private void event(JsonObject message) {
    var parameters = message.getAsJsonObject("params");
    switch (message.get("method").getAsString()) {
      case "Runtime.exceptionThrown" ->
        trouble.add(parameters.get("exceptionDetails").toString());
      case "Log.entryAdded" -> {
        var entry = parameters.getAsJsonObject("entry");
        // Requests that fail as they should are told there, too
        if (entry.get("level").getAsString().equals("error")
            && !entry.get("source").getAsString().equals("network")) {
          trouble.add(entry.toString());
        }
      }
      case "Runtime.consoleAPICalled" -> {
        if (parameters.get("type").getAsString().equals("error")) {
          trouble.add(parameters.toString());
        }
      }
      case "Network.requestWillBeSent" -> {
        var url = parameters.getAsJsonObject("request").get("url").getAsString();
        if (url.startsWith("http") && !url.startsWith(own)) {
          trouble.add("a request to " + url);
        }
      }
      default -> {
        // Of no interest
      }
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
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
          waiting.remove(message.get("id").getAsInt()).complete(message);
        } else {
          event(message);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }
}
