/** How a container engine is found and reached, and what went wrong if it is not. */
@NullMarked
package io.github.datasphere.emulator.docker.connection;

import org.jspecify.annotations.NullMarked;
