package io.github.datasphere.emulator.client;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A console on two streams: the program's output goes to its own, ours to the second. On a terminal
 * transfers are drawn as bars, elsewhere the lines around them say enough.
 */
public final class StreamConsole implements RunConsole {
  private static final int BAR = 30;
  private static final int WIDTH = 78;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final Object lock = new Object();
  private String bar = "";

  /**
   * @param out takes the program's standard output
   * @param err takes the program's standard error and our own lines
   * @param terminal whether {@code err} is one, and understands control sequences
   */
  public StreamConsole(PrintStream out, PrintStream err, boolean terminal) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void stdout(byte[] bytes) {
    write(out, bytes);
  }

  @Override
  public void stderr(byte[] bytes) {
    write(err, bytes);
  }

  @Override
  public void say(Level level, String line) {
    String prefix = switch (level) {
      case INFO -> "";
      case WARNING -> "warning: ";
      case ERROR -> "error: ";
    };
    synchronized (lock) {
      hideBar();
      err.print((prefix + line.replace("\n", "\n" + prefix) + "\n"));
      showBar();
    }
  }

  @Override
  public Transfer transfer(String what, long totalBytes) {
    return terminal ? new Bar(what, totalBytes) : Silent.INSTANCE;
  }

  @Override
  public void underWay(String text) {
    if (terminal) {
      // A line that wraps cannot be taken back
      replaceBar(text.length() > WIDTH ? text.substring(0, WIDTH) : text);
    }
  }

  private void write(PrintStream stream, byte[] bytes) {
    synchronized (lock) {
      hideBar();
      stream.write(bytes, 0, bytes.length);
      stream.flush();
      showBar();
    }
  }

  private void hideBar() {
    if (!bar.isEmpty()) {
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  private void showBar() {
    if (!bar.isEmpty()) {
      err.print(bar);
      err.flush();
    }
  }

  private void replaceBar(String next) {
    synchronized (lock) {
      if (!next.equals(bar)) {
        hideBar();
        bar = next;
        showBar();
      }
    }
  }

  private enum Silent implements Transfer {
    INSTANCE;

    @Override
    public void advance(long bytes) {}

    @Override
    public void close() {}
  }

  private final class Bar implements Transfer {
    private final String what;
    private final long total;
    private long done;

    Bar(String what, long total) {
      this.what = what;
      this.total = total;
      draw();
    }

    @Override
    public void advance(long bytes) {
      done += bytes;
      draw();
    }

    @Override
    public void close() {
      replaceBar("");
    }

    private void draw() {
      double part = total == 0 ? 1 : Math.min(1.0, (double) done / total);
      int filled = (int) (part * BAR);
      replaceBar(String.format(
          Locale.ROOT,
          "[%s%s] %3d%% %s",
          "#".repeat(filled),
          ".".repeat(BAR - filled),
          (int) (part * 100),
          what));
    }
  }
}
