package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.datasphere.emulator.files.FileGrant;
import io.github.datasphere.emulator.testing.FaultAction;
import io.github.datasphere.emulator.testing.FaultActions;
import io.github.datasphere.emulator.testing.RecordingSwitch;
import io.github.datasphere.emulator.testing.TestState;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Makes the ordered faults happen to uploads and downloads. */
public final class FaultyTransfers implements TransferInterceptor {
  private final Supplier<TestState> state;
  private final RecordingSwitch watch;

  /**
   * Watches for the current world.
   *
   * @param state asked at each transfer, since a reset swaps it
   * @param watch tells whether transfers are noted for a recording
   */
  public FaultyTransfers(Supplier<TestState> state, RecordingSwitch watch) {
    this.state = state;
    this.watch = watch;
  }

  @Override
  public void intercept(HttpExchange exchange, FileGrant grant, Transfer transfer)
      throws IOException {
    var current = state.get();
    var taken = current.takeTransfer(grant.method() == FileGrant.Method.PUT, grant.job());
    taken.ifPresent(fault -> current
        .timeline()
        .note(
            grant.job().value(),
            current.scheduler().clock().instant(),
            "fault at " + grant.method() + ": " + fault));
    if (taken.isPresent() && !taken.get().delay().isZero()) {
      await(current, taken.get().delay());
    }
    var ending = taken.flatMap(FaultActions::ending).orElse(null);
    if (ending instanceof FaultAction.Respond respond) {
      answer(exchange, respond);
      return;
    }
    if (ending instanceof FaultAction.Cut cut) {
      exchange.setStreams(
          new CutInput(exchange.getRequestBody(), cut.bytes()),
          new CutOutput(exchange.getResponseBody(), cut.bytes()));
    }
    long place = current.journal().place();
    transfer.run();
    if (watch.keepsWhole()) {
      note(place, current, exchange, grant);
    }
  }

  private static void note(long place, TestState current, HttpExchange exchange, FileGrant grant) {
    int status = exchange.getResponseCode();
    var uri = exchange.getRequestURI().toString();
    if (status == 200 && !exchange.getRequestMethod().equals("HEAD")) {
      current
          .journal()
          .moved(
              place,
              grant.method() == FileGrant.Method.PUT,
              uri.replaceFirst("^https?://[^/]*", ""),
              grant.key().sha256(),
              grant.sizeBytes());
    } else if (status >= 400) {
      current
          .journal()
          .warned("The " + grant.method() + " of file " + grant.key().sha256() + " was answered by "
              + status + ", and is not repeated.");
    }
  }

  private static void answer(HttpExchange exchange, FaultAction.Respond respond)
      throws IOException {
    var text = respond.text().getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", HttpReplies.TEXT);
      exchange.sendResponseHeaders(respond.status(), text.length == 0 ? -1 : text.length);
      exchange.getResponseBody().write(text);
    }
  }

  private static void await(TestState current, Duration latency) throws IOException {
    var over = new CompletableFuture<String>();
    current.faults().hold(current.scheduler(), latency, () -> over.complete(""), over::complete);
    try {
      var failure = over.get();
      if (!failure.isEmpty()) {
        throw new IOException(failure);
      }
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the emulator was closed during an ordered delay", e);
    }
  }

  /** Fails once this many bytes have passed. */
  private static final class CutInput extends FilterInputStream {
    private long left;

    CutInput(InputStream in, long bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0 && length > 0) {
        throw new IOException("cut by an ordered fault");
      }
      int count = super.read(buffer, offset, (int) Math.min(left, length));
      left -= Math.max(0, count);
      return count;
    }
  }

  /** Fails once this many bytes have passed. */
  private static final class CutOutput extends FilterOutputStream {
    private long left;

    CutOutput(OutputStream out, long bytes) {
      super(out);
      this.left = bytes;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
      int passed = (int) Math.min(left, length);
      out.write(buffer, offset, passed);
      left -= passed;
      if (passed < length) {
        out.flush();
        throw new IOException("cut by an ordered fault");
      }
    }
  }
}
