/** Tests of the extension, most of them by running test classes that use it. */
@NullMarked
package io.github.datasphere.junit;

import org.jspecify.annotations.NullMarked;
