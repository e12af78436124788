package io.github.datasphere.junit.bench;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.bench.Aim;
import io.github.datasphere.emulator.bench.BenchRow;
import io.github.datasphere.emulator.bench.Result;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/**
 * Row 10: a client that waits for its job with an injected clock, once an hour for fourteen days.
 * HourlyPollerTest says what has to be true at each minute.
 */
final class PollRow implements BenchRow {
  private static final int ROUNDS = 100;
  private static final int MEASURED = 20;
  private static final int HOURS = 14 * 24;
  private static final int HOURS_OF_A_URL = 7 * 24;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Override
  public int number() {
    return 10;
  }

  @Override
  public String figure() {
    return "a client polls each hour for 14 days; its URL and another job's data end on time";
  }

  @Override
  public Result measure() throws Exception {
    var rounds = Rounds.of(ROUNDS, PollRow::fortnight);
    return Result.of(rounds.part(ROUNDS - MEASURED, MEASURED).quantile(0.5), Aim.atMost(50, "ms"));
  }

  private static void fortnight() throws IOException {
    try (var emulator = Emulator.inProcess()) {
      emulator.whenExecuted(job -> true).thenRun(script -> script.writes("model", "weights"));
      emulator
          .whenExecuted(job -> job.name().equals("long"))
          .thenRun(script -> script.lasts(Duration.ofHours(HOURS)));
      var channel = emulator.channel();
      var jobs = Peers.stub(channel);
      var id = Peers.create(jobs, "long");
      Peers.execute(jobs, id);
      var other = Peers.create(jobs, "other", "model");
      Peers.execute(jobs, other);
      var url = Peers.firstUrl(Peers.execute(jobs, other));
      poll(emulator, jobs, id, other, url);
      channel.shutdownNow();
    }
  }

  private static void poll(
      Emulator emulator, ProjectJobServiceBlockingStub jobs, String id, String other, String url)
      throws IOException {
    int polls = 0;
    while (get(jobs, id).getStatus() == JobStatus.EXECUTING) {
      polls++;
      emulator.clock().advance(Duration.ofHours(1).minus(MINUTE));
      boolean urlEnds = polls == HOURS_OF_A_URL;
      check(!urlEnds || status(url) == 200, "the URL ended early");
      check(polls != HOURS || !get(jobs, other).getDataCleared(), "the data ended early");
      emulator.clock().advance(MINUTE);
      check(!urlEnds || status(url) == 403, "the URL did not end");
    }
    check(polls == HOURS, polls + " polls were answered");
    check(get(jobs, other).getDataCleared(), "the data did not end");
  }

  private static Job get(ProjectJobServiceBlockingStub jobs, String id) {
    return jobs.get(GetProjectJobRequest.newBuilder().setJobId(id).build());
  }

  private static int status(String url) throws IOException {
    return ((HttpURLConnection) URI.create(url).toURL().openConnection()).getResponseCode();
  }

  private static void check(boolean isTrue, String otherwise) {
    if (!isTrue) {
      throw new IllegalStateException(otherwise);
    }
  }
}
