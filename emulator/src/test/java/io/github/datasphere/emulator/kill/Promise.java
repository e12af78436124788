package io.github.datasphere.emulator.kill;

import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What the server has acknowledged of one job, and what was asked of it without an answer. Written
 * by one client thread until the server is dead, then by the check.
 */
final class Promise {
  enum TakeBack {
    NOTHING,
    DATA,
    JOB
  }

  final String token;
  final int lines;
  final String jobId;
  final String createOperation;

  /** Empty once the job is settled: nobody looks at it any more, and there may be thousands. */
  volatile byte[] content;

  volatile boolean uploaded;
  volatile boolean executeAsked;
  volatile @Nullable String operation;
  volatile boolean cancelAsked;
  volatile boolean deleteAsked;
  volatile @Nullable String deleteOperation;
  volatile boolean clearAsked;
  volatile boolean cleared;
  volatile boolean expires;

  /** Why the job ended with an error, if it did. */
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  private final AtomicReference<@Nullable String> end = new AtomicReference<>();

  /** The longest stdout that a reader has seen. */
  final AtomicReference<String> seen = new AtomicReference<>("");

  /** Looked at from end to end after it was over. */
  volatile boolean settled;

  Promise(String token, int lines, byte[] content, String jobId, String createOperation) {
    this.token = token;
    this.lines = lines;
    this.content = content;
    this.jobId = jobId;
    this.createOperation = createOperation;
  }

  void forgetContentIfSettled() {
    if (settled) {
      content = new byte[0];
    }
  }

  boolean mayBeCleared() {
    return clearAsked || expires;
  }

  boolean isOverWithData() {
    return settled && operation != null && !deleteAsked && !mayBeCleared();
  }

  /** What a client is to take back of this job, at most once. */
  synchronized TakeBack takeBack(Random random) {
    if (!isOverWithData()) {
      return TakeBack.NOTHING;
    }
    clearAsked = random.nextBoolean();
    deleteAsked = !clearAsked;
    return clearAsked ? TakeBack.DATA : TakeBack.JOB;
  }

  String stdout() {
    var text = new StringBuilder();
    for (int i = 1; i <= lines; i++) {
      text.append("line ").append(i).append('\n');
    }
    return text.toString();
  }

  /** False if the job was seen to end otherwise, or at another time. */
  boolean isOnlyEnd(String seen) {
    return end.compareAndSet(null, seen) || seen.equals(end.get());
  }

  void failed(String why) {
    failure.set(why);
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure.get());
  }

  void saw(String text) {
    seen.accumulateAndGet(text, (a, b) -> a.length() >= b.length() ? a : b);
  }

  @Override
  public String toString() {
    return "job " + jobId + " (" + token + ")";
  }
}
