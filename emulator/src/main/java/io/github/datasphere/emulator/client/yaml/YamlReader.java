package io.github.datasphere.emulator.client.yaml;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads one YAML 1.1 document. Tags and merge keys mean nothing and the last of equal keys wins, as
 * in the official client's loader.
 */
public final class YamlReader {
  private final Problems problems;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private YamlReader(Problems problems) {
    this.problems = problems;
  }

  /** Returns the document; empty if the text holds none or is no YAML, which is then a problem. */
  public static Optional<YamlNode> read(String text, Problems problems) {
    var options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    try {
      var root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      return root == null ? Optional.empty() : Optional.of(new YamlReader(problems).convert(root));
    } catch (MarkedYAMLException e) {
      problems.error(lineOf(e), "", "this is no YAML: " + reason(e));
    } catch (YAMLException e) {
      problems.error(1, "", "this is no YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private YamlNode convert(Node node) {
    int line = line(node);
    if (node instanceof ScalarNode scalar) {
      return new YamlNode.Text(scalar.getValue(), line);
    }
    if (!open.add(node)) {
      throw new YAMLException("an anchor on line " + line + " contains itself");
    }
    try {
      return node instanceof SequenceNode sequence
          ? sequence(sequence, line)
          : mapping((MappingNode) node, line);
    } finally {
      open.remove(node);
    }
  }

  private YamlNode sequence(SequenceNode node, int line) {
    var items = new ArrayList<YamlNode>();
    node.getValue().forEach(item -> items.add(convert(item)));
    return new YamlNode.Sequence(items, line);
  }

  private YamlNode mapping(MappingNode node, int line) {
    var entries = new LinkedHashMap<String, YamlNode.Entry>();
    for (var tuple : node.getValue()) {
      var key = tuple.getKeyNode();
      if (!(key instanceof ScalarNode scalar)) {
        problems.error(line(key), "", "a key has to be a word, not a list or a mapping");
        continue;
      }
      var entry = new YamlNode.Entry(line(key), convert(tuple.getValueNode()));
      if (entries.put(scalar.getValue(), entry) != null) {
        problems.warn(line(key), scalar.getValue(), "the key is there twice, this one counts");
      }
    }
    return new YamlNode.Mapping(entries, line);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  private static int lineOf(MarkedYAMLException e) {
    return e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
  }

  private static String reason(MarkedYAMLException e) {
    return e.getContext() == null ? e.getProblem() : e.getContext() + ": " + e.getProblem();
  }
}
