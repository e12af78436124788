package io.github.datasphere.emulator.runner.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.base.ProcessIdentity;
import io.github.datasphere.emulator.runner.supervisor.Supervisor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks to a supervisor through a FIFO, which a later emulator finds again. */
final class FifoControl implements JobControl {
  /** Where the supervisor looks for it, among its own files. */
  static final String NAME = "control";

  private final FileChannel fifo;
  private final ProcessIdentity supervisor;

  private FifoControl(FileChannel fifo, ProcessIdentity supervisor) {
    this.fifo = fifo;
    this.supervisor = supervisor;
  }

  /** Makes the FIFO for a supervisor that is told to look for it. */
  static void make(Path path) throws IOException {
    var process =
        new ProcessBuilder("mkfifo", path.toString()).redirectErrorStream(true).start();
    try (var output = process.getInputStream()) {
      var message = new String(output.readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("mkfifo failed: " + message.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a FIFO was made", e);
    }
  }

  /**
   * Opens the FIFO for reading too: to open it for writing alone would wait for a reader that may
   * be dead. While it is open, it keeps what is written until the supervisor reads it.
   */
  static FifoControl open(Path path, ProcessIdentity supervisor) throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new FifoControl(channel, supervisor);
  }

  @Override
  public synchronized void send(byte[] request) throws IOException {
    if (isAlive()) {
      fifo.write(ByteBuffer.wrap(request));
    }
  }

  @Override
  public boolean isAlive() {
    return supervisor.isAlive();
  }

  @Override
  public boolean release(Duration patience) throws IOException {
    send(Supervisor.release());
    try (fifo) {
      var process = ProcessHandle.of(supervisor.pid());
      if (process.isPresent() && isAlive()) {
        process.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !isAlive();
  }
}
