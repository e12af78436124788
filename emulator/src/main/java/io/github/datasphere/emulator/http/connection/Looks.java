package io.github.datasphere.emulator.http.connection;

import io.github.datasphere.emulator.http.connection.ClientWait.Sight;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds clients that move little or nothing, by looking at all of them now and then. */
final class Looks {
  private final long littleBytes;
  private final int most;
  private Map<ClientWait, Seen> last = Map.of();

  private record Seen(Sight sight, int times) {}

  /**
   * Begins without any look.
   *
   * @param littleBytes a client that moves fewer bytes from one look to the next is slow
   * @param most how often in a row a client may be found slow
   */
  Looks(long littleBytes, int most) {
    this.littleBytes = littleBytes;
    this.most = most;
  }

  /**
   * Looks again; returns the clients that were found slow too often in a row, the slowest first.
   */
  List<ClientWait> slow(Collection<ClientWait> clients) {
    var now = new HashMap<ClientWait, Seen>();
    clients.forEach(client -> now.put(client, seen(client.sight(), last.get(client))));
    last = now;
    return now.entrySet().stream()
        .filter(entry -> entry.getValue().times() >= most)
        .sorted(Comparator.comparing(entry -> entry.getValue().sight().moved()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private Seen seen(Sight sight, @Nullable Seen before) {
    if (before == null
        || sight.served() != before.sight().served()
        || !sight.waiting()
        || sight.moved() - before.sight().moved() >= littleBytes) {
      return new Seen(sight, 0);
    }
    return new Seen(sight, before.times() + 1);
  }

  void forget() {
    last = Map.of();
  }
}
