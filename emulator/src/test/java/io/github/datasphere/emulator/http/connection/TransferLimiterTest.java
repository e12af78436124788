package io.github.datasphere.emulator.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferLimiterTest {
  private final TransferLimiter transfers = new TransferLimiter(1);
  private final List<String> done = new ArrayList<>();

  @Test
  void whatHasToWaitHoldsNoThreadAndIsCarriedOutByTheOneThatEnds() {
    transfers.execute(new ClientWait(), () -> {
      transfers.execute(new ClientWait(), () -> done.add("second"));
      transfers.execute(new ClientWait(), () -> done.add("third"));
      done.add("first");
    });
    assertThat(done).containsExactly("first", "second", "third");
  }

  @Test
  void oneAfterTheOtherFindsItsPlaceFree() {
    transfers.execute(new ClientWait(), () -> done.add("first"));
    transfers.execute(new ClientWait(), () -> done.add("second"));
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void theHarmOfOneIsNotThatOfThoseThatWait() {
    assertThatThrownBy(() -> transfers.execute(new ClientWait(), () -> {
          transfers.execute(new ClientWait(), () -> done.add("second"));
          throw new IllegalStateException("first");
        }))
        .hasMessage("first");
    transfers.execute(new ClientWait(), () -> done.add("third"));
    assertThat(done).containsExactly("second", "third");
  }
}
