package io.github.datasphere.emulator.face;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A path with variables, such as {@code /jobs/{job_id}:cancel}. */
final class Template {
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

  private final String text;
  private final List<String> variables = new ArrayList<>();
  private final Pattern pattern;

  Template(String text) {
    this.text = text;
    var regex = new StringBuilder();
    int end = 0;
    var found = VARIABLE.matcher(text);
    while (found.find()) {
      regex.append(Pattern.quote(text.substring(end, found.start()))).append("([^/:]+)");
      variables.add(found.group(1));
      end = found.end();
    }
    this.pattern =
        Pattern.compile(regex.append(Pattern.quote(text.substring(end))).toString());
  }

  /** Returns the values of the variables, decoded, if the path is one of these. */
  Optional<Map<String, String>> match(String rawPath) {
    var found = pattern.matcher(rawPath);
    if (!found.matches()) {
      return Optional.empty();
    }
    var values = new LinkedHashMap<String, String>();
    for (int i = 0; i < variables.size(); i++) {
      values.put(variables.get(i), decoded(found.group(i + 1)));
    }
    return Optional.of(values);
  }

  List<String> variables() {
    return variables;
  }

  /** Decodes a part of a path, in which a plus is a plus; malformed escapes stay as they are. */
  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
