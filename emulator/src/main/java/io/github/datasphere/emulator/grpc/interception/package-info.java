/**
 * What happens to each call around its service: who may call, what cannot be read, how errors are
 * told.
 */
@NullMarked
package io.github.datasphere.emulator.grpc.interception;

import org.jspecify.annotations.NullMarked;
