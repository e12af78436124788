package io.github.datasphere.emulator.face;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.FieldException;
import io.github.datasphere.emulator.session.MessageJson;
import io.github.datasphere.emulator.session.MessageParser;
import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.redact.SecretFields;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages as protobuf JSON, written and read as those of recordings, but for the names of fields.
 * No secret leaves: passwords, tokens and signed URLs read {@code ***}.
 */
final class FaceJson {
  private final MessageJson writer;
  private final MessageParser parser;
  private final SecretFields secrets = new SecretFields();

  FaceJson() {
    var api = new Api();
    this.writer = new MessageJson(api, MessageJson.Names.CAMEL);
    this.parser = new MessageParser(api);
  }

  /** Returns a message as JSON, without its secrets. */
  String of(Message message) {
    return SessionJson.write(writer.toJson(secrets.masked(message)));
  }

  /**
   * Returns an object of these names and values, in turn. It reads as messages do: a long is a
   * text, and what is 0, false or empty is left out.
   */
  static Map<String, Object> object(Object... pairs) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      var value = pairs[i + 1];
      if (!isNothing(value)) {
        object.put((String) pairs[i], value instanceof Long ? value.toString() : value);
      }
    }
    return object;
  }

  private static boolean isNothing(Object value) {
    return value.equals(0)
        || value.equals(0L)
        || value.equals(false)
        || value.equals("")
        || (value instanceof List<?> list && list.isEmpty());
  }

  /** Returns a time as messages have it here: to the millisecond. */
  static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /**
   * Reads JSON into a message.
   *
   * @throws io.github.datasphere.emulator.job.lifecycle.RejectedException if it is no such message
   */
  void read(String json, Message.Builder into) {
    try {
      if (!json.isBlank()) {
        parser.parse(SessionJson.parseObject(json), into);
      }
    } catch (FieldException e) {
      throw Rejected.invalid(e.field(), e.problem()).asException();
    } catch (SessionException e) {
      throw Rejected.malformed("The body is no JSON of a "
              + into.getDescriptorForType().getName() + ": " + e.getMessage())
          .asException();
    }
  }
}
