package io.github.datasphere.emulator.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what a run says. */
final class RecordedConsole implements RunConsole {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AtomicLong transferred = new AtomicLong();

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Our own lines, those that are no information with their level. */
  String said() {
    return String.join("\n", lines);
  }

  long transferred() {
    return transferred.get();
  }

  @Override
  public void stdout(byte[] bytes) {
    out.writeBytes(bytes);
  }

  @Override
  public void stderr(byte[] bytes) {
    err.writeBytes(bytes);
  }

  @Override
  public void say(Level level, String line) {
    lines.add(level == Level.INFO ? line : level + " " + line);
  }

  @Override
  public void underWay(String text) {
    if (!text.isEmpty()) {
      lines.add("... " + text);
    }
  }

  @Override
  public Transfer transfer(String what, long totalBytes) {
    return new Transfer() {
      @Override
      public void advance(long bytes) {
        transferred.addAndGet(bytes);
      }

      @Override
      public void close() {}
    };
  }
}
