package io.github.datasphere.emulator.runner.docker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.HostConfig;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.Ownership;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.docker.RealEngine;
import io.github.datasphere.emulator.runner.run.InputEntries.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an engine keeps of inputs, how long, and that all of it goes. */
class InputCacheIT {
  private static final int SIZE = 1000;

  private final Ownership ours =
      new Ownership("test-" + UUID.randomUUID().toString().replace("-", ""));
  private final InputCache cache = new InputCache(ours, 2 * SIZE);
  private final AtomicInteger opened = new AtomicInteger();
  private DockerEngine engine;

  @BeforeEach
  void connect() {
    engine = RealEngine.connect();
    // Asked for by threads of these tests, which cannot skip them
    RealEngine.image();
  }

  @AfterEach
  void close() throws DockerEngineException {
    if (engine != null) {
      cache.close(engine);
      new InputCache(ours, 1).sweep(engine);
      assertThat(volumes()).isEmpty();
      engine.close();
    }
  }

  @Test
  void oneJobBringsItForAllThatWantItAtOnce() throws Exception {
    var threads = Executors.newCachedThreadPool();
    try {
      var all = new ArrayList<Future<Optional<String>>>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> volume(cache, "a")));
      }
      var first = all.get(0).get();

      for (var each : all) {
        assertThat(each.get()).isEqualTo(first);
      }
      assertThat(opened).hasValue(1);
      assertThat(volumes()).containsExactly(first.orElseThrow());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nothingIsKeptOfContentThatBreaksOff() throws Exception {
    var broken = shared(
        "a",
        () -> new SequenceInputStream(content(SIZE / 2), new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the storage is gone");
          }
        }));

    assertThat(cache.volume(broken, target(), () -> {})).isEmpty();
    var whole = volume(cache, "a").orElseThrow();

    assertThat(opened).hasValue(1);
    cache.sweep(engine);
    assertThat(volumes()).containsExactly(whole);
  }

  @Test
  void jobThatIsCancelledWhileItBringsItLeavesThatToTheNext() throws Exception {
    var begun = new CountDownLatch(1);
    var cancelled = new CountDownLatch(1);
    var slow = shared("a", () -> {
      begun.countDown();
      awaitCount(cancelled);
      throw new IOException("the job was cancelled");
    });
    var threads = Executors.newCachedThreadPool();
    try {
      var first = threads.submit(() -> cache.volume(slow, target(), () -> {
        if (cancelled.getCount() == 0) {
          throw new CancelledException();
        }
      }));
      awaitCount(begun);
      var second = threads.submit(() -> volume(cache, "a"));
      cancelled.countDown();

      assertThatThrownBy(first::get).hasCauseInstanceOf(CancelledException.class);
      assertThat(second.get()).isPresent();
      assertThat(opened).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatWasUsedLongestAgoGoesFirst() throws Exception {
    var a = used("a");
    var b = used("b");
    assertThat(used("a")).isEqualTo(a);
    var c = used("c");

    assertThat(volumes()).containsExactlyInAnyOrder(a, c).doesNotContain(b);
    assertThat(used("a")).isEqualTo(a);
    assertThat(opened).hasValue(3);
  }

  @Test
  void whatJobsAreUsingGivesNoRoom() throws Exception {
    var a = volume(cache, "a").orElseThrow();
    var b = volume(cache, "b").orElseThrow();

    assertThat(volume(cache, "c")).isEmpty();
    cache.sweep(engine);

    assertThat(volumes()).containsExactlyInAnyOrder(a, b);
  }

  @Test
  void inputThatIsLargerThanAllThatMayBeKeptIsNotKept() throws Exception {
    var large = new Shared("a", 2 * SIZE + 1, false, "/job/a", List.of());

    assertThat(cache.volume(large, target(), () -> {})).isEmpty();
    assertThat(volumes()).isEmpty();
  }

  @Test
  void whatAContainerStillHasStaysUntilThatIsGone() throws Exception {
    var a = used("a");
    var holder = engine
        .client()
        .createContainerCmd(RealEngine.image())
        .withCmd("true")
        .withHostConfig(HostConfig.newHostConfig().withMounts(List.of(InputCache.mount(a, "/a"))))
        .exec()
        .getId();
    try {
      cache.close(engine);
      assertThat(volumes()).containsExactly(a);
    } finally {
      engine.client().removeContainerCmd(holder).withForce(true).exec();
    }

    new InputCache(ours, 1).sweep(engine);

    assertThat(volumes()).isEmpty();
  }

  @Test
  void laterEmulatorTrustsNothingThatItFinds() throws Exception {
    var before = used("a");
    var later = new InputCache(ours, 2 * SIZE);

    var after = volume(later, "a").orElseThrow();
    later.sweep(engine);

    assertThat(after).isNotEqualTo(before);
    assertThat(volumes()).containsExactly(after);
    later.close(engine);
  }

  @Test
  void nothingIsTrustedOfAMachineThatWasAway() throws Exception {
    var before = used("a");

    cache.distrust();
    var after = used("a");
    cache.sweep(engine);

    assertThat(opened).hasValue(2);
    assertThat(volumes()).containsExactly(after).doesNotContain(before);
  }

  @Test
  void volumesOfOthersStay() throws Exception {
    var others = new InputCache(new Ownership(ours.owner() + "other"), SIZE);
    var theirs = volume(others, "a").orElseThrow();

    cache.sweep(engine);
    cache.close(engine);

    assertThat(engine.client().inspectVolumeCmd(theirs).exec().getName()).isEqualTo(theirs);
    others.leave(theirs);
    others.close(engine);
  }

  private String used(String key) throws Exception {
    var name = volume(cache, key).orElseThrow();
    cache.leave(name);
    return name;
  }

  private Optional<String> volume(InputCache from, String key) throws Exception {
    return from.volume(
        shared(key, () -> {
          opened.incrementAndGet();
          return content(SIZE);
        }),
        target(),
        () -> {});
  }

  private static Shared shared(String key, ArchiveStream.Content content) {
    var entry = new ArchiveStream.Entry(Shared.NAME, SIZE, FileTime.fromMillis(0), content);
    return new Shared(key, SIZE, false, "/job/" + key, List.of(entry));
  }

  private static InputStream content(int size) {
    return new ByteArrayInputStream(new byte[size]);
  }

  private InputCache.Target target() {
    return new InputCache.Target(engine, RealEngine.image(), new JobId("bt1cache"));
  }

  private static void awaitCount(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private List<String> volumes() throws DockerEngineException {
    var found = engine.ask(() -> engine
        .client()
        .listVolumesCmd()
        .withFilter("label", List.of(Ownership.OWNER + "=" + ours.owner()))
        .exec());
    return found.getVolumes() == null
        ? List.of()
        : found.getVolumes().stream().map(volume -> volume.getName()).toList();
  }
}
