/** YAML as the official client reads it, with the line of every node, and complaints about it. */
@NullMarked
package io.github.datasphere.emulator.client.yaml;

import org.jspecify.annotations.NullMarked;
