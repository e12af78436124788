package io.github.datasphere.emulator.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One transfer at a time, on a port with two threads. */
class TransferLimiterTest {
  private final RequestThreads threads = new RequestThreads(2);
  private final TransferLimiter transfers = new TransferLimiter(1);
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void close() {
    over.countDown();
    threads.close();
  }

  @Test
  void whatHasToWaitIsCarriedOutOnceThereIsAPlace() throws Exception {
    var first = begun();
    var second = transfer(() -> {});
    over.countDown();

    assertThat(first.get()).isEqualTo("done");
    assertThat(second.get()).isEqualTo("done");
  }

  @Test
  void whatHasToWaitKeepsNoOtherRequestOut() throws Exception {
    begun();
    transfer(() -> {});
    var other = new CompletableFuture<String>();
    threads.execute(() -> other.complete("served"));

    assertThat(other.get()).isEqualTo("served");
  }

  @Test
  void theHarmOfOneIsNotThatOfThoseThatWait() throws Exception {
    var first = transfer(() -> {
      awaitOver();
      throw new IllegalStateException("harm");
    });
    var second = transfer(() -> {});
    over.countDown();

    assertThatThrownBy(first::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("harm");
    assertThat(second.get()).isEqualTo("done");
    assertThat(transfer(() -> {}).get()).isEqualTo("done");
  }

  @Test
  void whatStillWaitsAtTheEndIsToldSo() throws Exception {
    begun();
    var second = transfer(() -> {});
    transfers.close();

    assertThatThrownBy(second::get).hasMessageContaining("the client closed the connection");
  }

  /** A transfer that goes on until the test lets it end. */
  private CompletableFuture<String> begun() throws InterruptedException {
    var begun = new CountDownLatch(1);
    var transfer = transfer(() -> {
      begun.countDown();
      awaitOver();
    });
    begun.await();
    return transfer;
  }

  private void awaitOver() throws IOException {
    try {
      over.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private CompletableFuture<String> transfer(TransferLimiter.Transfer transfer) {
    var end = new CompletableFuture<String>();
    threads.execute(() -> {
      try {
        transfers.execute(threads, transfer);
        end.complete("done");
      } catch (IOException | RuntimeException e) {
        end.completeExceptionally(e);
      }
    });
    return end;
  }
}
