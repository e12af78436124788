package io.github.datasphere.emulator.files;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.spec.FileKey;
import java.time.Instant;

/**
 * Permission to put or get one file on behalf of one job.
 *
 * @param sizeBytes size of the content in bytes
 * @param expires the URL answers 403 from this time on (service-behaviour 10.35); exact to the
 *     millisecond
 */
public record FileGrant(Method method, JobId job, FileKey key, long sizeBytes, Instant expires) {
  /** What the grant allows. */
  public enum Method {
    GET,
    PUT
  }
}
