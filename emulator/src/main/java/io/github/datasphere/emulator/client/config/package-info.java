/**
 * The job configuration file: what the official client takes from it and checks alone, turned into
 * the fields of a request.
 */
@NullMarked
package io.github.datasphere.emulator.client.config;

import org.jspecify.annotations.NullMarked;
