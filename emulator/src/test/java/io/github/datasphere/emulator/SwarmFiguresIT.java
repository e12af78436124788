package io.github.datasphere.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceRestartCondition;
import com.github.dockerjava.api.model.ServiceRestartPolicy;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.TaskSpec;
import com.github.dockerjava.api.model.TaskState;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.emulator.config.ConfigSources;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.docker.DockerEngine;
import io.github.datasphere.emulator.docker.connection.DockerHost;
import io.github.datasphere.emulator.runner.docker.RealEngine;
import io.github.datasphere.emulator.runner.docker.RealSwarm;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures a swarm, in pairs, by hand: {@code -Dswarm.figures=15} says how many. It asserts
 * nothing, since the figures are those of a machine.
 */
class SwarmFiguresIT {
  private static final int PAIRS = Integer.getInteger("swarm.figures", 0);
  private static final int MEBIBYTES = Integer.getInteger("swarm.mebibytes", 2048);
  private static final String LINES =
      "python3 -u -c 'import time\nfor i in range(400): print(time.time_ns()); time.sleep(0.05)'";

  @TempDir
  Path folder;

  private Emulator emulator;
  private TestClient client;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(PAIRS > 0, "-Dswarm.figures says not how many pairs are to be measured");
    // One node: the disk of the last is small, and all pairs are to meet the same
    var engines = RealSwarm.configuration().replaceFirst(", node2.*", "}\n");
    Files.writeString(
        folder.resolve("datasphere-emulator.yaml"),
        "offline: true\ndefault-image: \"" + RealEngine.image() + "\"\n" + engines
            + "instance-types: {own: {tiny: {cpus: 1, memory: 1g}}}\n");
    var config = new ConfigSources(Map.of(), Map.of(), folder, folder)
        .load(EmulatorConfig.onFreePorts(), Set.of());
    emulator = Emulator.start(config);
    client = new TestClient(emulator.channel());
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.close();
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  @Test
  void trueBesideABareServiceOfOneReplica() throws Exception {
    var ours = new ArrayList<Double>();
    var bare = new ArrayList<Double>();
    for (int i = -1; i < PAIRS; i++) {
      var job = created("true");
      var began = System.nanoTime();
      var ignored = client.executeCreated(job);
      client.readLogs(job);
      var ended = System.nanoTime();
      var service = bareService();
      if (i >= 0) {
        ours.add((ended - began) / 1e6);
        bare.add(service);
      }
    }
    tell("a job of true, Execute to the end of its logs", ours);
    tell("a bare service of true, create to complete", bare);
  }

  @Test
  void wayOfALineToTheClient() throws Exception {
    var job = created(LINES);
    var ignored = client.executeCreated(job);
    var late = new ArrayList<Double>();
    client
        .jobs
        .readLogs(ReadProjectJobLogsRequest.newBuilder().setJobId(job).build())
        .forEachRemaining(page -> page.getLogsList().forEach(log -> {
          var now = System.currentTimeMillis();
          for (var line : log.getContent().toStringUtf8().split("\n")) {
            if (log.hasStandardStream() && line.matches("\\d{19}")) {
              late.add(now - Long.parseLong(line) / 1e6);
            }
          }
        }));
    tell("a line's way from print to the client", late);
  }

