package io.github.datasphere.emulator.logs;

/**
 * Finds where output can be cut into records so that clients still show it well (service-behaviour
 * 5.6).
 */
final class RecordBoundaries {
  private RecordBoundaries() {}

  /**
   * Returns the best end of a record that begins at {@code from} and cannot go beyond {@code to}:
   * before the last line without leading blanks, else after the last line, else between two
   * characters.
   */
  static int best(byte[] bytes, int from, int to) {
    int line = beforeUnindentedLine(bytes, from + 1, to);
    if (line > from) {
      return line;
    }
    int newline = afterNewline(bytes, from, to);
    if (newline > from) {
      return newline;
    }
    int character = to - cutCharacter(bytes, from, to);
    return character > from ? character : to;
  }

  /**
   * Returns where the last line in the range begins that has no leading white space; -1 if there is
   * none.
   */
  static int beforeUnindentedLine(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (i > 0 && bytes[i - 1] == '\n' && !isBlank(bytes[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Returns how many bytes at the end of the range belong to an incomplete character. */
  static int cutCharacter(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= Math.max(from, to - 3); i--) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return length(bytes[i] & 0xFF) > to - i ? to - i : 0;
      }
    }
    return 0;
  }

  /** Returns the place after the last newline in the range; -1 if there is none. */
  static int afterNewline(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /**
   * Returns the last carriage return in the range after which a line is drawn again (it is not just
   * part of a line end); -1 if there is none after {@code from}.
   */
  static int beforeLastReturn(byte[] bytes, int from, int to) {
    for (int i = to - 2; i > from; i--) {
      if (bytes[i] == '\r') {
        return i;
      }
    }
    return -1;
  }

  /** Returns the length in bytes of the longest line in the last 4 KiB before {@code to}. */
  static int longestOfLastLines(byte[] bytes, int to) {
    int from = Math.max(0, to - 4096);
    int longest = 0;
    int end = to;
    for (int i = to - 1; i > from; i--) {
      if (bytes[i - 1] == '\n') {
        longest = Math.max(longest, end - i);
        end = i;
      }
    }
    return Math.max(longest, end - from);
  }

  /**
   * Whether the byte is a blank; clients drop blanks and empty lines at the beginning of a record.
   */
  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Returns the length of the UTF-8 character that begins with this byte; 1 if none does. */
  private static int length(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return 1;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }
}
