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
