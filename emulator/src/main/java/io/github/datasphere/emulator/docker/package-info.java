/**
 * Access to a container engine: how it is found and called, what it has, and which of that is ours.
 * Used for jobs in containers and for everything else that the emulator starts in one.
 */
@NullMarked
package io.github.datasphere.emulator.docker;

import org.jspecify.annotations.NullMarked;
