package io.github.datasphere.emulator.runner.plan;

import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.runner.JobResources;
import io.github.datasphere.emulator.runner.SparkConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The files that the emulator writes for the job: Spark connection and token (service-behaviour
 * 4.12, 4.15).
 */
final class JobTexts {
  private final JobResources resources;
  private final SandboxPaths layout;

  JobTexts(JobResources resources, SandboxPaths layout) {
    this.resources = resources;
    this.layout = layout;
  }

  static String sparkFile(SandboxPaths layout) {
    return layout.resolve(".spark_connection_config.json");
  }

  static String tokenFile(SandboxPaths layout) {
    return layout.logs() + "/sa_token";
  }

  List<GeneratedFile> of(JobParameters parameters) throws PreparationException {
    var texts = new ArrayList<GeneratedFile>();
    var token = resources.serviceAgentToken();
    if (token != null) {
      texts.add(new GeneratedFile(tokenFile(layout), token));
    }
    var connector = parameters.sparkConnectorId();
    if (connector != null) {
      if (parameters.env().image() != null) {
        throw new PreparationException(
            "A job with a Spark connector runs in the service's own image: remove 'docker' from its"
                + " environment, or the connector.");
      }
      var spark = resources.spark().getOrDefault(connector, SparkConnection.LOCAL);
      texts.add(new GeneratedFile(sparkFile(layout), json(spark)));
    }
    return texts;
  }

  private static String json(SparkConnection spark) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("master_node_host", Json.quote(spark.masterNodeHost()));
    fields.put("connection_mode", Json.quote(spark.mode().name()));
    var params = new LinkedHashMap<String, String>();
    spark.sessionParams().forEach((name, value) -> params.put(name, Json.quote(value)));
    fields.put("session_params", Json.object(params));
    return Json.object(fields) + "\n";
  }
}
