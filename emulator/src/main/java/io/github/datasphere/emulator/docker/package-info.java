/**
 * A container engine: how it is found and spoken to, what it has, and which of that is ours. For
 * jobs in containers and for whatever else the emulator starts in one.
 */
@NullMarked
package io.github.datasphere.emulator.docker;

import org.jspecify.annotations.NullMarked;
