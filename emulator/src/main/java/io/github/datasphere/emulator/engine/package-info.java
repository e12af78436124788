/** Runs a command on a job: load, decide, commit, dispatch effects; one mailbox per job. */
@NullMarked
package io.github.datasphere.emulator.engine;

import org.jspecify.annotations.NullMarked;
