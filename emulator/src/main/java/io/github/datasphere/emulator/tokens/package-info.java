/** Issues and checks IAM tokens; knows nothing of the protocols that carry them. */
@NullMarked
package io.github.datasphere.emulator.tokens;

import org.jspecify.annotations.NullMarked;
