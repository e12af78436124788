package io.github.datasphere.emulator.check;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.redact.LogFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The records of a log stream, whatever messages they came in: that depends on the moment. */
final class LogRecords {
  private LogRecords() {}

  /** Whether the messages are pages of records. */
  static boolean arePages(Message empty) {
    return empty.getDescriptorForType().findFieldByName("logs") != null;
  }

  /** Returns the text of each log by the fields that say where it was printed. */
  static Map<String, String> texts(List<Message> pages) {
    var texts = new TreeMap<String, ByteString>();
    for (var record : of(pages)) {
      var content = record.getDescriptorForType().findFieldByName("content");
      texts.merge(
          LogFields.sourceOf(content, record).replaceFirst("^\\S+ ", ""),
          (ByteString) record.getField(content),
          ByteString::concat);
    }
    var all = new TreeMap<String, String>();
    texts.forEach((source, text) -> all.put(source, text.toStringUtf8()));
    return all;
  }

  static List<Message> of(List<Message> pages) {
    var records = new ArrayList<Message>();
    for (var page : pages) {
      FieldDescriptor logs = page.getDescriptorForType().findFieldByName("logs");
      for (int i = 0; i < page.getRepeatedFieldCount(logs); i++) {
        records.add((Message) page.getRepeatedField(logs, i));
      }
    }
    return records;
  }
}
