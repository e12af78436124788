/** Archives that jobs bring and take: streams of entries, and ZIP files. */
@NullMarked
package io.github.datasphere.emulator.runner.archive;

import org.jspecify.annotations.NullMarked;
