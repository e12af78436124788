/** A client of DataSphere Jobs as an application would have it, to be copied with its tests. */
@NullMarked
package io.github.datasphere.samples;

import org.jspecify.annotations.NullMarked;
