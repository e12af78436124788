package io.github.datasphere.emulator.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashingTest {
  private static final long NO_LIMIT = Long.MAX_VALUE;

  private final ExecutorService helpers = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    helpers.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 262_143, 262_144, 262_145, 524_288, 5_000_000})
  void digestIsThatOfAllPieces(int length) throws Exception {
    var content = new byte[length];
    new Random(1).nextBytes(content);

    try (var hashing = new Hashing(NO_LIMIT, helpers)) {
      assertThat(digest(hashing, content))
          .isEqualTo(
              HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    }
  }

  @Test
  void contentThatBreaksOffLeavesNoThreadBusy() throws Exception {
    try (var hashing = new Hashing(NO_LIMIT, helpers)) {
      hashing.add(hashing.nextPiece());
    }

    helpers.shutdown();
    assertThat(helpers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void takerGetsTheContentInItsOrder() throws Exception {
    var content = new byte[1_000_000];
    new Random(2).nextBytes(content);
    var taken = new ByteArrayOutputStream();

    try (var hashing =
        new Hashing(NO_LIMIT, helpers, (piece, length) -> taken.write(piece, 0, length))) {
      digest(hashing, content);
    }

    assertThat(taken.toByteArray()).isEqualTo(content);
  }

  @Test
  void takerThatFailsIsTheFailureOfTheOwner() throws Exception {
    Hashing.Taker full = (piece, length) -> {
      throw new IOException("no room");
    };
    try (var hashing = new Hashing(NO_LIMIT, helpers, full)) {
      assertThatThrownBy(() -> digest(hashing, new byte[5_000_000])).hasMessage("no room");
    }
  }

  @Test
  void hasherThatFailsKeepsNobodyWaiting() throws Exception {
    Executor interrupted = task -> helpers.execute(() -> {
      Thread.currentThread().interrupt();
      task.run();
    });
    try (var hashing = new Hashing(NO_LIMIT, interrupted)) {
      hashing.add(hashing.nextPiece());

      assertThatThrownBy(() -> {
            // There are three pieces: the fourth has to come back
            hashing.nextPiece();
            hashing.nextPiece();
            hashing.nextPiece();
          })
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  private static String digest(Hashing hashing, byte[] content) throws Exception {
    for (int at = 0; ; ) {
      var piece = hashing.nextPiece();
      int n = Math.min(piece.length, content.length - at);
      System.arraycopy(content, at, piece, 0, n);
      if (n < piece.length) {
        return hashing.finish(piece, n);
      }
      at += n;
      hashing.add(piece);
    }
  }
}
