/**
 * The edge that clients see: one class per service checks the shape of a request, maps it, calls
 * the engine and maps the answer back; interceptors for tokens, errors and request ids.
 */
@NullMarked
package io.github.datasphere.emulator.grpc;

import org.jspecify.annotations.NullMarked;
