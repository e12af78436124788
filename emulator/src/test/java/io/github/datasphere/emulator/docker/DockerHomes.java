package io.github.datasphere.emulator.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.datasphere.emulator.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A user of the {@code docker} command, with a folder of settings and one of programs. */
public final class DockerHomes {
  private final Path folder;
  private final Path programs;

  private DockerHomes(Path folder, Path programs) {
    this.folder = folder;
    this.programs = programs;
  }

  /** A new one below this folder. */
  public static DockerHomes in(Path parent) throws IOException {
    return new DockerHomes(
        Files.createDirectories(parent.resolve("home/.docker")),
        Files.createDirectories(parent.resolve("programs")));
  }

  /** What the command remembers; it is put together from parts of JSON. */
  public DockerHomes config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
    return this;
  }

  public Path configFile() {
    return folder.resolve("config.json");
  }

  /** A credential helper, as a program of the shell. */
  public DockerHomes helper(String name, String script) throws IOException {
    var program = programs.resolve("docker-credential-" + name);
    Executables.write(program, "#!/bin/sh\n" + script);
    return this;
  }

  /** Its variables; nothing of the machine's, but the programs of the shell. */
  public Map<String, String> variables(String... more) {
    var variables = new HashMap<String, String>();
    variables.put("DOCKER_CONFIG", folder.toString());
    variables.put("PATH", programs + ":/usr/bin:/bin");
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  /** As {@code docker login} writes it without a helper. */
  public static String auths(String registry, String user, String password) {
    var auth = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    return "{\"auths\":{\"" + registry + "\":{\"auth\":\"" + auth + "\"}}}";
  }
}
