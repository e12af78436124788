/** How many connections a port holds, and guards that see each connection of a gRPC port first. */
@NullMarked
package io.github.datasphere.emulator.gateway.limit;

import org.jspecify.annotations.NullMarked;
