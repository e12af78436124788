/**
 * How unmodified official clients come in: the emulator's own certificate authority, the
 * certificates of its TLS port, and the HTTP CONNECT port that leads the official host names there.
 *
 * <p>A new authority and a new certificate take Bouncy Castle; reading stored ones does not load
 * it. The ports run on the Netty that gRPC brings along, so a thousand idle connections cost no
 * thread.
 */
@NullMarked
package io.github.datasphere.emulator.gateway;

import org.jspecify.annotations.NullMarked;
