package io.github.datasphere.emulator.bench;

import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server in a process of its own, from its start to its first answer.
 *
 * @param millis to the first answer
 * @param residentMegabytes that it holds then
 */
record ServerStart(double millis, double residentMegabytes) {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long END_SECONDS = 20;

  /** What starts the server on this port, with a directory for what it keeps. */
  @FunctionalInterface
  interface Command {
    List<String> on(int port, Path directory);
  }

  static ServerStart measure(Command command) throws IOException, InterruptedException {
    var directory = Files.createTempDirectory("bench-start");
    int port = freePort();
    var channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    var start = System.nanoTime();
    var process = new ProcessBuilder(command.on(port, directory))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    try {
      awaitPort(process, port, start);
      awaitAnswer(channel);
      var nanos = System.nanoTime() - start;
      return new ServerStart(nanos / 1e6, resident(process.pid()));
    } finally {
      channel.shutdownNow();
      process.destroy();
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      UploadRow.delete(directory);
    }
  }

  /** Any answer will do, a refusal of an unknown job, too. */
  private static void awaitAnswer(ManagedChannel channel) {
    try {
      Services.stub(channel).withWaitForReady().get(Services.get("bt1unknown"));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getDescription() == null) {
        throw e;
      }
    }
  }

  private static void awaitPort(Process process, int port, long start) throws IOException {
    while (!isOpen(port)) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IOException("the server did not start: " + process.info());
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean isOpen(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static double resident(long pid) throws IOException {
    for (var line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
      }
    }
    throw new IOException("the server is gone");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The least that a gRPC server in Java can be. */
  static final class Bare extends ProjectJobServiceGrpc.ProjectJobServiceImplBase {
    private Bare() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.forAddress(
              new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])))
          .addService(new Bare())
          .build()
          .start()
          .awaitTermination();
    }
  }
}
