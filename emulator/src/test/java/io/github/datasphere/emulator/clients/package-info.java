/** The official Python client against the emulator, as its users start it. */
@NullMarked
package io.github.datasphere.emulator.clients;

import org.jspecify.annotations.NullMarked;
