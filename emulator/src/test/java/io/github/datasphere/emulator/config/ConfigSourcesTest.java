package io.github.datasphere.emulator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSourcesTest {
  @TempDir
  Path folder;

  @Test
  void flagsWinOverVariablesAndThoseOverTheFile() {
    var written = Written.in(folder)
        .yaml("{grpc-port: 1, http-port: 1, tls-port: 1, log-level: debug}")
        .environment(Map.of(
            "DATASPHERE_EMULATOR_GRPC_PORT", "2",
            "DATASPHERE_EMULATOR_HTTP_PORT", "2"))
        .flags(Map.of("grpc-port", "3"));
    var network = written.read().network();
    assertThat(network.grpcPort()).isEqualTo(3);
    assertThat(network.httpPort()).isEqualTo(2);
    assertThat(network.tlsPort()).isEqualTo(1);
    assertThat(network.proxyPort()).isEqualTo(9097);
    assertThat(written.read().logLevel()).isEqualTo(LogLevel.DEBUG);
  }

  @Test
  void aVariableStandsForTheWholeFile() {
    var written = Written.in(folder)
        .yaml("grpc-port: 1")
        .environment(
            Map.of("DATASPHERE_EMULATOR_CONFIG_YAML", "http-port: 2\nsecrets: {KEY: value}\n"));
    assertThat(written.read().network().httpPort()).isEqualTo(2);
    assertThat(written.read().network().grpcPort()).isEqualTo(9098);
  }

  @Test
  void whatIsWrongInThatVariableIsToldWithItsLine() {
    var written = Written.in(folder)
        .environment(Map.of("DATASPHERE_EMULATOR_CONFIG_YAML", "http-port: 2\ngrpc-port: x\n"));
    assertThat(written.problems())
        .containsExactly("DATASPHERE_EMULATOR_CONFIG_YAML:2: grpc-port: expected a whole number,"
            + " found \"x\"");
  }

  @Test
  void aFileThatIsNamedBesideThatVariableIsReported() throws IOException {
    Files.writeString(folder.resolve("own.yaml"), "grpc-port: 1");
    var written = Written.in(folder)
        .flags(Map.of("config", "own.yaml"))
        .environment(Map.of("DATASPHERE_EMULATOR_CONFIG_YAML", "http-port: 2"));
    assertThat(written.problems())
        .containsExactly("--config and DATASPHERE_EMULATOR_CONFIG_YAML both give the"
            + " configuration: leave one of them out");
  }

  @Test
  void everyOptionHasAVariable() {
    var wrong =
        ConfigSources.OPTIONS.stream().filter(option -> !isReadFrom(option)).toList();
    assertThat(wrong).isEmpty();
  }

  /** Only what takes any text accepts a list's brackets. */
  private boolean isReadFrom(String option) {
    var variable = "DATASPHERE_EMULATOR_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
    var written = Written.in(folder).environment(Map.of(variable, "/?"));
    return Set.of("data-dir", "default-image", "registry-mirror").contains(option)
        ? !written.read().equals(EmulatorConfig.defaults())
        : written.problems().toString().contains(variable);
  }

  @Test
  void aWrongFlagIsNamed() {
    var written = Written.in(folder).flags(Map.of("fit", "scael", "grpc-port", "x"));
    assertThat(written.problems())
        .containsExactly(
            "--grpc-port: expected a whole number, found \"x\"",
            "--fit: expected one of clamp, scale, strict, found \"scael\"; did you mean"
                + " \"scale\"?");
  }

  @Test
  void aMistypedVariableIsReported() {
    var written = Written.in(folder)
        .environment(Map.of(
            "DATASPHERE_EMULATOR_GRPC_PROT", "1",
            "DATASPHERE_EMULATOR_GRPC", "127.0.0.1:9098"));
    assertThat(written.problems())
        .containsExactly("DATASPHERE_EMULATOR_GRPC_PROT: no such option; did you mean"
            + " DATASPHERE_EMULATOR_GRPC_PORT?");
  }

  @Test
  void aNamedFileIsReadAndItsPathsStartAtItsFolder() throws IOException {
    var other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(other.resolve("mine.yaml"), "data-dir: d");
    var written =
        Written.in(folder).yaml("grpc-port: 1").flags(Map.of("config", "other/mine.yaml"));
    assertThat(written.read().storage().dataDir()).contains(other.resolve("d"));
    assertThat(written.read().network().grpcPort()).isEqualTo(9098);
  }

  @Test
  void aNamedFileThatIsMissingIsAnError() {
    assertThat(Written.in(folder).flags(Map.of("config", "no.yaml")).problems())
        .containsExactly("cannot read configuration file "
            + folder.resolve("no.yaml")
            + ": there is no such file");
  }

  @Test
  void unknownKeysNameTheirLineAndTheNearestKey() {
    var yaml = "\n# ports\ngrcp-port:\n  1\nsomething-else: 1\n";
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:3: unknown key \"grcp-port\"; did you mean \"grpc-port\"?",
            "datasphere-emulator.yaml:5: unknown key \"something-else\"");
  }

  @Test
  void aKeyThatIsThereTwiceIsAnError() {
    assertThat(Written.in(folder).yaml("fit: scale\nfit: clamp\n").problems())
        .containsExactly("datasphere-emulator.yaml:2: \"fit\" is there twice; remove one");
  }

  @Test
  void skippedKeysCountInFlagsAndVariablesOnly() {
    var written = Written.in(folder)
        .yaml("{grpc-port: 1, http-port: 1}")
        .environment(Map.of("DATASPHERE_EMULATOR_HTTP_PORT", "2"));
    var network = written.readSkipping(Set.of("grpc-port", "http-port")).network();
    assertThat(network.grpcPort()).isEqualTo(9098);
    assertThat(network.httpPort()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing yet\n", "projects:\nsecrets:\n", "---\n"})
  void anEmptyFileChangesNothing(String yaml) {
    assertThat(Written.in(folder).yaml(yaml).read()).isEqualTo(EmulatorConfig.defaults());
  }

  @ParameterizedTest
  @ValueSource(strings = {"- a\n", "text\n"})
  void aFileWithoutKeysIsAnError(String yaml) {
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly(
            "datasphere-emulator.yaml:1: expected keys with values, such as \"runner: docker\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: [1\nb: 2\n", "fit: scale\n\tx: 1\n", "fit: *a\n", "fit: a\n---\nfit: b\n"})
  void brokenYamlNamesTheLine(String yaml) {
    assertThat(Written.in(folder).yaml(yaml).problems())
        .singleElement()
        .asString()
        .matches("datasphere-emulator.yaml:\\d: this is no YAML: .+");
  }

  @Test
  void classesAreNotLoaded() {
    var yaml = "fit: !!java.net.URL [\"http://127.0.0.1:1/\"]\n";
    assertThat(Written.in(folder).yaml(yaml).problems())
        .containsExactly("datasphere-emulator.yaml:1: this is no YAML: Global tag is not allowed:"
            + " tag:yaml.org,2002:java.net.URL");
  }

  @Test
  void aFileThatIsNoTextIsAnError() throws IOException {
    var file = folder.resolve(ConfigSources.STANDARD_FILE);
    Files.write(file, "fit: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(Written.in(folder).problems())
        .containsExactly("datasphere-emulator.yaml: this is no UTF-8 text");
  }
}
