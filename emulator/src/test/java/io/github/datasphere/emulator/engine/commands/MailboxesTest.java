package io.github.datasphere.emulator.engine.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.id.JobId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MailboxesTest {
  private static final JobId JOB = new JobId("bt100000000000000000");
  private static final JobId OTHER = new JobId("bt100000000000000001");

  private final Mailboxes mailboxes = new Mailboxes();

  @Test
  void aCallGivesTheResultOfItsTask() {
    assertThat(mailboxes.<String>call(JOB, () -> "done")).isEqualTo("done");
  }

  @Test
  void aCallThrowsWhatItsTaskThrew() {
    assertThatThrownBy(() -> mailboxes.call(JOB, () -> {
          throw new IllegalStateException("broken");
        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
  }

  @Test
  void whatATaskPostsToItsOwnJobRunsAfterItAndBeforeTheCallReturns() {
    var order = new ArrayList<String>();
    mailboxes.call(JOB, () -> {
      mailboxes.post(JOB, () -> order.add("consequence"));
      order.add("command");
      return "";
    });
    assertThat(order).containsExactly("command", "consequence");
  }

  @Test
  void aCallFromWithinATaskOfTheSameJobDoesNotWaitForItself() {
    var result = mailboxes.<String>call(JOB, () -> mailboxes.call(JOB, () -> "nested"));
    assertThat(result).isEqualTo("nested");
  }

  @Test
  void aFailedTaskDoesNotStopTheNext() {
    var ran = new AtomicInteger();
    mailboxes.call(JOB, () -> {
      mailboxes.post(JOB, () -> {
        throw new IllegalStateException("expected in this test");
      });
      mailboxes.post(JOB, ran::incrementAndGet);
      return "";
    });
    assertThat(ran).hasValue(1);
  }

  @Test
  void aBusyJobDoesNotHoldUpAnother() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var busy = new Thread(() -> mailboxes.post(JOB, () -> {
      inside.countDown();
      awaitQuietly(leave);
    }));
    busy.start();
    inside.await();
    assertThat(mailboxes.<String>call(OTHER, () -> "free")).isEqualTo("free");
    leave.countDown();
    busy.join();
  }

  @Test
  void tasksOfOneJobNeverOverlap() throws InterruptedException {
    var inside = new AtomicInteger();
    var overlaps = new AtomicInteger();
    var done = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      var thread = new Thread(() -> {
        for (int n = 0; n < 500; n++) {
          mailboxes.call(JOB, () -> {
            if (inside.incrementAndGet() > 1) {
              overlaps.incrementAndGet();
            }
            Thread.onSpinWait();
            inside.decrementAndGet();
            return done.incrementAndGet();
          });
        }
      });
      threads.add(thread);
      thread.start();
    }
    for (var thread : threads) {
      thread.join();
    }
    assertThat(overlaps).hasValue(0);
    assertThat(done).hasValue(4000);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
