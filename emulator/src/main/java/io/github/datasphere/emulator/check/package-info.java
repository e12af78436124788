/**
 * Repeats the client's side of a recording against a service, and tells each difference of the
 * answers as the path of a field with both values (docs/recording.md).
 */
@NullMarked
package io.github.datasphere.emulator.check;

import org.jspecify.annotations.NullMarked;
