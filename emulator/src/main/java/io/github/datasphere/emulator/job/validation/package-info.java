/** What a job's parameters must be, and the words for those that are not. */
@NullMarked
package io.github.datasphere.emulator.job.validation;

import org.jspecify.annotations.NullMarked;
