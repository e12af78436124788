package io.github.datasphere.emulator.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sums up the many messages of a pull: one line for each tenth of its size. */
final class PullProgress extends ResultCallback.Adapter<PullResponseItem> {
  private static final double MIB = 1 << 20;
  private static final int STEPS = 10;

  private final Consumer<String> words;
  private final Map<String, Layer> layers = new HashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int told;
  private @Nullable PullFailure failure;

  PullProgress(Consumer<String> words) {
    this.words = words;
  }

  /** How much of one layer is here. */
  private record Layer(long done, long total) {}

  @Override
  public synchronized void onNext(PullResponseItem item) {
    var error = item.getErrorDetail();
    if (error != null && error.getMessage() != null) {
      failure = new PullFailure(DockerEngineException.words(error.getMessage()));
      return;
    }
    var detail = item.getProgressDetail();
    if ("Downloading".equals(item.getStatus()) && detail != null && detail.getTotal() != null) {
      var done = detail.getCurrent() == null ? 0 : detail.getCurrent();
      layers.put(String.valueOf(item.getId()), new Layer(done, detail.getTotal()));
      tell();
    }
  }

  @Override
  public synchronized void onError(Throwable throwable) {
    if (throwable instanceof RuntimeException runtime) {
      failure = new PullFailure(String.valueOf(DockerEngineException.of(runtime).getMessage()));
    } else {
      failure = new PullFailure("the connection to the container engine broke (" + throwable + ")");
    }
    onComplete();
  }

  @Override
  public void onComplete() {
    super.onComplete();
    ended.countDown();
  }

  /**
   * Waits for the end; false if it has not come in time. docker-java's own method would end the
   * pull when the time is over.
   */
  boolean await(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  synchronized Optional<PullFailure> failure() {
    return Optional.ofNullable(failure);
  }

  private void tell() {
    long done = layers.values().stream().mapToLong(Layer::done).sum();
    long total = layers.values().stream().mapToLong(Layer::total).sum();
    int step = total == 0 ? 0 : (int) (STEPS * done / total);
    if (step > told) {
      told = step;
      words.accept(
          String.format(Locale.ROOT, "Pulled %.1f MB of %.1f MB", done / MIB, total / MIB));
    }
  }
}
