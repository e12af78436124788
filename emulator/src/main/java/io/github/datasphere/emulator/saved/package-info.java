/**
 * Jobs in one file: written by a running emulator, read without one. A file is a zip of lines of
 * JSON in the form of recordings; the HTTP and JSON face shows it as it shows a running emulator.
 */
@NullMarked
package io.github.datasphere.emulator.saved;

import org.jspecify.annotations.NullMarked;
