/**
 * Records a session of an unmodified client: it is led through here to the service, and each call,
 * message and file is noted on its way (docs/recording.md).
 */
@NullMarked
package io.github.datasphere.emulator.record;

import org.jspecify.annotations.NullMarked;
