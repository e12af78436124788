/** What the commands for recordings share: the service that they ask, and what they print. */
@NullMarked
package io.github.datasphere.emulator.cli.recording;

import org.jspecify.annotations.NullMarked;
