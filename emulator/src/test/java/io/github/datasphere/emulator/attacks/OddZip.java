package io.github.datasphere.emulator.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Archives as no library writes them, with files that are stored as they are. */
final class OddZip {
  private static final int UTF8_NAMES = 0x800;
  private static final int UNIX = 3;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String name, byte[] content, int mode, int size, int at) {}

  /** Adds a plain file; a name may come again. */
  OddZip file(String name, String content) {
    return entry(name, name, content, 0);
  }

  /** Adds what the mode says that it is. */
  OddZip special(String name, String content, int mode) {
    return entry(name, name, content, mode);
  }

  /** Adds a file that has another name where it lies than in the table of contents. */
  OddZip twoNames(String inTable, String whereItLies, String content) {
    return entry(inTable, whereItLies, content, 0);
  }

  /** Adds a file of which the table of contents tells another size. */
  OddZip liar(String name, String content, int size) {
    int at = local(name, content.getBytes(UTF_8));
    entries.add(new Entry(name, content.getBytes(UTF_8), 0, size, at));
    return this;
  }

  private OddZip entry(String inTable, String whereItLies, String content, int mode) {
    var raw = content.getBytes(UTF_8);
    int at = local(whereItLies, raw);
    entries.add(new Entry(inTable, raw, mode, raw.length, at));
    return this;
  }

  private int local(String name, byte[] content) {
    int at = bytes.size();
    var head = little(30).putInt(0x04034b50).putShort((short) 20).putShort((short) UTF8_NAMES);
    head.putShort((short) 0).putInt(0).putInt(crc(content));
    head.putInt(content.length).putInt(content.length);
    head.putShort((short) name.getBytes(UTF_8).length).putShort((short) 0);
    bytes.writeBytes(head.array());
    bytes.writeBytes(name.getBytes(UTF_8));
    bytes.writeBytes(content);
    return at;
  }

  byte[] bytes() {
    int table = bytes.size();
    for (var entry : entries) {
      var head = little(46).putInt(0x02014b50).putShort((short) (UNIX << 8 | 20));
      head.putShort((short) 20).putShort((short) UTF8_NAMES).putShort((short) 0).putInt(0);
      head.putInt(crc(entry.content())).putInt(entry.content().length).putInt(entry.size());
      head.putShort((short) entry.name().getBytes(UTF_8).length).putShort((short) 0);
      head.putShort((short) 0).putShort((short) 0).putShort((short) 0);
      head.putInt(entry.mode() << 16).putInt(entry.at());
      bytes.writeBytes(head.array());
      bytes.writeBytes(entry.name().getBytes(UTF_8));
    }
    var end = little(22).putInt(0x06054b50).putInt(0);
    end.putShort((short) entries.size()).putShort((short) entries.size());
    end.putInt(bytes.size() - table).putInt(table).putShort((short) 0);
    bytes.writeBytes(end.array());
    return bytes.toByteArray();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int crc(byte[] content) {
    var crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }
}
