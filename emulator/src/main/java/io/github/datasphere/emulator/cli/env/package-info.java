/** The variables that point clients to a server, and how a running server is found. */
@NullMarked
package io.github.datasphere.emulator.cli.env;

import org.jspecify.annotations.NullMarked;
