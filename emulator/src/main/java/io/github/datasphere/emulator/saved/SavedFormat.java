package io.github.datasphere.emulator.saved;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.MessageJson;
import io.github.datasphere.emulator.session.MessageParser;
import io.github.datasphere.emulator.session.SessionJson;
import io.github.datasphere.emulator.session.SessionReader;

/**
 * How jobs stand in a file: what its entries are called, and messages as lines of JSON. Calls stand
 * in it as the events of a session.
 */
final class SavedFormat {
  /** The version that is written; no other is read. */
  static final int VERSION = 2;

  static final String HEADER = "dsjob.json";
  static final String CALLS = SessionReader.EVENTS;
  static final String JOBS = "jobs/";
  static final String FILES = "files/";
  static final String JOB = "job.json";
  static final String TIMELINE = "timeline.json";
  static final String COURSE = "course.json";
  static final String FILE_LIST = "files.json";
  static final String LOG = "log.jsonl";

  private final MessageJson json;
  private final MessageParser parser;

  SavedFormat() {
    var api = new Api();
    this.json = new MessageJson(api);
    this.parser = new MessageParser(api);
  }

  String line(Message message) {
    return SessionJson.write(json.toJson(message));
  }

  /**
   * Reads a message.
   *
   * @param as a message of the same type
   * @throws io.github.datasphere.emulator.session.SessionException if the line is not of this type
   */
  <M extends Message> M read(String line, M as) {
    @SuppressWarnings("unchecked") // a builder makes messages of its own type
    var read = (M) parser.parse(SessionJson.parseObject(line), as.newBuilderForType());
    return read;
  }
}
