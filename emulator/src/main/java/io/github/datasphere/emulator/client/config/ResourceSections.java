package io.github.datasphere.emulator.client.config;

import com.google.protobuf.Duration;
import io.github.datasphere.emulator.client.yaml.YamlNode;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.ExtendedWorkingStorage;
import io.github.datasphere.proto.jobs.GracefulShutdownParameters;
import io.github.datasphere.proto.jobs.SparkParameters;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sections that say what the job runs on and how it ends (service-behaviour 2.13 to 2.16). */
final class ResourceSections {
  private static final String DEFAULT_INSTANCE_TYPE = "c1.4";
  private static final long MIN_STORAGE_GIB = 100;
  private static final String PROJECT_DISK = "attach-project-disk";
  private static final Map<String, Integer> SIGNALS =
      Map.of("SIGHUP", 1, "SIGINT", 2, "SIGUSR1", 10, "SIGUSR2", 12, "SIGTERM", 15);
  private static final Pattern TIMEOUT =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private ResourceSections() {}

  static void read(JobConfigReading reading) {
    readInstanceTypes(reading);
    readWorkingStorage(reading);
    readGracefulShutdown(reading);
    readSpark(reading);
    readFlags(reading);
  }

  private static void readInstanceTypes(JobConfigReading reading) {
    String key =
        isSet(reading, "cloud-instance-types") ? "cloud-instance-types" : "cloud-instance-type";
    reading.place("cloud_instance_types", reading.root().lineOf(key), key);
    var node = reading.root().get(key);
    var names = !isSet(reading, key) || node == null
        ? List.of(DEFAULT_INSTANCE_TYPE)
        : node instanceof YamlNode.Text text ? List.of(text.value()) : JobConfigReading.texts(node);
    if (names == null) {
      reading
          .problems()
          .error(
              reading.root().lineOf(key),
              key,
              "should be the name of an instance type or a list of them");
      return;
    }
    names.forEach(name ->
        reading.job().addCloudInstanceTypes(CloudInstanceType.newBuilder().setName(name)));
  }

  /** What is empty counts as absent, as in the official client. */
  private static boolean isSet(JobConfigReading reading, String key) {
    var node = reading.root().get(key);
    return node != null && !node.isEmpty();
  }

  private static void readWorkingStorage(JobConfigReading reading) {
    YamlNode.Mapping storage =
        reading.mapping("working-storage", "working-storage: {type: SSD, size: 100GB}");
    if (storage == null) {
      return;
    }
    var key = "working-storage";
    reading.problems().warnUnknownKeys(storage, key, List.of("type", "size"));
    reading.place("extended_working_storage", storage.line(), key);
    var type = reading.text(storage, key, "type", "SSD");
    if (!type.equals("SSD")) {
      var message = "`" + type + "` is no type of working storage, the only one is SSD";
      reading.problems().error(storage.lineOf("type"), key + ".type", message);
    }
    if (storage.get("size") == null) {
      reading.problems().error(storage.line(), key, "needs a `size`, such as `100GB`");
      return;
    }
    var text = reading.text(storage, key, "size", "");
    var bytes = ClientSizes.parse(text);
    long gib = Math.floorDiv(bytes.orElse(0) + ClientSizes.GIB - 1, ClientSizes.GIB);
    if (bytes.isEmpty()) {
      reading.problems().error(storage.lineOf("size"), key + ".size", ClientSizes.explain(text));
    } else if (gib < MIN_STORAGE_GIB) {
      var message = "should be at least " + MIN_STORAGE_GIB + "GB, but is " + text;
      reading.problems().error(storage.lineOf("size"), key + ".size", message);
    }
    reading
        .job()
        .setExtendedWorkingStorage(ExtendedWorkingStorage.newBuilder()
            .setType(ExtendedWorkingStorage.StorageType.SSD)
            .setSizeGb(gib));
  }

