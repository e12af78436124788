package io.github.datasphere.emulator.documents;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The comments before the calls, messages and fields of .proto files, by full name. The descriptors
 * of the generated classes lack them.
 */
final class ProtoComments {
  /** What the comment at the start of a file is told of. */
  static final String FILE = "syntax";

  private static final Pattern OPENING =
      Pattern.compile("(?:message|service|oneof) (\\w+) \\{(}?)");
  private static final Pattern CALL = Pattern.compile("rpc (\\w+)\\(.*");
  private static final Pattern FIELD = Pattern.compile("[\\w.<>, ]+ (\\w+) = \\d+.*;.*");

  private final Map<String, String> comments = new HashMap<>();
  private final Deque<String> within = new ArrayDeque<>();
  private final StringBuilder pending = new StringBuilder();

  /** All of the files; each name starts with the package. */
  static ProtoComments of(List<Page> files) {
    var all = new ProtoComments();
    files.forEach(file -> file.text().lines().map(String::strip).forEach(all::read));
    return all;
  }

  Optional<String> of(String fullName) {
    return Optional.ofNullable(comments.get(fullName));
  }

  private void read(String line) {
    if (line.startsWith("//")) {
      pending.append(pending.isEmpty() ? "" : " ").append(line.substring(2).strip());
      return;
    }
    var opening = OPENING.matcher(line);
    var call = CALL.matcher(line);
    var field = FIELD.matcher(line);
    if (line.startsWith("syntax")) {
      comments.putIfAbsent(FILE, pending.toString());
    } else if (line.startsWith("package ")) {
      within.clear();
      within.addLast(line.substring("package ".length(), line.length() - 1));
    } else if (opening.matches()) {
      keep(opening.group(1));
      if (opening.group(2).isEmpty()) {
        within.addLast(line.startsWith("oneof ") ? "" : opening.group(1));
      }
    } else if (call.matches()) {
      keep(call.group(1));
    } else if (field.matches()) {
      keep(field.group(1));
    } else if (line.equals("}")) {
      within.removeLast();
    }
    pending.setLength(0);
  }

  /** A oneof is no part of the names of its fields. */
  private void keep(String name) {
    var path = String.join(".", within.stream().filter(part -> !part.isEmpty()).toList());
    if (!pending.isEmpty()) {
      comments.put(path + '.' + name, pending.toString());
    }
  }
}
