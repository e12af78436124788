/**
 * Between the wire and the domain, total in both directions: no field is forgotten, none invented.
 */
@NullMarked
package io.github.datasphere.emulator.grpc.mapping;

import org.jspecify.annotations.NullMarked;
