/**
 * Sends a server what no client should: valid requests of every RPC that it offers, changed field
 * by field and byte by byte, and odd bytes to each of its ports. For a minute in each build; by
 * hand, {@code ./mvnw -Pfuzz verify -Dfuzz.requests=5000000}.
 */
package io.github.datasphere.emulator.fuzz;
