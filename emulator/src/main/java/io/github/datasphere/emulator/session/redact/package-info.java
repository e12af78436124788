/**
 * Takes secrets and identities out of a session before anything of it is written. What may be
 * secret is learned from all of the session; then every text of it is written without.
 */
@NullMarked
package io.github.datasphere.emulator.session.redact;

import org.jspecify.annotations.NullMarked;
