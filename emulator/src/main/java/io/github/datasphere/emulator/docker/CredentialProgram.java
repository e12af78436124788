package io.github.datasphere.emulator.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.datasphere.emulator.base.SearchPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A program that stores logins, {@code docker-credential-NAME}. It is called with {@code get} and
 * the registry on its stdin, and answers {@code {"Username": ..., "Secret": ...}}, or fails with a
 * sentence on its stdout.
 */
final class CredentialProgram {
  private static final String PREFIX = "docker-credential-";

  /** The same for all such programs, since it comes from the library that they use. */
  private static final String NOT_FOUND = "credentials not found";

  /** Long, since the program may ask its user for a password. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final long LOOK_MILLIS = 50;
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final int LONGEST_QUOTE = 200;

  private final String name;
  private final String title;
  private final Map<String, String> environment;
  private final Duration patience;

  /**
   * Knows a program of the user.
   *
   * @param name name without the common beginning
   * @param config the file that names the program
   * @param environment variables of the program, whose {@code PATH} leads to it
   */
  CredentialProgram(String name, Path config, Map<String, String> environment) {
    this(name, config, environment, PATIENCE);
  }

  CredentialProgram(String name, Path config, Map<String, String> environment, Duration patience) {
    this.name = name;
    this.title = "the credential helper " + PREFIX + name + ", which " + config + " names, ";
    this.environment = environment;
    this.patience = patience;
  }

  /** Says why it cannot even be asked, if that is so. */
  Optional<String> lack() {
    return find().isPresent()
        ? Optional.empty()
        : Optional.of(
            title + "is not in the PATH: install it, or take it out of the file and log in again");
  }

  /** Asks for the login of a registry. */
  <E extends Exception> LoginAnswer ask(String registry, Interruption<E> interruption) throws E {
    var program = find();
    if (program.isEmpty()) {
      return new LoginAnswer.Unknown(lack().orElse(title));
    }
    try {
      return ask(start(program.get()), registry, interruption);
    } catch (IOException e) {
      return unknown("cannot be run (" + e.getMessage() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("was not waited for");
    }
  }

  private Optional<Path> find() {
    return name.indexOf('/') >= 0 || name.indexOf('\\') >= 0
        ? Optional.empty()
        : SearchPath.find(environment, PREFIX + name, PREFIX + name + ".exe").findFirst();
  }

  /**
   * Starts the program. Its stderr is dropped: it is meant for a user at a terminal, and may
   * contain anything.
   */
  private Process start(Path program) throws IOException {
    var builder = new ProcessBuilder(program.toString(), "get")
        .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private <E extends Exception> LoginAnswer ask(
      Process process, String registry, Interruption<E> interruption)
      throws IOException, InterruptedException, E {
    try {
      tell(process, registry);
      var said = new ByteArrayOutputStream();
      for (long waited = 0; !process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS); ) {
        interruption.check();
        read(process, said);
        waited += LOOK_MILLIS;
        if (waited >= patience.toMillis()) {
          return unknown("does not answer within " + patience.toSeconds() + " s");
        }
        if (said.size() > LONGEST_ANSWER) {
          return unknown("gives no login that can be read");
        }
      }
      read(process, said);
      return answer(process.exitValue(), said.toString(UTF_8).strip(), registry);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void tell(Process process, String registry) {
    try (var input = process.getOutputStream()) {
      input.write(registry.getBytes(UTF_8));
    } catch (IOException e) {
      // A program that does not read its stdin still answers, or says why not
    }
  }

  /**
   * Reads only what is there: a child that the program leaves behind may keep the pipe open for
   * ever.
   */
  private static void read(Process process, ByteArrayOutputStream said) throws IOException {
    var output = process.getInputStream();
    for (int there = output.available();
        there > 0 && said.size() <= LONGEST_ANSWER;
        there = output.available()) {
      said.writeBytes(output.readNBytes(Math.min(there, LONGEST_ANSWER)));
    }
  }

  private LoginAnswer answer(int code, String said, String registry) {
    if (code != 0) {
      return said.contains(NOT_FOUND) ? new LoginAnswer.None() : unknown(failure(code, said));
    }
    try {
      var login = new ObjectMapper().readTree(said);
      if (login.path("Username").isTextual() && login.path("Secret").isTextual()) {
        return LoginAnswer.ofSecret(text(login, "Username"), text(login, "Secret"), registry);
      }
    } catch (JacksonException e) {
      // The message quotes text that may be a password
    }
    return unknown("gives no login that can be read");
  }

  /** Quotes the output if it is a sentence, but nothing that looks like a login. */
  private static String failure(int code, String said) {
    var sentence = said.lines().findFirst().orElse("");
    var isSentence = !sentence.isEmpty() && said.indexOf('{') < 0 && said.indexOf('"') < 0;
    return isSentence
        ? "fails: " + sentence.substring(0, Math.min(sentence.length(), LONGEST_QUOTE))
        : "fails with exit code " + code + " and says nothing that can be shown";
  }

  private static String text(JsonNode login, String field) {
    return login.path(field).asText();
  }

  private LoginAnswer unknown(String trouble) {
    return new LoginAnswer.Unknown(title + trouble);
  }
}
