package io.github.datasphere.emulator.job.validation;

import java.time.Duration;

/** How much of everything a job may have (service-behaviour 2.14, 2.17, 2.18 and section 8). */
public final class Limits {
  /** How many inputs, outputs, S3 mounts and datasets a job may have, each. */
  public static final int LIST_ENTRIES = 100;

  /** Local modules: the official client sets no limit; this one keeps a Create's answer small. */
  public static final int LOCAL_MODULES = 1_000;

  /** Size of one uploaded file in bytes: 5 GiB. */
  public static final long FILE_BYTES = 5L << 30;

  /** Size of all uploaded files of a job in bytes: 10 GiB. */
  public static final long UPLOAD_BYTES = 10L << 30;

  /** Characters of a job's name. */
  public static final int NAME_LENGTH = 1_000;

  /** Characters of a job's description. */
  public static final int DESC_LENGTH = 10_000;

  /** UTF-8 bytes of a path: what Linux takes, less some room for the working directory. */
  public static final int PATH_BYTES = 4_000;

  /** UTF-8 bytes of one name within a path, as Linux takes them. */
  public static final int PATH_NAME_BYTES = 255;

  /**
   * What a job's texts may weigh together, see {@link JobWeight}: clients refuse answers above 4
   * MiB (service-behaviour 1.4), so a job that does not fit into one could never be shown.
   */
  public static final long JOB_BYTES = 3L << 20;

  /** GiB of an extended working storage. */
  public static final long MIN_STORAGE_GB = 100;

  /** GiB of an extended working storage: 10 TiB. */
  public static final long MAX_STORAGE_GB = 10 << 10;

  /** GiB of a dataset. */
  public static final long MAX_DATASET_GB = 4 << 10;

  /** How long data live at least (service-behaviour 6.6). */
  public static final Duration MIN_TTL = Duration.ofDays(1);

  /** A hundred years; a user who wants more means "for ever", which is no TTL at all. */
  public static final Duration MAX_TTL = Duration.ofDays(36_500);

  /** How long data live if Create does not say (service-behaviour 2.1). */
  public static final Duration DEFAULT_TTL = Duration.ofDays(14);

  /** How patient a graceful cancel may be. */
  public static final Duration MAX_GRACE = Duration.ofDays(30);

  private Limits() {}
}
