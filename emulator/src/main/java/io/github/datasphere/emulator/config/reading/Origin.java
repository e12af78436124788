package io.github.datasphere.emulator.config.reading;

import java.nio.file.Path;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Where values were written.
 *
 * @param label the flag, the variable or the file
 * @param folder folder from which relative paths start
 * @param isFile whether places in it have a line and a key
 */
public record Origin(String label, Path folder, boolean isFile) {
  String place(Node node) {
    return isFile ? label + ':' + (node.getStartMark().getLine() + 1) : label;
  }
}
