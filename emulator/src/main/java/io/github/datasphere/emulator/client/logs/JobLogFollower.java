package io.github.datasphere.emulator.client.logs;

import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Follows the log of a job on a thread of its own, from the first record to the end of the stream;
 * a broken stream is taken up again where it broke (service-behaviour 5.2).
 */
public final class JobLogFollower implements AutoCloseable {
  private static final long FIRST_DELAY_MILLIS = 50;
  private static final long LONGEST_DELAY_MILLIS = 5000;
  private static final long SILENCE_SECONDS = 5;

  private final ProjectJobServiceBlockingStub service;
  private final String jobId;
  private final LogSink sink;
  private final Runnable onEnd;
  private final Context.CancellableContext context = Context.ROOT.withCancellation();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicLong taken = new AtomicLong();
  private volatile String trouble = "";

  /** @param onEnd called once, when the stream has come to its end */
  public JobLogFollower(
      ProjectJobServiceBlockingStub service, String jobId, LogSink sink, Runnable onEnd) {
    this.service = service;
    this.jobId = jobId;
    this.sink = sink;
    this.onEnd = onEnd;
  }

  /** Starts to follow, once. */
  public void start() {
    var thread = new Thread(context.wrap(this::follow), "job-logs");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Waits for the last record, as long as records come in.
   *
   * @return empty if all were read, else why some may be missing
   */
  public String awaitEnd() throws InterruptedException {
    long before = -1;
    while (!ended.await(SILENCE_SECONDS, TimeUnit.SECONDS)) {
      long now = taken.get();
      if (now == before) {
        return "the last log records may be missing: the log does not end " + trouble;
      }
      before = now;
    }
    return "";
  }

  @Override
  public void close() {
    closed.countDown();
    context.close();
  }

  private void follow() {
    long offset = 0;
    long delay = FIRST_DELAY_MILLIS;
    try {
      while (!isClosedWithin(0)) {
        long before = offset;
        try {
          var responses = service.readLogs(request(offset));
          while (responses.hasNext()) {
            offset = take(responses.next());
          }
          trouble = "";
          return;
        } catch (StatusRuntimeException e) {
          trouble = e.getStatus().getCode() + " " + e.getStatus().getDescription();
        }
        delay = offset > before ? FIRST_DELAY_MILLIS : Math.min(2 * delay, LONGEST_DELAY_MILLIS);
        if (isClosedWithin(delay)) {
          return;
        }
      }
    } finally {
      ended.countDown();
      onEnd.run();
    }
  }

  private long take(ReadProjectJobLogsResponse response) {
    response.getLogsList().forEach(sink::take);
    sink.flush();
    taken.incrementAndGet();
    return response.getOffset();
  }

  private ReadProjectJobLogsRequest request(long offset) {
    return ReadProjectJobLogsRequest.newBuilder()
        .setJobId(jobId)
        .setOffset(offset)
        .build();
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
