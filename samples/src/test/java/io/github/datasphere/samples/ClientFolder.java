package io.github.datasphere.samples;

import io.github.datasphere.emulator.Addresses;
import io.github.datasphere.emulator.record.Recorder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A program of {@code samples/clients} with what it needs: what {@code .ci/run} brought, else what
 * the machine or the program's own folder has.
 */
final class ClientFolder {
  private static final Path CLIENTS = Path.of("clients");
  private static final Optional<Path> BROUGHT =
      Optional.ofNullable(System.getenv("DATASPHERE_EMULATOR_SDKS")).map(Path::of);

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();

  private ClientFolder(Path folder) {
    this.folder = folder;
    BROUGHT.ifPresent(sdks -> variables.put(
        "PATH", "%s/bin:%s/yandexcloud/bin:%s".formatted(sdks, sdks, System.getenv("PATH"))));
  }

  /** The program where it lies. */
  static ClientFolder inPlace(String client) {
    return new ClientFolder(CLIENTS.resolve(client));
  }

  /** A copy of it, beside the text that all of them use. */
  static ClientFolder copy(String client, Path temporary) throws IOException {
    Files.copy(CLIENTS.resolve("text.txt"), temporary.resolve("text.txt"));
    var folder = SampleRun.copy(CLIENTS.resolve(client), temporary.resolve(client));
    if (BROUGHT.isPresent() && Files.isDirectory(BROUGHT.get().resolve(client))) {
      link(BROUGHT.get().resolve(client), folder);
    }
    return new ClientFolder(folder);
  }

  /** A copy of a sample job, for the official client; the test is skipped if that is not here. */
  static ClientFolder ofTheOfficialClient(Path temporary) throws IOException, InterruptedException {
    var folder = SampleRun.copy(Path.of("word-count"), temporary.resolve("word-count"));
    var client = new ClientFolder(folder);
    // It leaves its own logs where temporary files are
    client.with("TMPDIR", temporary.toString());
    return client.requiring("python", "test -x " + client.official());
  }

  /** The program of the official client. */
  String official() {
    return System.getenv("DATASPHERE_EMULATOR_CLIENTS") + "/0.10.0/bin/datasphere";
  }

  /**
   * Changes the program: each of these lines takes the place of the one that begins like it, up to
   * the parenthesis; one that is new goes before the next. Imports go to the top.
   */
  void change(String program, List<String> changes) throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(file(program)));
    var added = new ArrayList<String>();
    for (var change : changes) {
      if (change.startsWith("import ")) {
        lines.add(lines.indexOf("package main") + 1, change);
        continue;
      }
      added.add(change);
      var place = indexOfLike(change, lines);
      if (place >= 0) {
        var indent = lines.get(place).replaceFirst("\\S.*", "");
        lines.remove(place);
        lines.addAll(place, added.stream().map(indent::concat).toList());
        added.clear();
      }
    }
    if (!added.isEmpty()) {
      throw new AssertionError(program + " has no line that begins like " + added);
    }
    Files.write(file(program), lines);
  }

  /** Changes one text of the program, which has to be there. */
  void replace(String program, String old, String replacement) throws IOException {
    var text = Files.readString(file(program));
    if (!text.contains(old)) {
      throw new AssertionError(program + " does not contain " + old);
    }
    Files.writeString(file(program), text.replace(old, replacement));
  }

  private static int indexOfLike(String change, List<String> lines) {
    var beginning = change.substring(0, change.indexOf('(') + 1);
    return lines.indexOf(lines.stream()
        .filter(line -> line.strip().startsWith(beginning))
        .findFirst()
        .orElse(null));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Skips the test if this script fails, unless the run asks for this part. */
  ClientFolder requiring(String part, String script) throws IOException, InterruptedException {
    var result = run(script);
    var asked = System.getenv().getOrDefault("DATASPHERE_EMULATOR_REQUIRE", "").split(",");
    if (result.code() != 0 && Arrays.asList(asked).contains(part)) {
      throw new AssertionError("'" + script + "' failed: " + result);
    }
    Assumptions.assumeTrue(
        result.code() == 0,
        () -> "'%s' failed: CI_PARTS=%s .ci/run brings what is missing".formatted(script, part));
    return this;
  }

  /** From now on with the variables that {@code datasphere-emulator env} prints. */
  void leadTo(Addresses emulator) {
    leadTo(emulator.grpc(), emulator.tls(), emulator.proxy(), emulator.certificate());
    with("YC_METADATA_ADDR", emulator.http().getAuthority());
    with("DATASPHERE_EMULATOR_HTTP", emulator.http().toString());
  }

  /** From now on with the variables that {@code datasphere-emulator record} sets. */
  void leadTo(Recorder recorder) {
    leadTo(recorder.grpc(), recorder.tls(), recorder.proxy(), recorder.certificate());
  }

  private void leadTo(String grpc, String tls, URI proxy, Path certificate) {
    // The official client asks an index for its newest version
    with("HTTPS_PROXY", proxy.toString());
    with("REQUESTS_CA_BUNDLE", certificate.toString());
    with("grpc_proxy", proxy.toString());
    with("no_grpc_proxy", "none.invalid");
    with("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", certificate.toString());
    with("YC_IAM_TOKEN", "local");
    with("NO_PROXY", "localhost,127.0.0.1,::1");
    with("no_proxy", "localhost,127.0.0.1,::1");
    with("DATASPHERE_EMULATOR_GRPC", grpc);
    with("DATASPHERE_EMULATOR_TLS", tls);
    with("DATASPHERE_EMULATOR_CA", certificate.toString());
  }

  /** From now on with this variable. */
  void with(String variable, String value) {
    variables.put(variable, value);
  }

  Result run(String script) throws IOException, InterruptedException {
    var out = Files.createTempFile("client", ".out");
    var err = Files.createTempFile("client", ".err");
    try {
      var builder = new ProcessBuilder("bash", "-euc", script)
          .directory(folder.toFile())
          .redirectOutput(out.toFile())
          .redirectError(err.toFile());
      builder.environment().put("DATASPHERE_EMULATOR_RUNNER", "process");
      builder.environment().putAll(variables);
      var process = builder.start();
      var ended = process.waitFor(4, TimeUnit.MINUTES);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return new Result(
          ended ? process.exitValue() : -1, Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** What a script printed, and its exit code; -1 if it did not end. */
  record Result(int code, String out, String err) {}

  /** Installed packages and built programs; what the folder has already stays. */
  private static void link(Path brought, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(brought)) {
      for (var file : files.toList()) {
        var link = folder.resolve(file.getFileName().toString());
        if (Files.notExists(link)) {
          Files.createSymbolicLink(link, file);
        }
      }
    }
  }
}
