package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.yaml.snakeyaml.Yaml;

/**
 * The container image, and what docs/installation.md says for CI services, with the official
 * client.
 */
@Execution(ExecutionMode.SAME_THREAD) // each starts a server of its own
class ImageIT {
  private static final String JOB = """
      name: answer
      cmd: echo $((6 * 7)) > answer.txt
      outputs: [answer.txt]
      """;

  @TempDir
  static Path shared;

  private static @Nullable EmulatorImage image;

  private final String name = "datasphere-emulator-served-" + UUID.randomUUID();

  @TempDir
  Path folder;

  @BeforeAll
  static void buildTheImage() throws Exception {
    image = EmulatorImage.build(shared);
  }

  @AfterAll
  static void removeTheImage() throws Exception {
    if (image != null) {
      image.close();
    }
  }

  @AfterEach
  void removeTheContainer() throws Exception {
    if (image != null) {
      // Not each test has all of them
      programs().tryTo("docker", "rm", "--force", name + "-client");
      programs().tryTo("docker", "rm", "--force", "--volumes", name);
      programs().tryTo("docker", "network", "rm", name);
    }
  }

  @Test
  void servesWithoutAnArgumentAsAnotherUserOnAReadOnlyRootAndEndsInOrder() throws Exception {
    serve(
        Map.of(
            "DATASPHERE_EMULATOR_RUNNER",
            "scripted",
            "DATASPHERE_EMULATOR_CONFIG_YAML",
            "projects: {bt1given: {name: given}}"),
        "--read-only");
    assertThat(run("docker", "exec", name, "id", "-u")).contains("10001");
    assertThat(run("docker", "exec", name, "datasphere-emulator", "env"))
        .contains("grpc_proxy=http://localhost:9097");
    run("docker", "cp", name + ":/data/ca/ca.pem", folder);
    assertThat(folder.resolve("ca.pem")).content().contains("BEGIN CERTIFICATE");

    run("docker", "kill", "--signal", "TERM", name);
    assertThat(run("docker", "wait", name).strip()).isEqualTo("0");
  }

  @Test
  void saysOneVersionAndWhatIsInIt() throws Exception {
    var tag = image.tag();
    var program = run("docker", "run", "--rm", "--name", name, tag, "--version").split(" ")[1];
    var label = "{{index .Config.Labels \"org.opencontainers.image.version\"}}";
    assertThat(run("docker", "inspect", "--format", label, tag).strip()).isEqualTo(program);
    var list = run(
        "docker",
        "run",
        "--rm",
        "--name",
        name,
        "--entrypoint",
        "cat",
        tag,
        "/opt/datasphere-emulator/sbom.json");
    assertThat(list)
        .contains("\"bomFormat\" : \"CycloneDX\"")
        .contains("pkg:maven/io.github.datasphere/datasphere-emulator@" + program)
        .contains("pkg:maven/io.grpc/grpc-netty-shaded@");
  }

  @Test
  void theBlockForGitLabRunsTheClientsJobFromAnotherContainer() throws Exception {
    var client = OfficialCli.bin(OfficialCli.NEWEST).getParent();
    assumeTrue(
        Files.isDirectory(client.resolve("lib/python3.11")),
        "the official client here is for another Python than the image's");
    var job = map(read("gitlab.yml").get("train"));
    var service = map(list(job.get("services")).get(0));
    // A real job, whose result shows that it ran
    var wished = strings(service.get("variables"));
    wished.put("DATASPHERE_EMULATOR_RUNNER", "process");
    // Containers of this machine may reach no index, which the client asks for its newest version
    wished.put("DATASPHERE_EMULATOR_OFFLINE", "true");
    var alias = service.get("alias").toString();
    String[] network;
    if (haveNetworks()) {
      run("docker", "network", "create", name);
      serve(wished, "--network", name, "--network-alias", alias);
      network = new String[] {"--network", name};
    } else {
      serve(wished, "--add-host", alias + ":127.0.0.1");
      network = new String[] {"--network", "container:" + name};
    }

    Files.writeString(folder.resolve("config.yaml"), JOB);
    Files.writeString(
        folder.resolve("job.sh"),
        "set -eu\ncd /work\npython() { python3 \"$@\"; }\npip() { :; }\n"
            + "datasphere() { python3 /client/bin/datasphere \"$@\"; }\n"
            + String.join(
                "\n", list(job.get("script")).stream().map(Object::toString).toList())
            + "\n");
    var variables = strings(job.get("variables"));
    variables.replaceAll((key, value) -> value.replace("$CI_PROJECT_DIR", "/work"));
    variables.put("HOME", "/work");
    variables.put("https_proxy", variables.get("grpc_proxy"));
    variables.put("REQUESTS_CA_BUNDLE", "/work/ca.pem");
    variables.put("PYTHONPATH", "/client/lib/python3.11/site-packages");
    var command = new ArrayList<>(List.of("docker", "run", "--rm", "--name", name + "-client"));
    command.addAll(Arrays.asList(network));
    variables.forEach((key, value) -> command.addAll(List.of("--env", key + "=" + value)));
    command.addAll(List.of("-v", client + ":/client:ro", "-v", folder + ":/work"));
    command.addAll(List.of(image.jobs, "bash", "/work/job.sh"));

    assertThat(run(command.toArray())).contains("job completed successfully");
    assertThat(folder.resolve("answer.txt")).hasContent("42");
  }

