/** The operating system as jobs meet it: processes, shells, growing files and folders. */
@NullMarked
package io.github.datasphere.emulator.runner.process.os;

import org.jspecify.annotations.NullMarked;
