package io.github.datasphere.emulator.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Checks whether clients that are started from here reach the emulator (docs/clients.md, 1 and 8).
 */
final class ClientCheck implements Check {
  private static final String OFFICIAL_HOST = "datasphere.api.cloud.yandex.net";
  private static final String ROOTS = "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH";

  /** The order in which the official client looks for one (service-behaviour 1.8). */
  private static final List<String> TOKENS =
      List.of("YC_IAM_TOKEN", "YC_TOKEN", "YC_OAUTH_TOKEN", "YC_METADATA_ADDR");

  private final Map<String, String> environment;
  private final Map<String, String> expected;
  private final String program;

  /**
   * A check of these variables.
   *
   * @param expected the client variables of the running server; empty if none runs
   * @param program how the user calls the emulator
   */
  ClientCheck(Map<String, String> environment, Map<String, String> expected, String program) {
    this.environment = environment;
    this.expected = expected;
    this.program = program;
  }

  @Override
  public String subject() {
    return "Clients";
  }

  @Override
  public List<Finding> run() {
    var findings = new ArrayList<Finding>();
    if (expected.isEmpty()) {
      findings.add(Finding.ok("no server runs, so there are no client variables to look at"));
    } else if (given("grpc_proxy").isEmpty()) {
      findings.add(Finding.note(
          "this shell lacks the client variables: clients go to the real service",
          set() + ", or use '" + program + " exec -- COMMAND'"));
    } else {
      checkVariables(findings);
    }
    checkServerEnvironment(findings);
    if (findings.isEmpty()) {
      findings.add(Finding.ok("the client variables of this shell lead to the running server"));
    }
    return findings;
  }

  private void checkVariables(List<Finding> findings) {
    var proxy = expected.getOrDefault("grpc_proxy", "");
    if (!given("grpc_proxy").equals(proxy)) {
      findings.add(Finding.problem(
          "grpc_proxy=" + given("grpc_proxy") + " leads past the server at " + proxy, set()));
    }
    if (!given(ROOTS).equals(expected.get(ROOTS))) {
      findings.add(Finding.problem(
          ROOTS + (given(ROOTS).isEmpty() ? " is not set" : "=" + given(ROOTS) + " is another")
              + ": clients do not trust the server",
          set()));
    }
    bypass()
        .ifPresent(variable -> findings.add(Finding.problem(
            variable + "=" + given(variable) + " makes clients bypass the proxy for "
                + OFFICIAL_HOST,
            "set no_grpc_proxy=none.invalid")));
    if (hasProxyForFiles() && !excludesLoopback()) {
      findings.add(Finding.problem(
          "uploads and downloads go to your HTTP proxy instead of the emulator",
          "add 127.0.0.1 and localhost to NO_PROXY and no_proxy"));
    }
    if (TOKENS.stream().allMatch(variable -> given(variable).isEmpty())) {
      findings.add(Finding.problem("clients find no token: they end, or run 'yc'", set()));
    }
    findings.addAll(new OfflineVariables(environment, expected, set()).findings());
  }

  private void checkServerEnvironment(List<Finding> findings) {
    var name = given("SERVER_ENV").toUpperCase(Locale.ROOT);
    if (!name.isEmpty() && !name.equals("PROD") && !name.equals("PREPROD")) {
      findings.add(Finding.problem(
          "SERVER_ENV=" + name + ": with it the official client does not work at all",
          "unset SERVER_ENV"));
    }
    if (name.equals("PREPROD") && !expected.isEmpty() && !given("ROOT_CA").equals(ca())) {
      findings.add(Finding.problem(
          "with SERVER_ENV=PREPROD the official client trusts ROOT_CA alone, which is "
              + (given("ROOT_CA").isEmpty() ? "not set" : given("ROOT_CA")),
          "set ROOT_CA=" + ca() + ", or unset SERVER_ENV"));
    }
  }

  private String ca() {
    return expected.getOrDefault(ROOTS, "");
  }

  /** The variable that excludes the service's names from proxying, by suffix as clients match. */
  private Optional<String> bypass() {
    var variable = given("no_grpc_proxy").isEmpty() ? "no_proxy" : "no_grpc_proxy";
    for (var suffix : given(variable).split(",")) {
      var name = suffix.strip().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && (OFFICIAL_HOST.endsWith(name) || name.equals("*"))) {
        return Optional.of(variable);
      }
    }
    return Optional.empty();
  }

  private boolean hasProxyForFiles() {
    return !given("http_proxy").isEmpty() || !given("HTTP_PROXY").isEmpty();
  }

  private boolean excludesLoopback() {
    var exclusions = given("no_proxy").isEmpty() ? given("NO_PROXY") : given("no_proxy");
    return exclusions.contains("127.0.0.1") || exclusions.strip().equals("*");
  }

  private String given(String variable) {
    return environment.getOrDefault(variable, "");
  }

  private String set() {
    return "run: eval \"$(" + program + " env)\"";
  }
}
