/** The certificate authority, the certificates that it signs, and the TLS port that shows them. */
@NullMarked
package io.github.datasphere.emulator.gateway.tls;

import org.jspecify.annotations.NullMarked;
