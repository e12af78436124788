package io.github.datasphere.emulator.face;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A page of a {@link Chromium}. Notes what must not happen: errors in the page's console,
 * violations of its policy, requests to other hosts.
 */
final class BrowserPage implements AutoCloseable {
  private static final String NETWORK_CHANGED = "net::ERR_NETWORK_CHANGED";
  private static final int MOST_TRIES = 10;

  private final Chromium browser;
  private final String context;
  private final String session;
  private final String own;
  private final List<String> trouble = new CopyOnWriteArrayList<>();
  private final List<String> failed = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> held = new LinkedBlockingQueue<>();
  private final Map<String, CompletableFuture<Void>> loads = new ConcurrentHashMap<>();

  /** Takes over a page that is there already. */
  BrowserPage(Chromium browser, String context, String session, URI origin) {
    this.browser = browser;
    this.context = context;
    this.session = session;
    this.own = origin.toString();
    browser.listen(session, this::event);
    for (var domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable");
    }
    var lifecycle = new JsonObject();
    lifecycle.addProperty("enabled", true);
    call("Page.setLifecycleEventsEnabled", lifecycle);
  }

  /** What happened that must not. */
  List<String> trouble() {
    return trouble;
  }

  /** Goes to an address, and waits until what is there is loaded and its scripts have begun. */
  void go(String address) {
    go(() -> address);
  }

  /**
   * Goes to an address, which is made for each try: Chromium breaks off a navigation whenever a
   * network of the machine comes or goes, as with each container of the tests beside this one.
   */
  void go(Supplier<String> addresses) {
    var address = addresses.get();
    var answer = call("Page.navigate", "url", address);
    for (int left = MOST_TRIES; left > 0 && error(answer).equals(NETWORK_CHANGED); left--) {
      address = addresses.get();
      answer = call("Page.navigate", "url", address);
    }
    if (!error(answer).isEmpty()) {
      throw new AssertionError(address + ": " + error(answer));
    }
    // None if only the fragment is another one
    if (answer.has("loaderId")) {
      try {
        load(answer.get("loaderId").getAsString())
            .orTimeout(Chromium.PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .join();
      } catch (CompletionException e) {
        throw new AssertionError(address + " was not loaded; trouble: " + trouble, e);
      }
    }
  }

  private static String error(JsonObject answer) {
    return answer.has("errorText") ? answer.get("errorText").getAsString() : "";
  }

  private CompletableFuture<Void> load(String loader) {
    return loads.computeIfAbsent(loader, id -> new CompletableFuture<>());
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

  /**
   * Waits until a script is true. One that throws, as on a page that goes away, is not true yet.
   */
  void until(String script) {
    var last = new AtomicReference<AssertionError>();
    try {
      Awaitility.await(script)
          .atMost(Chromium.PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .until(() -> {
            try {
              var isTrue = run("Boolean(" + script + ")").equals("true");
              last.set(null);
              return isTrue;
            } catch (AssertionError e) {
              last.set(e);
              return false;
            }
          });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          script + " did not come true at " + look("location.href") + "; trouble: " + trouble
              + "; failed requests: " + failed + "; last error: " + last.get()
              + "; the page shows:\n"
              + look("document.body.innerText.slice(0, 1500)"),
          e);
    }
  }

  /** Returns what a script tells, for the words of a failure. */
  private String look(String script) {
    try {
      return run(script);
    } catch (AssertionError e) {
      return "(" + e.getMessage() + ")";
    }
  }

  /**
   * Lets requests whose address fits wait from now on, until {@link #breakOffHeld}.
   *
   * @param pattern with * for any text
   */
  void hold(String pattern) {
    var one = new JsonObject();
    one.addProperty("urlPattern", pattern);
    var patterns = new JsonArray();
    patterns.add(one);
    var parameters = new JsonObject();
    parameters.add("patterns", patterns);
    call("Fetch.enable", parameters);
  }

  /** Waits until so many requests are held, and breaks these off, as a change of networks does. */
  void breakOffHeld(int count) {
    for (int i = 0; i < count; i++) {
      var parameters = new JsonObject();
      parameters.addProperty("requestId", nextHeld());
      parameters.addProperty("errorReason", "ConnectionAborted");
      call("Fetch.failRequest", parameters);
    }
  }

  /** Waits until a request is held. */
  void untilHeld() {
    Awaitility.await().atMost(Chromium.PATIENCE).until(() -> !held.isEmpty());
  }

  /** Lets all requests go on, those held too. */
  void letGo() {
    call("Fetch.disable");
  }

  private String nextHeld() {
    try {
      var id = held.poll(Chromium.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (id == null) {
        throw new AssertionError(
            "no request came; the page shows " + look("document.body.innerText"));
      }
      return id;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
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

  /** Chooses a file in the field that this selector finds, as a user does in a dialog. */
  void choose(String selector, Path file) {
    var root = call("DOM.getDocument").getAsJsonObject("root").get("nodeId");
    var query = new JsonObject();
    query.add("nodeId", root);
    query.addProperty("selector", selector);
    var files = new JsonArray();
    files.add(file.toString());
    var chosen = new JsonObject();
    chosen.add("nodeId", call("DOM.querySelector", query).get("nodeId"));
    chosen.add("files", files);
    call("DOM.setFileInputFiles", chosen);
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
    return new JsonPrimitive(text).toString();
  }

  JsonObject call(String method, String... pairs) {
    var parameters = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      parameters.addProperty(pairs[i], pairs[i + 1]);
    }
    return call(method, parameters);
  }

  JsonObject call(String method, JsonObject parameters) {
    return browser.call(session, method, parameters);
  }

  private void event(JsonObject message) {
    var parameters = message.getAsJsonObject("params");
    switch (message.get("method").getAsString()) {
      case "Runtime.exceptionThrown" ->
        trouble.add(parameters.get("exceptionDetails").toString());
      case "Log.entryAdded" -> {
        var entry = parameters.getAsJsonObject("entry");
        // Requests that fail as they should are told there, too
        if (entry.get("source").getAsString().equals("network")) {
          failed.add(entry.toString());
        } else if (entry.get("level").getAsString().equals("error")) {
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
      case "Fetch.requestPaused" -> held.add(parameters.get("requestId").getAsString());
      case "Network.loadingFailed" -> failed.add(parameters.toString());
      case "Page.lifecycleEvent" -> {
        if (parameters.get("name").getAsString().equals("load")) {
          load(parameters.get("loaderId").getAsString()).complete(null);
        }
      }
      default -> {
        // Of no interest
      }
    }
  }

  @Override
  public void close() {
    browser.dispose(context, session);
  }
}
