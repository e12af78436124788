package io.github.datasphere.emulator.job.validation;

/**
 * One thing wrong with a request.
 *
 * @param field path of the field, such as {@code job_parameters.input_files[2].desc.path}
 * @param message what is wrong and what to do
 */
public record FieldViolation(String field, String message) {}
