/** Connections of HTTP clients: how many are served at once, and which are slow or gone. */
@NullMarked
package io.github.datasphere.emulator.http.connection;

import org.jspecify.annotations.NullMarked;
