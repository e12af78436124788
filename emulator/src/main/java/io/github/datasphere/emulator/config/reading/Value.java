package io.github.datasphere.emulator.config.reading;

import io.github.datasphere.emulator.base.Nearest;
import io.github.datasphere.emulator.base.PathErrors;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value as it was written, and where. Scalars are read as text: {@code 3.10} stays {@code 3.10},
 * and a value means the same in a flag, a variable and the file.
 *
 * @param name its name in errors, such as {@code storage.minio.bucket}
 */
public record Value(Node node, String name, Origin origin, ConfigReading reading) {
  private static final Set<String> YES = Set.of("true", "yes", "on", "1");
  private static final Set<String> NO = Set.of("false", "no", "off", "0");

  /** Makes a value that is in no file. */
  public static Value ofText(String text, Origin origin, ConfigReading reading) {
    var node = new ScalarNode(Tag.STR, text, null, null, ScalarStyle.PLAIN);
    return new Value(node, "", origin, reading);
  }

  public boolean isScalar() {
    return node instanceof ScalarNode;
  }

  public boolean isEmpty() {
    return node.getTag().equals(Tag.NULL);
  }

  public String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw expected("text");
  }

  public int integer() {
    try {
      return Integer.parseInt(text().strip().replace("_", ""));
    } catch (NumberFormatException e) {
      throw expected("a whole number");
    }
  }

  public boolean flag() {
    var text = text().strip().toLowerCase(Locale.ROOT);
    if (YES.contains(text)) {
      return true;
    }
    if (NO.contains(text)) {
      return false;
    }
    throw expected("true or false");
  }

  public <E extends Enum<E>> E oneOf(Class<E> type) {
    var text = text().strip();
    var names = new ArrayList<String>();
    for (var constant : type.getEnumConstants()) {
      var name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equalsIgnoreCase(text)) {
        return constant;
      }
      names.add(name);
    }
    throw problem("expected one of "
        + String.join(", ", names)
        + ", found \""
        + text
        + '"'
        + Nearest.hint(text, names));
  }

  public Duration duration() {
    try {
      return Durations.parse(text());
    } catch (IllegalArgumentException e) {
      throw expected("a duration such as 90s, 15m, 24h or 7d");
    }
  }

  public ByteSize size() {
    try {
      return ByteSize.parse(text());
    } catch (IllegalArgumentException e) {
      throw problem(String.valueOf(e.getMessage()));
    }
  }

  public URI uri() {
    try {
      return new URI(text().strip());
    } catch (URISyntaxException e) {
      throw expected("a URL");
    }
  }

  /**
   * Returns the value as a path, relative to the folder of the file; for flags and variables, to
   * the working directory.
   */
  public Path path() {
    var text = text();
    if (text.isBlank()) {
      throw expected("a path");
    }
    var home = text.equals("~") || text.startsWith("~/");
    return home
        ? reading.home().resolve(text.substring(Math.min(2, text.length()))).normalize()
        : origin.folder().resolve(text).normalize();
  }

  public Path folder() {
    var path = path();
    if (!Files.isDirectory(path)) {
      throw problem(PathErrors.hidden(path)
          .map(why -> "cannot use folder " + path + ": " + why)
          .orElse((Files.exists(path)
                  ? path + " is not a folder"
                  : "folder " + path + " does not exist")
              + "; create it or change the path"));
    }
    return path;
  }

  /** Returns the entries of a list; a single value counts as a list of one. */
  public <T> List<T> list(Function<Value, T> each) {
    if (isEmpty()) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      return List.of(each.apply(this));
    }
    var items = new ArrayList<T>();
    for (var item : sequence.getValue()) {
      items.add(each.apply(inner(item, name + '[' + items.size() + ']')));
    }
    return items;
  }

  Value inner(Node part, String partName) {
    return new Value(part, partName, origin, reading);
  }

  public String place() {
    return origin.place(node);
  }

  public ProblemException problem(String text) {
    return new ProblemException(place() + (origin.isFile() ? ": " + name : "") + ": " + text);
  }

  ProblemException expected(String what) {
    return problem("expected " + what + ", found " + written());
  }

  private String written() {
    if (node instanceof ScalarNode scalar) {
      return isEmpty() ? "nothing" : '"' + scalar.getValue() + '"';
    }
    return node instanceof SequenceNode ? "a list" : "keys with values";
  }

  /** What is wrong with a value, with its place. */
  public static final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProblemException(String message) {
      super(message);
    }
  }
}
