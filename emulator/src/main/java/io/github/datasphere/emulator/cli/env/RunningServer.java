package io.github.datasphere.emulator.cli.env;

import io.github.datasphere.emulator.base.PathErrors;
import io.github.datasphere.emulator.base.ProcessIdentity;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * A running server, as it is found through its data directory: it leaves a small file there that
 * says where it listens.
 */
public record RunningServer(ProcessIdentity process, ClientSettings settings) {
  private static final String FILE = "server.properties";

  public static RunningServer ofThisProcess(ClientSettings settings) {
    return new RunningServer(ProcessIdentity.current(), settings);
  }

  /** Returns the server that runs on this data directory now, if there is one. */
  public static Optional<RunningServer> find(Path dataDir) throws IOException {
    try {
      return Optional.of(read(Files.readString(dataDir.resolve(FILE))))
          .filter(server -> server.process().isAlive());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      var file = dataDir.resolve(FILE);
      throw new IOException("cannot read " + file + ": " + PathErrors.words(file, e), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          dataDir.resolve(FILE) + " is damaged; delete it, or restart the server that wrote it", e);
    }
  }

  public void announce(Path dataDir) throws IOException {
    var properties = new Properties();
    properties.setProperty("pid", Long.toString(process.pid()));
    properties.setProperty("born", process.start());
    properties.setProperty("grpc", settings.grpc());
    properties.setProperty("tls", settings.tls());
    properties.setProperty("http", settings.http().toString());
    properties.setProperty("proxy", settings.proxy().toString());
    properties.setProperty("ca", settings.ca().toString());
    settings.offlineRoots().ifPresent(roots -> properties.setProperty("roots", roots.toString()));
    properties.setProperty("token", settings.token());
    properties.setProperty("http-token", settings.httpToken());
    var text = new StringWriter();
    properties.store(text, "The server that runs on this folder; removed when it ends.");
    PrivateFile.write(dataDir.resolve(FILE), text.toString());
  }

  /** Deletes the file that announces the server. */
  public static void forget(Path dataDir) throws IOException {
    Files.deleteIfExists(dataDir.resolve(FILE));
  }

  private static RunningServer read(String text) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(text));
    var settings = new ClientSettings(
        required(properties, "grpc"),
        required(properties, "tls"),
        URI.create(required(properties, "http")),
        URI.create(required(properties, "proxy")),
        Path.of(required(properties, "ca")),
        Optional.ofNullable(properties.getProperty("roots")).map(Path::of),
        required(properties, "token"),
        required(properties, "http-token"));
    var pid = Long.parseLong(required(properties, "pid"));
    return new RunningServer(new ProcessIdentity(pid, required(properties, "born")), settings);
  }

  private static String required(Properties properties, String key) {
    var value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value;
  }
}
