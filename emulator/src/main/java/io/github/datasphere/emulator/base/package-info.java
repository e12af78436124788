/**
 * What every other package may use and what depends on none of them: facts of this machine's
 * processes and programs, names of files, files that are whole and private, digests, words for
 * paths that cannot be used, and how expected failures are told.
 */
@NullMarked
package io.github.datasphere.emulator.base;

import org.jspecify.annotations.NullMarked;
