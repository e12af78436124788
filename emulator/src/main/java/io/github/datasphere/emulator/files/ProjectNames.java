package io.github.datasphere.emulator.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.job.id.ProjectId;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Makes directory names for project ids, which may be any text. No id leads out of the store, and
 * no two ids share a directory, also on a file system that ignores case. Most file systems allow
 * 255 bytes in a name, so a long name goes on in a directory below.
 */
public final class ProjectNames {
  private static final int LONGEST = 200;
  /** Ends a name that goes on below; an escape never ends like this. */
  private static final String GOES_ON = "%";
  /** Stands for the empty id; as part of an id it would be escaped. */
  private static final String EMPTY = "=";

  private ProjectNames() {}

  /** Returns the directories from the top down; there is at least one. */
  public static List<String> directories(ProjectId id) {
    var escaped = escapeId(id);
    var names = new ArrayList<String>();
    int from = 0;
    for (; escaped.length() - from > LONGEST; from += LONGEST) {
      names.add(escaped.substring(from, from + LONGEST) + GOES_ON);
    }
    names.add(escaped.substring(from));
    return names;
  }

  /** Whether the rest of the name is a directory below this one. */
  public static boolean goesOn(String directory) {
    return directory.endsWith(GOES_ON);
  }

  /** Returns what this directory adds to the text that {@link #id} takes. */
  public static String part(String directory) {
    return goesOn(directory) ? directory.substring(0, directory.length() - 1) : directory;
  }

  /** Returns the id for these joined parts; empty if no id has such a name. */
  public static Optional<ProjectId> id(String escaped) {
    try {
      var id = new ProjectId(escaped.equals(EMPTY) ? "" : unescape(escaped));
      return escapeId(id).equals(escaped) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static String unescape(String escaped) {
    var bytes = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        bytes.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(UTF_8);
  }

  private static String escapeId(ProjectId id) {
    return id.value().isEmpty() ? EMPTY : escape(id.value());
  }

  private static String escape(String text) {
    var escaped = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      if (isPlain((char) b)) {
        escaped.append((char) b);
      } else {
        escaped.append('%').append(HexFormat.of().toHexDigits(b));
      }
    }
    return escaped.toString();
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }
}
