/**
 * Facts of this machine's processes, names of its files as the bytes that they are, and words for
 * paths that cannot be used, for every part that needs them; uses none of ours.
 */
@NullMarked
package io.github.datasphere.emulator.base;

import org.jspecify.annotations.NullMarked;
