/**
 * The log of real jobs: one append-only file a job.
 *
 * <p>A file is a row of blocks of 1 MiB. A block begins with a frame that tells how many records
 * lie before it and how much each source had written, so that any record is found by a binary
 * search over the blocks, and what a file holds is known from its last block. No frame crosses the
 * end of a block; what is left of it stays a hole. A frame is its length, the CRC32C of its body,
 * and the body: whole or absent after a crash. Writes reach the page cache before {@code append}
 * returns, which outlives the process; none is forced to the disk.
 */
@NullMarked
package io.github.datasphere.emulator.logs.segment;

import org.jspecify.annotations.NullMarked;
