package io.github.datasphere.emulator.replay;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event.Replied;
import io.github.datasphere.emulator.session.Event.Requested;
import io.github.datasphere.emulator.session.IdFields;
import io.github.datasphere.emulator.session.MessageTexts;
import io.github.datasphere.emulator.session.TimedEvent;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ids that stand in a request before an answer has them: the client knew them before. Is shown the
 * events in their order.
 */
final class ClientIds implements Consumer<TimedEvent> {
  private final MessageTexts texts;
  private final Set<String> ofService = new HashSet<>();
  private final Set<String> ofClient = new HashSet<>();

  ClientIds(Api api) {
    this.texts = new MessageTexts(api);
  }

  @Override
  public void accept(TimedEvent event) {
    if (event.event() instanceof Requested request) {
      see(request.content().message(), id -> {
        if (!ofService.contains(id)) {
          ofClient.add(id);
        }
      });
    } else if (event.event() instanceof Replied reply) {
      see(reply.content().message(), ofService::add);
    }
  }

  private void see(@Nullable Message message, Consumer<String> taker) {
    if (message != null) {
      texts.visit(message, (field, value, parent) -> {
        if (IdFields.isOne(field) && !value.isEmpty()) {
          taker.accept(value);
        }
        return value;
      });
    }
  }

  Set<String> ofClient() {
    return Set.copyOf(ofClient);
  }
}