  private static void readGracefulShutdown(JobConfigReading reading) {
    var key = "graceful-shutdown";
    var shutdown = reading.mapping(key, key + ": {signal: SIGTERM, timeout: 15s}");
    if (shutdown == null) {
      return;
    }
    reading.problems().warnUnknownKeys(shutdown, key, List.of("timeout", "signal"));
    reading.place("graceful_shutdown_parameters", shutdown.line(), key);
    var signal = reading.text(shutdown, key, "signal", "SIGTERM");
    var number = SIGNALS.get(signal);
    if (number == null) {
      var message = "`" + signal + "` should be one of "
          + SIGNALS.keySet().stream().sorted().collect(Collectors.joining(", "));
      reading.problems().error(shutdown.lineOf("signal"), key + ".signal", message);
      return;
    }
    var parameters = GracefulShutdownParameters.newBuilder().setSignal(number);
    var timeout = timeout(reading, shutdown, reading.text(shutdown, key, "timeout", ""));
    if (timeout != null) {
      parameters.setTimeout(timeout);
    }
    reading.job().setGracefulShutdownParameters(parameters);
  }

  /** Null if it is left open, which nothing and zero mean; a part of a second is dropped. */
  private static @Nullable Duration timeout(
      JobConfigReading reading, YamlNode.Mapping shutdown, String text) {
    var matcher = TIMEOUT.matcher(text);
    long[] millis = {86_400_000, 3_600_000, 60_000, 1000, 1};
    long total = 0;
    boolean valid = matcher.matches();
    try {
      for (int unit = 0; valid && unit < millis.length; unit++) {
        var count = matcher.group(unit + 1);
        total = Math.addExact(
            total, count == null ? 0 : Math.multiplyExact(Long.parseLong(count), millis[unit]));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      valid = false;
    }
    if (!valid) {
      var message = "`" + text
          + "` is no time: write days to milliseconds in that order, such as `1h30m` or `15s`";
      reading.problems().error(shutdown.lineOf("timeout"), "graceful-shutdown.timeout", message);
    }
    if (valid && total % 1000 != 0) {
      var message = "only whole seconds count, for the official client too: `" + text + "` is "
          + total / 1000 + "s" + (total < 1000 ? ", which gives the program no time at all" : "");
      reading.problems().warn(shutdown.lineOf("timeout"), "graceful-shutdown.timeout", message);
    }
    return total == 0 ? null : Duration.newBuilder().setSeconds(total / 1000).build();
  }

  private static void readSpark(JobConfigReading reading) {
    var spark = reading.mapping("spark", "spark: {connector: ID}");
    if (spark == null) {
      return;
    }
    reading.problems().warnUnknownKeys(spark, "spark", List.of("connector"));
    var connector = spark.get("connector");
    var id = connector instanceof YamlNode.Mapping mapping ? mapping.get("id") : connector;
    if (!(id instanceof YamlNode.Text text)) {
      var message = "needs the id of a connector: `connector: ID` or `connector: {id: ID}`";
      reading.problems().error(spark.lineOf("connector"), "spark", message);
      return;
    }
    reading.place("spark_parameters", spark.lineOf("connector"), "spark.connector");
    reading.job().setSparkParameters(SparkParameters.newBuilder().setConnectorId(text.value()));
  }

  private static void readFlags(JobConfigReading reading) {
    var node = reading.root().get("flags");
    int line = reading.root().lineOf("flags");
    List<String> flags = node == null ? List.of() : JobConfigReading.texts(node);
    if (flags == null) {
      reading
          .problems()
          .error(line, "flags", "should be a list of words, such as `- " + PROJECT_DISK + "`");
      return;
    }
    reading.place("attach_project_disk", line, "flags");
    reading.job().setAttachProjectDisk(flags.contains(PROJECT_DISK));
    flags.stream()
        .filter(flag -> !flag.equals(PROJECT_DISK))
        .forEach(flag -> reading
            .problems()
            .warn(
                line,
                "flags",
                "unknown flag `" + flag + "` is ignored; the only one is `" + PROJECT_DISK + "`"));
  }
}