  @Test
  void theBlockForGitHubRunsTheClientsJobFromTheHost() throws Exception {
    var client = OfficialCli.bin(OfficialCli.NEWEST);
    var text = Checkout.recipe("docs/installation.md", "github.yml");
    var parsed = map(new Yaml().<Object>load(text));
    var wished = strings(map(map(parsed.get("services")).get("datasphere")).get("env"));
    wished.put("DATASPHERE_EMULATOR_RUNNER", "process");
    var ports = serveOnPortsOfTheHost(wished);

    Files.writeString(folder.resolve("config.yaml"), JOB);
    var script = new StringBuilder("set -eu\nexport GITHUB_ENV=$PWD/env RUNNER_TEMP=$PWD\n");
    script.append("PATH='").append(client).append("':$PATH\n: >env\n");
    for (var step : list(parsed.get("steps"))) {
      // As the service does it between two steps
      script.append("set -a; . ./env; set +a\n").append(map(step).get("run")).append("\n");
    }
    var home = "HOME=" + folder;
    var steps = new Ports(ports).in(script.toString());
    var ended = run("env", "-C", folder, home, "bash", "-c", steps);

    assertThat(ended).contains("job completed successfully");
    assertThat(folder.resolve("answer.txt")).hasContent("42");
  }

  @Test
  void jobsRunInTheEngineWhoseSocketIsMounted() throws Exception {
    var host = System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    assumeTrue(host.startsWith("unix://"), "the engine of the tests has no socket to mount");
    var socket = host.substring("unix://".length());
    // The image's user reads it as another than its owner
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    var asks =
        "name: answer\ncmd: echo answer $((6 * 7)) of $(hostname)\nenv:\n  docker: {image: '%s'}\n";
    Files.writeString(folder.resolve("config.yaml"), asks.formatted(image.jobs));
    var gid = Files.getAttribute(Path.of(socket), "unix:gid");
    var command = new ArrayList<Object>(List.of("docker", "run", "--rm", "--name", name));
    command.addAll(List.of("-v", socket + ":/var/run/docker.sock", "--group-add", gid));
    command.addAll(
        List.of("--env", "DATASPHERE_EMULATOR_RUNNER=docker", "-v", folder + ":/work:ro"));
    command.addAll(List.of(image.tag(), "run", "/work/config.yaml"));

    assertThat(run(command.toArray()))
        .contains("answer 42 of ")
        .contains("job completed successfully");
  }

  /** Serves until it is healthy. */
  private void serve(Map<String, String> variables, String... options) throws Exception {
    assertThat(tryToServe(variables, options))
        .as(() -> OtherPrograms.text(folder.resolve("served.txt")))
        .isZero();
    awaitHealth();
  }

  private int tryToServe(Map<String, String> variables, String... options) throws Exception {
    var command = new ArrayList<>(List.of("docker", "run", "--detach", "--name", name));
    command.addAll(Arrays.asList(options));
    variables.forEach((key, value) -> command.addAll(List.of("--env", key + "=" + value)));
    command.add(image.tag());
    return OtherPrograms.exitCode(folder.resolve("served.txt"), command.toArray());
  }

  private void awaitHealth() {
    await()
        .atMost(OtherPrograms.PATIENCE)
        .untilAsserted(
            () -> assertThat(run("docker", "inspect", "--format={{.State.Health.Status}}", name))
                .as(() -> logs())
                .contains("healthy")
                .doesNotContain("unhealthy"));
  }

  /**
   * Four ports in a row that no one has taken, as the block has 9097 to 9099; the fourth is for
   * TLS.
   */
  private int serveOnPortsOfTheHost(Map<String, String> wished) throws Exception {
    for (int first = 21_000; first < 31_000; first += 100 + (int) (Math.random() * 400)) {
      var variables = new Ports(first).variables(wished);
      var options = haveNetworks()
          ? new String[] {"-p", "127.0.0.1:%1$d-%2$d:%1$d-%2$d".formatted(first, first + 3)}
          : new String[] {"--network", "host"};
      if (tryToServe(variables, options) == 0) {
        awaitHealth();
        return first;
      }
      programs().tryTo("docker", "rm", "--force", "--volumes", name);
    }
    throw new AssertionError(OtherPrograms.text(folder.resolve("served.txt")));
  }

  /** Stand for the ports of the block, which may be taken here. */
  private record Ports(int first) {
    Map<String, String> variables(Map<String, String> wished) {
      wished.put("DATASPHERE_EMULATOR_PROXY_PORT", Integer.toString(first));
      wished.put("DATASPHERE_EMULATOR_GRPC_PORT", Integer.toString(first + 1));
      wished.put("DATASPHERE_EMULATOR_HTTP_PORT", Integer.toString(first + 2));
      wished.put("DATASPHERE_EMULATOR_TLS_PORT", Integer.toString(first + 3));
      return wished;
    }

    String in(String text) {
      return text.replace(":9097", ":" + first)
          .replace(":9098", ":" + (first + 1))
          .replace(":9099", ":" + (first + 2));
    }
  }

  private static Map<String, Object> read(String recipe) throws IOException {
    return map(new Yaml().<Object>load(Checkout.recipe("docs/installation.md", recipe)));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  private static Map<String, String> strings(Object value) {
    var strings = new HashMap<String, String>();
    map(value).forEach((key, text) -> strings.put(key, text.toString()));
    return strings;
  }

  private String logs() {
    try {
      return run("docker", "logs", name);
    } catch (IOException | InterruptedException e) {
      return e.toString();
    }
  }

  private String run(Object... command) throws IOException, InterruptedException {
    return programs().run(command);
  }

  private OtherPrograms programs() {
    return new OtherPrograms(folder);
  }

  /** Whether containers have networks of their own: not in every sandbox. */
  private boolean haveNetworks() throws IOException, InterruptedException {
    return run("docker", "network", "ls", "--format", "{{.Name}}")
        .lines()
        .anyMatch("bridge"::equals);
  }
}