  @Test
  void largeInputBesideCurlOfTheSameFile() throws Exception {
    var file = folder.resolve("large");
    var piece = new byte[1 << 20];
    new java.util.Random(3).nextBytes(piece);
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < MEBIBYTES; i++) {
        out.write(piece);
      }
    }
    var curl = new ArrayList<Double>();
    var first = new ArrayList<Double>();
    var second = new ArrayList<Double>();
    var none = new ArrayList<Double>();
    for (int i = 0; i < Math.min(PAIRS, 4); i++) {
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {(byte) i}));
      }
      none.add(untilItRuns(JobParameters.newBuilder(), file));
      curl.add(curl(file));
      first.add(untilItRuns(withInput(file), file));
      second.add(untilItRuns(withInput(file), file));
    }
    tell("curl of " + MEBIBYTES + " MiB to the node's disk", curl);
    tell("a job with it, Execute to its first line", first);
    tell("the next with the same", second);
    tell("a job without", none);
  }

  /** A job that leaves room on the node, so that it does not wait for what the one before had. */
  private String created(String cmd) throws IOException {
    var request = CreateProjectJobRequest.newBuilder()
        .setProjectId("bt1project")
        .setJobParameters(JobParameters.newBuilder()
            .setCmd(cmd)
            .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("tiny")))
        .build();
    return client
        .jobs
        .create(request)
        .getResponse()
        .unpack(CreateProjectJobResponse.class)
        .getJobId();
  }

  private double untilItRuns(JobParameters.Builder parameters, Path file) throws Exception {
    var created = client
        .jobs
        .create(TestClient.creation(parameters.setCmd("echo runs; sleep 1"), "large"))
        .getResponse()
        .unpack(CreateProjectJobResponse.class);
    for (var upload : created.getUploadFilesList()) {
      var answer = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(upload.getUrl()))
                  .PUT(HttpRequest.BodyPublishers.ofFile(file))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
    }
    var began = System.nanoTime();
    var ignored = client.executeCreated(created.getJobId());
    var ran = new double[1];
    client
        .jobs
        .readLogs(
            ReadProjectJobLogsRequest.newBuilder().setJobId(created.getJobId()).build())
        .forEachRemaining(page -> page.getLogsList().forEach(log -> {
          if (log.hasStandardStream() && ran[0] == 0) {
            ran[0] = (System.nanoTime() - began) / 1e6;
          }
        }));
    return ran[0];
  }

  private static JobParameters.Builder withInput(Path file) throws IOException {
    var sum = new ProcessBuilder("sha256sum", file.toString()).start();
    var digest = new String(sum.getInputStream().readAllBytes(), UTF_8).substring(0, 64);
    return JobParameters.newBuilder()
        .addInputFiles(File.newBuilder()
            .setDesc(FileDesc.newBuilder().setPath("large"))
            .setSha256(digest)
            .setSizeBytes(Files.size(file))
            .setCompressionType(FileCompressionType.NONE));
  }

  /** To a file on the disk of the node, from a server that only sends it. */
  private double curl(Path file) throws Exception {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, Files.size(file));
      try (var body = exchange.getResponseBody()) {
        Files.copy(file, body);
      }
    });
    server.start();
    var target = RealSwarm.dataOf(1).resolve("curl");
    try {
      var began = System.nanoTime();
      var curl = new ProcessBuilder(
              "curl",
              "-sS",
              "-o",
              target.toString(),
              "http://127.0.0.1:" + server.getAddress().getPort() + "/")
          .inheritIO()
          .start();
      if (curl.waitFor() != 0) {
        throw new IOException("curl failed");
      }
      return (System.nanoTime() - began) / 1e6;
    } finally {
      server.stop(0);
      threads.shutdownNow();
      Files.deleteIfExists(target);
    }
  }

  private static double bareService() throws Exception {
    var address = "unix://" + RealSwarm.dataOf(1).resolveSibling("docker.sock");
    try (var engine = DockerEngine.connect(
        DockerHost.configured("node1", address, Optional.empty()),
        Map.of(),
        Duration.ofSeconds(30))) {
      var docker = engine.client();
      var task = new TaskSpec()
          .withContainerSpec(
              new ContainerSpec().withImage(RealEngine.image()).withCommand(List.of("true")))
          .withRestartPolicy(
              new ServiceRestartPolicy().withCondition(ServiceRestartCondition.NONE));
      var began = System.nanoTime();
      var id = docker
          .createServiceCmd(new ServiceSpec()
              .withName("bare-" + began)
              .withMode(new ServiceModeConfig()
                  .withReplicated(new ServiceReplicatedModeOptions().withReplicas(1)))
              .withTaskTemplate(task))
          .exec()
          .getId();
      while (docker.listTasksCmd().withServiceFilter(id).exec().stream()
          .noneMatch(each -> each.getStatus().getState() == TaskState.COMPLETE)) {
        Thread.onSpinWait();
      }
      var ended = System.nanoTime();
      docker.removeServiceCmd(id).exec();
      return (ended - began) / 1e6;
    }
  }

  private static void tell(String what, List<Double> millis) {
    var sorted = millis.stream().sorted().toList();
    System.err.printf(
        Locale.ROOT,
        "%-55s n=%d median %.0f ms, p99 %.0f, least %.0f, most %.0f; load %.1f%n",
        what,
        sorted.size(),
        sorted.get(sorted.size() / 2),
        sorted.get(Math.min(sorted.size() - 1, sorted.size() * 99 / 100)),
        sorted.get(0),
        sorted.get(sorted.size() - 1),
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
