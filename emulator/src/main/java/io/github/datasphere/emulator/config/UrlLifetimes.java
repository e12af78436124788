package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.time.Duration;

/**
 * How long a signed URL may be used (service-behaviour 10.35).
 *
 * @param upload from its making, for a file that a job needs
 * @param download from its making, for a file or log of a job
 */
public record UrlLifetimes(Duration upload, Duration download) {
  public UrlLifetimes {
    positive("upload", upload);
    positive("download", download);
  }

  public static UrlLifetimes defaults() {
    return new UrlLifetimes(Duration.ofHours(24), Duration.ofDays(7));
  }

  static UrlLifetimes read(Value value, UrlLifetimes base) {
    var fields = Fields.of(value);
    var upload = fields.read("upload", base.upload, v -> positive("upload", v.duration()));
    var download = fields.read("download", base.download, v -> positive("download", v.duration()));
    fields.end();
    return new UrlLifetimes(upload, download);
  }

  private static Duration positive(String key, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(key + " must be longer than nothing, such as 24h");
    }
    return duration;
  }
}
