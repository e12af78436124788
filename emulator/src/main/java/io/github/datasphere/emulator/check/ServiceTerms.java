package io.github.datasphere.emulator.check;

import java.time.Duration;

/**
 * What a check may use of the service.
 *
 * @param project where it makes its jobs, all of which it deletes again
 * @param budget how long its jobs may run, all together
 * @param type the instance type of its jobs
 */
public record ServiceTerms(String project, Duration budget, String type) {}
