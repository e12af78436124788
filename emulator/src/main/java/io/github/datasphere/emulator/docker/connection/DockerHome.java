package io.github.datasphere.emulator.docker.connection;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.datasphere.emulator.base.PathErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The files in which the {@code docker} command keeps its user's settings. They are not read by
 * docker-java, which throws unchecked exceptions for damaged files.
 */
public final class DockerHome {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  private DockerHome(Path folder) {
    this.folder = folder;
  }

  /** A file is there but cannot be read; the message names it and says why. */
  public static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1L;

    private Unreadable(String source, String why) {
      super(source + " cannot be read: " + why);
    }
  }

  /**
   * Returns the home of the user with these variables.
   *
   * @throws DockerEngineException if they name a folder that this system cannot have
   */
  public static DockerHome of(Map<String, String> environment) throws DockerEngineException {
    var named = environment.getOrDefault("DOCKER_CONFIG", "");
    var home = environment.getOrDefault("HOME", "");
    return new DockerHome(
        named.isBlank()
            ? path(home.isBlank() ? System.getProperty("user.home", "/") : home, "HOME")
                .resolve(".docker")
            : path(named, "DOCKER_CONFIG"));
  }

  /** Returns a path that the environment names. */
  static Path path(String text, String variable) throws DockerEngineException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw DockerEngineException.misled(
          variable + " names no path that this system can have (" + e.getReason() + ")",
          "set it to a folder, and LC_ALL=C.UTF-8 if its name has letters beyond ASCII");
    }
  }

  Path folder() {
    return folder;
  }

  public Path configFile() {
    return folder.resolve("config.json");
  }

  /**
   * Reads the command's configuration; returns a missing node if there is none.
   *
   * @throws Unreadable if it is there but damaged
   */
  public JsonNode config() throws Unreadable {
    return read(configFile()).orElseGet(MissingNode::getInstance);
  }

  /**
   * Reads the object in a JSON file; empty without the file.
   *
   * @throws Unreadable if the file contains anything else; an empty file counts as an empty object
   */
  static Optional<JsonNode> read(Path file) throws Unreadable {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (Unreadable e) {
      throw e;
    } catch (IOException e) {
      throw new Unreadable(file.toString(), PathErrors.words(file, e));
    }
  }

  /** Reads an object from a text. A failure never quotes the text, which may contain a password. */
  public static Optional<JsonNode> parse(String text, String source) throws Unreadable {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      var node = JSON.readTree(text);
      if (node.isObject()) {
        return Optional.of(node);
      }
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw new Unreadable(
          source,
          "it is no JSON" + (place == null ? "" : " from line " + place.getLineNr() + " on"));
    }
    throw new Unreadable(source, "it holds no JSON object");
  }
}
