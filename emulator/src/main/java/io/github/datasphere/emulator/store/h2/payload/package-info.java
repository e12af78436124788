/**
 * Jobs, operations and projects as bytes: fields with numbers, in the manner of protobuf, so that a
 * reader skips what it does not know and takes the default for what is not there. Numbers of fields
 * are never used for anything else.
 */
@NullMarked
package io.github.datasphere.emulator.store.h2.payload;

import org.jspecify.annotations.NullMarked;
