/**
 * The log of real jobs: one append-only file a job.
 *
 * <p>A file is a sequence of blocks of 1 MiB. A block begins with a frame that tells how many
 * records lie before it and how much each source had written, so that any record is found by a
 * binary search over the blocks, and what a file holds is known from its last block. No frame
 * crosses the end of a block; the rest of the block stays a hole. A frame is its length, the CRC32C
 * of its body, and the body; after a crash it is complete or absent. Writes reach the page cache,
 * which outlives the process, before {@code append} returns; they are not forced to the disk.
 */
@NullMarked
package io.github.datasphere.emulator.logs.segment;

import org.jspecify.annotations.NullMarked;
