package io.github.datasphere.emulator.files;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.time.Instant;

/**
 * Leave to put or get one file on behalf of one job.
 *
 * @param sizeBytes of the content, in bytes
 * @param expires from then on the URL answers 403 (service-behaviour 10.35); exact to the
 *     millisecond
 */
public record FileGrant(Method method, JobId job, FileKey key, long sizeBytes, Instant expires) {
  /** What may be done. */
  public enum Method {
    GET,
    PUT
  }
}
