package io.github.datasphere.emulator.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.api.model.AuthConfig;
import io.github.datasphere.emulator.docker.connection.DockerEngineException;
import io.github.datasphere.emulator.docker.connection.DockerHome;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the logins that {@code docker login} has stored: in its file, in the variable
 * {@code DOCKER_AUTH_CONFIG}, or with a program that the file names for one registry or for all.
 * They are looked up at each pull, since users log in while a server runs.
 */
final class Logins {
  /** The name of Docker Hub in these files. */
  private static final String HUB = "https://index.docker.io/v1/";

  private static final Set<String> NAMES_OF_HUB = Set.of("docker.io", "index.docker.io");
  private static final String VARIABLE = "DOCKER_AUTH_CONFIG";

  private final Map<String, String> environment;

  Logins(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Finds the login for a registry.
   *
   * @param registry host as images name it
   * @param interruption called while a program is running
   */
  <E extends Exception> LoginAnswer of(String registry, Interruption<E> interruption) throws E {
    var key = NAMES_OF_HUB.contains(registry) ? HUB : registry;
    try {
      var variable = environment.getOrDefault(VARIABLE, "");
      var given = entry(DockerHome.parse(variable, VARIABLE), key);
      if (given.isPresent()) {
        return ofEntry(given.get(), key, "the variable " + VARIABLE);
      }
      var home = DockerHome.of(environment);
      var config = home.config();
      var helper = helper(config, registry, key);
      if (!helper.isEmpty()) {
        return new CredentialProgram(helper, home.configFile(), environment).ask(key, interruption);
      }
      var stored = entry(Optional.of(config), key);
      return stored.isPresent()
          ? ofEntry(stored.get(), key, home.configFile().toString())
          : new LoginAnswer.None();
    } catch (DockerHome.Unreadable | DockerEngineException e) {
      return new LoginAnswer.Unknown(String.valueOf(e.getMessage()));
    }
  }

  /** Says what keeps logins from being found, as far as can be seen without asking for one. */
  List<String> troubles() {
    var troubles = new ArrayList<String>();
    try {
      DockerHome.parse(environment.getOrDefault(VARIABLE, ""), VARIABLE);
    } catch (DockerHome.Unreadable e) {
      troubles.add(String.valueOf(e.getMessage()));
    }
    try {
      var home = DockerHome.of(environment);
      helpers(home.config()).stream()
          .map(name -> new CredentialProgram(name, home.configFile(), environment).lack())
          .flatMap(Optional::stream)
          .forEach(troubles::add);
    } catch (DockerHome.Unreadable | DockerEngineException e) {
      troubles.add(String.valueOf(e.getMessage()));
    }
    return troubles;
  }

  private static Set<String> helpers(JsonNode config) {
    var names = new TreeSet<String>();
    config.path("credHelpers").forEach(name -> names.add(name.asText("")));
    names.add(config.path("credsStore").asText(""));
    names.remove("");
    return names;
  }

  private static String helper(JsonNode config, String registry, String key) {
    var helpers = config.path("credHelpers");
    for (var name : List.of(key, registry)) {
      if (helpers.path(name).isTextual()) {
        return helpers.path(name).asText();
      }
    }
    return config.path("credsStore").asText("");
  }

  private static Optional<JsonNode> entry(Optional<JsonNode> config, String key) {
    var entries = config.map(node -> node.path("auths"));
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    var exact = entries.get().path(key);
    if (exact.isObject()) {
      return Optional.of(exact);
    }
    return entries.get().properties().stream()
        .filter(entry -> host(entry.getKey()).equals(host(key)))
        .map(Map.Entry::getValue)
        .filter(JsonNode::isObject)
        .findFirst();
  }

  /** Returns the host of an entry, which may be a URL. */
  private static String host(String registry) {
    return registry.replaceFirst("^https?://", "").replaceFirst("/.*", "");
  }

  private static LoginAnswer ofEntry(JsonNode entry, String key, String source) {
    var token = entry.path("identitytoken").asText("");
    if (!token.isEmpty()) {
      return LoginAnswer.ofSecret(LoginAnswer.TOKEN_USER, token, key);
    }
    var registryToken = entry.path("registrytoken").asText("");
    if (!registryToken.isEmpty()) {
      return new LoginAnswer.Stored(
          new AuthConfig().withRegistryAddress(key).withRegistrytoken(registryToken));
    }
    var auth = entry.path("auth").asText("");
    if (auth.isEmpty()) {
      return LoginAnswer.ofSecret(
          entry.path("username").asText(""), entry.path("password").asText(""), key);
    }
    return decoded(auth)
        .map(pair -> pair.split(":", 2))
        .filter(pair -> pair.length == 2)
        .map(pair -> LoginAnswer.ofSecret(pair[0], pair[1], key))
        .orElseGet(() -> new LoginAnswer.Unknown("its login in " + source
            + " is damaged: log in again (docker login " + host(key) + ")"));
  }

  private static Optional<String> decoded(String auth) {
    try {
      // Old versions of the command padded passwords
      return Optional.of(
          new String(Base64.getDecoder().decode(auth), UTF_8).replaceFirst("\\x00+$", ""));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
