/** What a run leaves behind to read: the log folder, filled from the service's log stream. */
@NullMarked
package io.github.datasphere.emulator.client.logs;

import org.jspecify.annotations.NullMarked;
