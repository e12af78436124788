/** The CONNECT port: where it leads, and what it answers for hosts that are out of reach. */
@NullMarked
package io.github.datasphere.emulator.gateway.proxy;

import org.jspecify.annotations.NullMarked;
