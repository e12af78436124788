package io.github.datasphere.emulator.cli.env;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The variables that lead clients to the emulator (docs/clients.md, section 1). */
public final class ClientVariables {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

  private ClientVariables() {}

  /**
   * Returns the variables in the order in which they are printed.
   *
   * @param environment variables of the user; their proxy exclusions are kept unless the emulator
   *     is offline
   */
  public static Map<String, String> of(ClientSettings settings, Map<String, String> environment) {
    var variables = new LinkedHashMap<String, String>();
    variables.put("grpc_proxy", settings.proxy().toString());
    // This is not empty; otherwise a stray no_proxy would be used instead
    variables.put("no_grpc_proxy", "none.invalid");
    variables.put("GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", settings.ca().toString());
    variables.put("YC_IAM_TOKEN", settings.token());
    variables.put("YC_METADATA_ADDR", settings.http().getAuthority());
    var exclusions = exclusions(settings, environment);
    variables.put("NO_PROXY", exclusions);
    variables.put("no_proxy", exclusions);
    settings.offlineRoots().ifPresent(roots -> {
      variables.put("HTTPS_PROXY", settings.proxy().toString());
      variables.put("https_proxy", settings.proxy().toString());
      variables.put("REQUESTS_CA_BUNDLE", roots.toString());
    });
    variables.put("DATASPHERE_EMULATOR_GRPC", settings.grpc());
    variables.put("DATASPHERE_EMULATOR_TLS", settings.tls());
    variables.put("DATASPHERE_EMULATOR_HTTP", settings.http().toString());
    variables.put("DATASPHERE_EMULATOR_HTTP_TOKEN", settings.httpToken());
    variables.put("DATASPHERE_EMULATOR_CA", settings.ca().toString());
    return variables;
  }

  /**
   * Returns the hosts that need no proxy. File URLs must not go through the user's own proxy.
   * Offline, only they may go without the emulator's proxy: the user's own exclusions would lead
   * the version check out of the machine.
   */
  private static String exclusions(ClientSettings settings, Map<String, String> environment) {
    var hosts = new LinkedHashSet<String>();
    if (settings.offlineRoots().isEmpty()) {
      hosts.addAll(excludedBy(environment));
    }
    if (hosts.contains("*")) {
      return "*";
    }
    hosts.addAll(LOOPBACK);
    hosts.add(settings.http().getHost());
    return String.join(",", hosts);
  }

  private static List<String> excludedBy(Map<String, String> environment) {
    return Stream.of("no_proxy", "NO_PROXY")
        .flatMap(name -> Stream.of(environment.getOrDefault(name, "").split(",")))
        .map(String::strip)
        .filter(host -> !host.isEmpty())
        .toList();
  }
}
