/** Keeps files in a directory of this machine; nothing to install. The default file store. */
@NullMarked
package io.github.datasphere.emulator.files.local;

import org.jspecify.annotations.NullMarked;
