package io.github.datasphere.emulator.grpc.behaviour;

import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.SessionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which facts recordings of the service show: lines of their {@code facts.txt}, such as
 * {@code ProjectJobService/Create 2.2 # call 1}. A recording of an emulator shows none.
 */
final class SeenRecordings {
  private static final String FACTS = "facts.txt";

  private final Map<String, String> names = new TreeMap<>();

  private SeenRecordings() {}

  /** Those that lie in this folder. */
  static SeenRecordings in(Path folder) throws IOException {
    var seen = new SeenRecordings();
    try (var recordings = Files.list(folder)) {
      for (var recording : recordings.sorted().toList()) {
        if (Files.exists(recording.resolve(FACTS))) {
          seen.add(recording, Files.readAllLines(recording.resolve(FACTS)));
        }
      }
    }
    return seen;
  }

  private void add(Path recording, List<String> facts) {
    try (var reader = SessionReader.open(recording, new Api())) {
      if (!reader.header().source().equals(Header.SERVICE)) {
        throw new AssertionError(
            recording + " has " + FACTS + ", but is no recording of the service");
      }
    }
    for (var line : facts) {
      if (!line.isBlank()) {
        if (!line.matches("\\w+/\\w+ \\d+\\.\\d+ # .+")) {
          throw new AssertionError(
              recording + " has a line in " + FACTS + " that is none: " + line);
        }
        names.putIfAbsent(
            line.replaceFirst(" # .*", ""), recording.getFileName().toString());
      }
    }
  }

  /** The name of the first recording that shows this fact of this call; empty if none does. */
  String of(String rpc, String fact) {
    return names.getOrDefault(rpc + " " + fact, "");
  }
}
