/**
 * The ports of an emulator: gRPC servers with and without TLS, the CONNECT port, and the channel
 * inside this process.
 */
@NullMarked
package io.github.datasphere.emulator.server;

import org.jspecify.annotations.NullMarked;
