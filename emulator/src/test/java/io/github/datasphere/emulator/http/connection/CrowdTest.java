package io.github.datasphere.emulator.http.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who gets the places of those that are slow. */
class CrowdTest {
  private final Crowd crowd = new Crowd();
  private final List<String> done = new ArrayList<>();

  @Test
  void aPlaceThatIsLeftGoesToWhoeverWaitsLongest() {
    crowd.queue(() -> done.add("first"));
    crowd.queue(() -> done.add("second"));

    serve();

    assertThat(done).containsExactly("first");
  }

  @Test
  void aPlaceThatIsTakenGoesToWhoeverCameLast() throws Exception {
    var slow = stuck();
    crowd.queue(() -> done.add("first"));
    crowd.queue(() -> done.add("second"));
    crowd.press();

    await().until(() -> !slow.sight().waiting());
    slow.end(0);
    serve();

    assertThat(done).containsExactly("second");
  }

  @Test
  void nobodyIsBrokenOffWhileNobodyWaits() throws Exception {
    var slow = stuck();
    crowd.press();
    crowd.queue(() -> done.add("first"));
    serve();

    assertThat(slow.sight().waiting()).isTrue();
  }

  /** The wait of a thread that is over when this returns: nobody hears of its end. */
  private ClientWait stuck() throws Exception {
    var client = CompletableFuture.supplyAsync(ClientWait::new).get();
    crowd.enter(client);
    client.begin();
    return client;
  }

  private void serve() {
    var next = crowd.next();
    assertThat(next).isNotNull();
    next.run();
  }
}
