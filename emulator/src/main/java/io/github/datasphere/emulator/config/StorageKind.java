package io.github.datasphere.emulator.config;

/** What keeps uploaded and produced files. */
public enum StorageKind {
  /** The emulator itself, in a folder. */
  LOCAL,
  /** MinIO or another S3 server; the emulator starts one if no endpoint is given. */
  MINIO
}
