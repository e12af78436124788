package io.github.datasphere.emulator.logs;

/**
 * Where output may be cut into records without harm to what clients show (service-behaviour 5.6).
 */
final class Cuts {
  private Cuts() {}

  /**
   * The best end of a record that begins at {@code from} and cannot go beyond {@code to}: before
   * the last line without leading blanks, else behind the last line, else between two characters.
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

  /** The last line in the range that begins with no white space; -1 if there is none. */
  static int beforeUnindentedLine(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (i > 0 && bytes[i - 1] == '\n' && !isBlank(bytes[i])) {
        return i;
      }
    }
    return -1;
  }

  /** How many bytes at the end of the range are the beginning of a character that goes on. */
  static int cutCharacter(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= Math.max(from, to - 3); i--) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return length(bytes[i] & 0xFF) > to - i ? to - i : 0;
      }
    }
    return 0;
  }

  /** Behind the last newline in the range; -1 if there is none. */
  static int afterNewline(byte[] bytes, int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  /**
   * The last carriage return in the range that more than a newline can follow, so that a line is
   * drawn anew there; -1 if there is none behind {@code from}.
   */
  static int beforeLastReturn(byte[] bytes, int from, int to) {
    for (int i = to - 2; i > from; i--) {
      if (bytes[i] == '\r') {
        return i;
      }
    }
    return -1;
  }

  /** Bytes of the longest of the lines in the last 4 KiB before {@code to}. */
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

  /** Blanks at the beginning of a record are lost on their way to the user, empty lines too. */
  private static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** Bytes of the UTF-8 character that begins so; 1 for what begins none. */
  private static int length(int lead) {
    if (lead < 0xC2 || lead > 0xF4) {
      return 1;
    }
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }
}
