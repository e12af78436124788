/**
 * Jobs, operations and projects as bytes: fields with numbers, in the manner of protobuf, so that a
 * reader skips fields that it does not know and takes the default for missing ones. The number of a
 * field is never used for another field.
 */
@NullMarked
package io.github.datasphere.emulator.store.h2.payload;

import org.jspecify.annotations.NullMarked;
