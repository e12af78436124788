package io.github.datasphere.emulator.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who counts as slow. */
class LooksTest {
  private final Looks looks = new Looks(1000, 2);
  private final ClientWait client = new ClientWait();

  @Test
  void aClientThatIsWaitedForLookAfterLookIsSlow() throws Exception {
    client.begin();

    assertThat(look()).isEmpty();
    assertThat(look()).isEmpty();
    assertThat(look()).containsExactly(client);
  }

  @Test
  void aClientThatDripsIsAsSlowAsOneThatStops() throws Exception {
    for (int i = 0; i < 2; i++) {
      client.begin();
      look();
      client.end(1);
    }
    client.begin();

    assertThat(look()).containsExactly(client);
  }

  @Test
  void aClientThatGetsOnIsNotSlow() throws Exception {
    for (int i = 0; i < 5; i++) {
      client.begin();
      assertThat(look()).isEmpty();
      client.end(1000);
    }
  }

  @Test
  void aClientThatWaitsForUsIsNotSlow() {
    for (int i = 0; i < 5; i++) {
      assertThat(look()).isEmpty();
    }
  }

  @Test
  void theNextClientOfAThreadIsNotAsSlowAsTheOneBefore() throws Exception {
    for (int i = 0; i < 5; i++) {
      client.renew();
      client.begin();
      assertThat(look()).isEmpty();
      client.end(10);
    }
  }

  @Test
  void theSlowestComesFirst() throws Exception {
    var faster = new ClientWait();
    faster.begin();
    faster.end(5);
    faster.begin();
    client.begin();
    looks.slow(List.of(faster, client));
    looks.slow(List.of(faster, client));

    assertThat(looks.slow(List.of(faster, client))).containsExactly(client, faster);
  }

  @Test
  void onlyTheWaitForAClientIsBrokenOff() throws Exception {
    client.breakOff();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThatThrownBy(client::begin).isInstanceOf(ClientGoneException.class);
    client.renew();
    client.begin();
    client.breakOff();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    client.end(0);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private List<ClientWait> look() {
    return looks.slow(List.of(client));
  }
}
