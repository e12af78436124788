/**
 * What a user can set: immutable records with defaults and checks, read from flags over environment
 * over one YAML file.
 */
@NullMarked
package io.github.datasphere.emulator.config;

import org.jspecify.annotations.NullMarked;
