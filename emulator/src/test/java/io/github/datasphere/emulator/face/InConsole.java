package io.github.datasphere.emulator.face;

import io.github.datasphere.emulator.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person before the console of an emulator, in a real browser. */
@ExtendWith(ChromiumParameter.class)
abstract class InConsole {
  private static final Path PICTURES = Path.of("../docs/console");

  Emulator emulator;
  FaceClient face;
  BrowserPage browser;

  /** Starts the emulator of a test. */
  abstract Emulator emulator();

  @BeforeEach
  void start(Chromium chromium) {
    emulator = emulator();
    face = new FaceClient(emulator);
    browser = chromium.page(face.base());
    browser.size(1280, 800, false);
  }

  @AfterEach
  void end() {
    if (browser != null) {
      browser.close();
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  /** Opens a view by a link that lets the browser in. */
  void open(String address) {
    browser.go(() -> emulator.consoleLink() + "#" + address);
    browser.until("document.querySelector('nav a') && document.querySelector('main h1')");
  }

  /** Creates a job out of this JSON, and executes it; returns its id. */
  String executed(String job) {
    var id = FaceClient.text(face.post("/jobs", job), "metadata", "jobId");
    face.post("/jobs/" + id + ":execute", "");
    return id;
  }

  /** Keeps a picture for docs/console.md where it is asked for. */
  void picture(String name) throws IOException {
    if (Boolean.getBoolean("docs.update")) {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name + ".png"), browser.picture());
    }
  }
}
