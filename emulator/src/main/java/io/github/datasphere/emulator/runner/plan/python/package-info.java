/** What a job's Python environment is made from. */
@NullMarked
package io.github.datasphere.emulator.runner.plan.python;

import org.jspecify.annotations.NullMarked;
