package io.github.datasphere.emulator.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** The streams of a container. Only one thread may read; every thread may write and close. */
public final class Attachment implements AutoCloseable {
  /** The number that the engine gives to stderr. */
  public static final int STDERR = 2;

  private static final int BUFFER = 64 * 1024;

  private final Response answer;
  private final DataInputStream frames;
  private final @Nullable Stdin stdin;
  private final LostLineEnds lineEnds = new LostLineEnds();
  private final byte[] buffer = new byte[BUFFER];
  private int stream;
  private long left;

  private Attachment(Response answer, @Nullable Stdin stdin) {
    this.answer = answer;
    this.frames = new DataInputStream(answer.getBody());
    this.stdin = stdin;
  }

  /** Takes what a container writes. */
  @FunctionalInterface
  public interface Sink {
    void accept(int stream, byte[] bytes, int offset, int length) throws IOException;
  }

  /** Attaches to stdin, stdout and stderr from now on. */
  public static Attachment open(DockerEngine engine, String container)
      throws DockerEngineException {
    var stdin = new Stdin();
    var query = Map.of("stream", "1", "stdin", "1", "stdout", "1", "stderr", "1");
    return new Attachment(
        engine.http().hijack("/containers/" + container + "/attach", query, stdin), stdin);
  }

  /** Attaches to stdin alone; the output is not read here. */
  public static Attachment input(DockerEngine engine, String container)
      throws DockerEngineException {
    var stdin = new Stdin();
    var query = Map.of("stream", "1", "stdin", "1");
    return new Attachment(
        engine.http().hijack("/containers/" + container + "/attach", query, stdin), stdin);
  }

  /**
   * Reads all that the container has written since its start.
   *
   * @param follows whether to go on with later output, which an engine sends line by line
   */
  public static Attachment logs(DockerEngine engine, String container, boolean follows)
      throws DockerEngineException {
    var query = Map.of("follow", follows ? "1" : "0", "stdout", "1", "stderr", "1");
    return new Attachment(
        engine.http().call("GET", "/containers/" + container + "/logs", query), null);
  }

  /** Writes to the container's stdin. */
  public void send(byte[] bytes) {
    if (stdin == null) {
      throw new IllegalStateException("these streams are read only");
    }
    stdin.add(bytes);
  }

  /**
   * Waits for output and passes it on once.
   *
   * @return false if there will be no more output
   */
  public boolean next(Sink sink) throws IOException {
    try {
      while (left == 0) {
        stream = frames.readUnsignedByte();
        frames.skipNBytes(3);
        left = Integer.toUnsignedLong(frames.readInt());
      }
      if (stdin == null && left <= buffer.length) {
        return nextEntry(sink);
      }
      int count = frames.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        return false;
      }
      left -= count;
      sink.accept(stream, buffer, 0, count);
      return true;
    } catch (EOFException e) {
      return false;
    }
  }

  /** Reads an entry of the log, which is a line or a part of one, as a whole. */
  private boolean nextEntry(Sink sink) throws IOException {
    int length = (int) left;
    frames.readFully(buffer, 0, length);
    left = 0;
    lineEnds.pass(stream, buffer, length, sink::accept);
    return true;
  }

  /** Ends the connection, and with it a lease that depends on it. */
  @Override
  public void close() {
    if (stdin != null) {
      stdin.close();
    }
    answer.close();
  }

  /** Gives the transport what was sent, without delay. */
  private static final class Stdin extends InputStream {
    private final LinkedBlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
    private byte[] current = {};
    private int position;

    void add(byte[] bytes) {
      if (bytes.length > 0) {
        queue.add(bytes);
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        if (position == current.length) {
          current = queue.take();
          position = 0;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return -1;
      }
      if (current.length == 0) {
        queue.add(current); // the next read finds the end again
        return -1;
      }
      int count = Math.min(length, current.length - position);
      System.arraycopy(current, position, target, offset, count);
      position += count;
      return count;
    }

    @Override
    public void close() {
      queue.clear();
      queue.add(new byte[0]);
    }
  }
}
