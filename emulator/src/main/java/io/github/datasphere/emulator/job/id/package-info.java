/** Identifiers in the form the real service gives them (service-behaviour 2.20). */
@NullMarked
package io.github.datasphere.emulator.job.id;

import org.jspecify.annotations.NullMarked;
