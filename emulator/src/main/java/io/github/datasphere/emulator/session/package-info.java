/**
 * The format of recordings: calls, files and times of one session as lines of JSON
 * (docs/recording.md). Journal, recorder, replay and check speak of the same events.
 */
@NullMarked
package io.github.datasphere.emulator.session;

import org.jspecify.annotations.NullMarked;
