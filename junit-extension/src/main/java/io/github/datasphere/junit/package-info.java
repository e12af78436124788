/** JUnit Jupiter extension that gives each test an emulator of its own, and AssertJ assertions. */
@NullMarked
package io.github.datasphere.junit;

import org.jspecify.annotations.NullMarked;
