/** Our protos beside the official ones: the same wire, and both usable in one JVM. */
@NullMarked
package io.github.datasphere.proto;

import org.jspecify.annotations.NullMarked;
