/** Measurements of the extension: what a user's test pays for it. */
@NullMarked
package io.github.datasphere.junit.bench;

import org.jspecify.annotations.NullMarked;
