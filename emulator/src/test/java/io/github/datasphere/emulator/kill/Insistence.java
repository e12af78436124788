package io.github.datasphere.emulator.kill;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a client does about a call that fails. */
interface Insistence {
  /** It gives up: the server is dead. */
  Insistence NONE = new Insistence() {
    @Override
    public <T> T make(String what, Call<T> call) throws IOException, InterruptedException {
      return call.make();
    }

    @Override
    public boolean isOver() {
      return false;
    }

    @Override
    public boolean isServerGone() {
      return true;
    }
  };

  /** Makes the call; gives the answer. */
  <T> T make(String what, Call<T> call) throws IOException, InterruptedException;

  /** Whether the client is to make no more jobs. */
  boolean isOver();

  /** Whether a server that is away is no surprise. */
  boolean isServerGone();

  /** A call of a client. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws IOException, InterruptedException;
  }

  /** It asks again for a while, as a user would, and notes what it was told. */
  final class Asking implements Insistence {
    /** After so many failures, which is 30 seconds of pauses, it gives up. */
    private static final int MOST_TRIES = 300;

    private static final long PAUSE_MILLIS = 100;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private volatile boolean over;
    private volatile boolean serverGone;

    /** Clients come to their end. */
    void end() {
      over = true;
    }

    /** The server is to be killed. */
    void expectNothing() {
      over = true;
      serverGone = true;
    }

    @Override
    public boolean isOver() {
      return over;
    }

    @Override
    public boolean isServerGone() {
      return serverGone;
    }

    /** Why calls failed. */
    Queue<String> told() {
      return told;
    }

    @Override
    public <T> T make(String what, Call<T> call) throws IOException, InterruptedException {
      for (int tries = 1; ; tries++) {
        try {
          return call.make();
        } catch (StatusRuntimeException e) {
          if (isMeant(e) || serverGone || tries == MOST_TRIES) {
            throw e;
          }
          told.add(what + ": " + e.getStatus().getCode() + " " + e.getStatus().getDescription());
        } catch (IOException e) {
          if (serverGone || tries == MOST_TRIES) {
            throw e;
          }
          told.add(what + ": " + e.getMessage());
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }

    private static boolean isMeant(StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.NOT_FOUND;
    }
  }
}
