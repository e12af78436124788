package io.github.datasphere.emulator.runner;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a job with a Spark connector finds in its connection file (service-behaviour 4.15).
 *
 * @param masterNodeHost empty for {@link Mode#SPARK_LOCAL}
 * @param sessionParams settings of the Spark session
 */
public record SparkConnection(String masterNodeHost, Mode mode, Map<String, String> sessionParams) {
  /** How a program reaches Spark; spelled as in the file. */
  public enum Mode {
    SPARK_CONNECT,
    SPARK_CONTEXT,
    SPARK_LOCAL
  }

  /** Spark inside the job itself, for jobs without a cluster. */
  public static final SparkConnection LOCAL = new SparkConnection("", Mode.SPARK_LOCAL, Map.of());

  public SparkConnection {
    sessionParams = Collections.unmodifiableMap(new LinkedHashMap<>(sessionParams));
  }
}
