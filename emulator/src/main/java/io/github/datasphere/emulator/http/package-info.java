/**
 * The HTTP side: upload and download URLs, the metadata-token stub, health, and a page for humans.
 */
@NullMarked
package io.github.datasphere.emulator.http;

import org.jspecify.annotations.NullMarked;
