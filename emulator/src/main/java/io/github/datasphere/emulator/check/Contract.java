package io.github.datasphere.emulator.check;

import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionException;
import io.github.datasphere.emulator.session.match.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client needs of the service's answers. A recording shows what its client was given; which
 * of it the client reads, its author knows, who keeps these lines in {@code contract.txt} beside
 * the recording.
 */
public final class Contract {
  static final String FILE = "contract.txt";

  private final List<String> fields;

  private Contract(List<String> fields) {
    this.fields = List.copyOf(fields);
  }

  /** Returns the lines of a {@code contract.txt} with all that the recorded client was given. */
  public static List<String> linesOf(Recording recording) {
    var clients = new TreeSet<String>();
    var given = new GivenFields(recording.api());
    for (var call : recording.calls()) {
      clients.add(call.started().client());
      call.call().ifPresent(known -> {
        if (known.isStream()) {
          recording.replies(call, (at, reply) -> given.add(known, reply));
        }
        call.replies().forEach(reply -> {
          if (reply.content().message() != null) {
            given.add(known, reply.content().message());
          }
        });
      });
    }
    var lines = new ArrayList<String>();
    clients.stream()
        .filter(client -> !client.isEmpty())
        .forEach(client -> lines.add("# " + client));
    lines.addAll(given.all());
    return lines;
  }

  /** Reads the contract of a recording; an empty one if it has none. */
  static Contract of(Path recording) {
    try {
      return new Contract(Files.readString(recording.resolve(FILE))
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList());
    } catch (NoSuchFileException e) {
      return new Contract(List.of());
    } catch (IOException e) {
      throw new SessionException(recording.resolve(FILE) + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns a difference for each field that the client needs, and no answer of now has. */
  List<Difference> brokenBy(Set<String> given) {
    return fields.stream()
        .filter(field -> !given.contains(field))
        .map(field -> new Difference("contract " + field, "given", "(absent)"))
        .toList();
  }
}
