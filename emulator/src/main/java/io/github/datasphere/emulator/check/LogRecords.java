package io.github.datasphere.emulator.check;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/** The records of a log stream, whatever messages they came in: that depends on the moment. */
final class LogRecords {
  private LogRecords() {}

  /** Whether the messages are pages of records. */
  static boolean arePages(Message empty) {
    return empty.getDescriptorForType().findFieldByName("logs") != null;
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
