/**
 * The life of a job's run, the same whatever it runs in:
 * {@link io.github.datasphere.emulator.runner.run.Run} tells it from the preparation to the
 * release. Adapters give a {@link io.github.datasphere.emulator.runner.run.ExecutionBackend} and
 * its places.
 */
@NullMarked
package io.github.datasphere.emulator.runner.run;

import org.jspecify.annotations.NullMarked;
