package io.github.datasphere.emulator.job.spec;

/**
 * A file of a job: an input, a local module, an output or a log.
 *
 * @param sha256 64 lower-case hexadecimal digits of the content (of the archive for a directory)
 * @param sizeBytes size of the content in bytes
 */
public record JobFile(FileDesc desc, String sha256, long sizeBytes, Compression compression) {
  /** Digest of no content at all; such a file always counts as stored (service-behaviour 2.7). */
  public static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
}
