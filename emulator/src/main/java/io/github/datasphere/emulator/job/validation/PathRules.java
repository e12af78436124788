package io.github.datasphere.emulator.job.validation;

import io.github.datasphere.emulator.job.spec.FileDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which paths files may have (service-behaviour 2.17). */
final class PathRules {
  private PathRules() {}

  /** A path that names a place below the working directory, unless a variable stands for it. */
  static void checkPlace(Violations at, FileDesc desc) {
    var path = at.at("path");
    if (!TextRules.checkGiven(path, desc.path())
        || !checkSize(path, desc.path())
        || desc.hasVar()) {
      return;
    }
    path.require(
        !desc.path().startsWith("/"),
        "must be relative, since the file has no variable: " + Text.quote(desc.path()));
    path.require(
        !segments(desc.path()).contains(".."),
        "must not hold \"..\", since the file has no variable: " + Text.quote(desc.path()));
  }

  /** A file that is no archive would take the place of the working directory. */
  static void checkFile(Violations at, FileDesc desc) {
    at.at("path")
        .require(
            desc.hasVar() || desc.path().isEmpty() || !segments(desc.path()).isEmpty(),
            "must name a file inside the job's directory, not that directory itself: "
                + Text.quote(desc.path()));
  }

  static boolean checkSize(Violations path, String text) {
    return path.require(
            Text.utf8Length(text) <= Limits.PATH_BYTES,
            "must be at most " + Limits.PATH_BYTES + " bytes long: " + Text.quote(text))
        && path.require(
            segments(text).stream()
                .allMatch(name -> Text.utf8Length(name) <= Limits.PATH_NAME_BYTES),
            "must not hold a name of more than "
                + Limits.PATH_NAME_BYTES
                + " bytes: "
                + Text.quote(text));
  }

  /**
   * Checks that no path occurs twice or is inside another. Paths with {@code ..} are not checked,
   * as in the official client, since it is not known here where they lead.
   *
   * @param list name of the list's field, whose entries have these descriptions in this order
   * @param suffix of an entry's field on the way to its path
   */
  static void checkNested(Violations at, String list, List<FileDesc> descs, String suffix) {
    var known = new HashMap<List<String>, Integer>();
    for (int i = 0; i < descs.size(); i++) {
      var path = descs.get(i).path();
      var key = isComparable(path) ? key(path) : List.<String>of("..");
      if (key.contains("..")) {
        continue;
      }
      var first = known.putIfAbsent(key, i);
      if (first != null) {
        at.at(list, i)
            .at(suffix)
            .add("is the same path as that of " + list + "[" + first + "]: "
                + Text.quote(descs.get(i).path()));
      }
    }
    for (int i = 0; i < descs.size(); i++) {
      var path = descs.get(i).path();
      var parent = isComparable(path) ? parent(known, key(path)) : null;
      if (parent != null) {
        at.at(list, i)
            .at(suffix)
            .add(Text.quote(descs.get(i).path())
                + " lies inside "
                + Text.quote(descs.get(parent).path())
                + " of "
                + list
                + "["
                + parent
                + "]; leave one of them out");
      }
    }
  }

  /** What is too long is refused already, and would take a time that grows with its square. */
  private static boolean isComparable(String path) {
    return !path.isEmpty() && Text.utf8Length(path) <= Limits.PATH_BYTES;
  }

  private static @Nullable Integer parent(Map<List<String>, Integer> known, List<String> key) {
    for (int length = 1; length < key.size(); length++) {
      var parent = known.get(key.subList(0, length));
      if (parent != null) {
        return parent;
      }
    }
    return null;
  }

  /**
   * Makes a key for comparison. Absolute and relative paths are never equal, since the client's
   * working directory is not known.
   */
  private static List<String> key(String path) {
    var key = new ArrayList<String>();
    key.add(path.startsWith("/") ? "/" : "");
    key.addAll(segments(path));
    return key;
  }

  private static List<String> segments(String path) {
    var segments = new ArrayList<String>();
    for (var segment : path.split("/")) {
      if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return segments;
  }
}
