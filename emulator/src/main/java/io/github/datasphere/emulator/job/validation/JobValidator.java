package io.github.datasphere.emulator.job.validation;

import io.github.datasphere.emulator.job.spec.JobParameters;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the service refuses in a Create or a Clone: the checks that the official client makes, since
 * other SDKs skip them, and those that keep a job runnable and showable (service-behaviour 2.13 to
 * 2.18, 10.33). Every violation is found, not only the first.
 */
public final class JobValidator {
  private JobValidator() {}

  /**
   * Checks everything that decides how a job runs.
   *
   * @param field path of the parameters within the request, such as {@code job_parameters}
   */
  public static List<FieldViolation> validate(JobParameters parameters, String field) {
    var at = Violations.of(field);
    FileRules.check(at, parameters);
    NameRules.check(at, parameters);
    EnvironmentRules.check(at, parameters);
    if (at.all().isEmpty()) {
      checkWeight(at, JobWeight.of(parameters));
    }
    return List.copyOf(at.all());
  }

  /**
   * Checks the texts that come beside the parameters.
   *
   * @param parameters those of the same job: all texts of a job have to fit into one answer
   */
  public static List<FieldViolation> validateTexts(
      String name, String desc, String config, JobParameters parameters) {
    var at = Violations.of("");
    checkText(at.at("name"), name, Limits.NAME_LENGTH);
    checkText(at.at("desc"), desc, Limits.DESC_LENGTH);
    TextRules.check(at.at("config"), config);
    var own = JobWeight.text(config) + 2 * (JobWeight.text(name) + JobWeight.text(desc));
    var weight = JobWeight.of(parameters);
    if (at.all().isEmpty() && weight <= Limits.JOB_BYTES) {
      checkWeight(at.at("config"), own + weight);
    }
    return List.copyOf(at.all());
  }

  /**
   * Checks how long data are to live (service-behaviour 6.6).
   *
   * @param ttl null for ever
   */
  public static List<FieldViolation> validateTtl(@Nullable Duration ttl, String field) {
    if (ttl == null || (ttl.compareTo(Limits.MIN_TTL) >= 0 && ttl.compareTo(Limits.MAX_TTL) <= 0)) {
      return List.of();
    }
    return List.of(new FieldViolation(
        field,
        "must be "
            + Limits.MIN_TTL.toDays()
            + " to "
            + Limits.MAX_TTL.toDays()
            + " days: "
            + ttl.toSeconds()
            + " s; SetDataTtl without a ttl means for ever"));
  }

  private static void checkText(Violations at, String text, int limit) {
    if (TextRules.check(at, text)) {
      at.require(
          text.length() <= limit,
          "must have at most " + limit + " characters but has " + text.length());
    }
  }

  private static void checkWeight(Violations at, long bytes) {
    at.require(
        bytes <= Limits.JOB_BYTES,
        "the parameters and the configuration of a job must take at most "
            + Limits.JOB_BYTES
            + " bytes together but take "
            + bytes
            + ": clients refuse larger answers. Move long texts into input files.");
  }
}
