package io.github.datasphere.emulator.runner.docker.container;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Picks the variables of the emulator's environment that a container needs to find its way to the
 * network. It passes nothing else, since in the cloud nothing else would be there, and no variable
 * that names a file, since the container does not have the file.
 */
public final class NetworkVariables {
  private static final Pattern JOB = Pattern.compile("(?i:https?_proxy|no_proxy|all_proxy)");
  private static final Pattern PIP = Pattern.compile(
      "PIP_(INDEX_URL|EXTRA_INDEX_URL|TRUSTED_HOST|NO_INDEX|DEFAULT_TIMEOUT|TIMEOUT|RETRIES|PROXY)");

  private static final String LINKS = "PIP_FIND_LINKS";
  private static final Pattern URLS = Pattern.compile("(https?://\\S+\\s*)+");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(\\w+://)?([^/@\\s]*@)?(localhost|127\\.[\\d.]+|\\[::1])(:\\d+)?(/.*)?");

  /** File in the container with the certificates that this machine trusts, if pip needs them. */
  public static final String CERTIFICATES = ContainerPaths.STATE + "/certificates.pem";

  private static final List<String> CERTIFICATE_VARIABLES =
      List.of("PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE");

  private NetworkVariables() {}

  /** Returns the file of this machine with certificates that it trusts beyond the usual ones. */
  public static Optional<Path> certificates(Map<String, String> emulator) {
    return CERTIFICATE_VARIABLES.stream()
        .map(name -> emulator.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .map(Path::of)
        .filter(Files::isReadable)
        .findFirst();
  }

  public static Map<String, String> ofJob(Map<String, String> emulator) {
    return matching(emulator, JOB);
  }

  public static Map<String, String> ofPip(Map<String, String> emulator) {
    var all = matching(emulator, PIP);
    var links = emulator.getOrDefault(LINKS, "");
    if (URLS.matcher(links).matches()) {
      all.put(LINKS, links);
    }
    all.putAll(matching(emulator, JOB));
    certificates(emulator).ifPresent(file -> all.put("PIP_CERT", CERTIFICATES));
    return all;
  }

  /**
   * Names the variables that lead to loopback: in a container that would be the container itself.
   */
  public static List<String> leadingNowhere(Map<String, String> variables) {
    return variables.entrySet().stream()
        .filter(variable -> !variable.getKey().equalsIgnoreCase("no_proxy"))
        .filter(variable -> Pattern.compile("\\s+")
            .splitAsStream(variable.getValue())
            .anyMatch(LOOPBACK.asMatchPredicate()))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Map<String, String> matching(Map<String, String> emulator, Pattern names) {
    var passed = new LinkedHashMap<String, String>();
    emulator.forEach((name, value) -> {
      if (names.matcher(name).matches()) {
        passed.put(name, value);
      }
    });
    return passed;
  }
}
