/** Port: uploaded and produced files, kept by project and sha256, reached through signed URLs. */
@NullMarked
package io.github.datasphere.emulator.files;

import org.jspecify.annotations.NullMarked;
