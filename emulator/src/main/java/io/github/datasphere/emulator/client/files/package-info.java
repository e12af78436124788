/** The job's files on their way to and from the service: packed, sent, fetched, unpacked. */
@NullMarked
package io.github.datasphere.emulator.client.files;

import org.jspecify.annotations.NullMarked;
