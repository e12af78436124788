package io.github.datasphere.emulator.grpc.behaviour;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.github.datasphere.emulator.grpc.behaviour.Behaviours.Behaviour;
import io.grpc.ServiceDescriptor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** The part of docs/fidelity.md that says how the emulator answers, and how that is known. */
final class FidelityTable {
  private final List<Behaviour> behaviours;
  private final SeenRecordings recordings;

  FidelityTable(List<Behaviour> behaviours, SeenRecordings recordings) {
    this.behaviours = behaviours;
    this.recordings = recordings;
  }

  private String recording(Behaviour behaviour) {
    return recordings.of(behaviour.rpc(), behaviour.evidence().at());
  }

  private Known known(Behaviour behaviour) {
    return recording(behaviour).isEmpty() ? behaviour.evidence().value() : Known.REAL;
  }

  /** How it is known, with the recording that shows it. */
  private String words(Behaviour behaviour) {
    var name = recording(behaviour);
    return known(behaviour).words()
        + (name.isEmpty() ? "" : ": [" + name + "](../samples/recordings/" + name + ")");
  }

  String text() {
    var text = new StringBuilder(summary());
    for (var service : Behaviours.SERVICES) {
      text.append("\n<details>\n<summary>")
          .append(name(service))
          .append("</summary>\n\n| call | behaviour | known | fact |\n|---|---|---|---|\n");
      Behaviours.rpcs(service).forEach(rpc -> text.append(rows(rpc)));
      text.append(unsupported(service)).append("\n</details>\n");
    }
    return text.toString();
  }

  private String summary() {
    var counts = behaviours.stream().collect(groupingBy(this::known, counting()));
    return behaviours.size()
        + " behaviours, each with a test: "
        + Arrays.stream(Known.values())
            .map(known -> counts.getOrDefault(known, 0L) + " " + known.words())
            .collect(joining(", "))
        + ".\n";
  }

  private String rows(String rpc) {
    return behaviours.stream()
        .filter(behaviour -> behaviour.rpc().equals(rpc))
        .sorted(Comparator.comparing(this::known)
            .thenComparing(behaviour -> behaviour.evidence().says()))
        .map(behaviour -> "| "
            + method(rpc)
            + " | "
            + behaviour.evidence().says().replace("|", "\\|")
            + " | "
            + words(behaviour)
            + " | "
            + link(behaviour.evidence().at())
            + " |\n")
        .collect(joining());
  }

  private static String link(String fact) {
    return "[" + fact + "](service-behaviour.md#" + fact + ")";
  }

  private static String unsupported(ServiceDescriptor service) {
    var names = new TreeSet<String>();
    Behaviours.rpcs(service).stream()
        .filter(Behaviours.UNSUPPORTED::contains)
        .forEach(rpc -> names.add(method(rpc)));
    return names.isEmpty()
        ? ""
        : "\nAnswered with UNIMPLEMENTED: " + String.join(", ", names) + ".\n";
  }

  private static String method(String rpc) {
    return rpc.substring(rpc.indexOf('/') + 1);
  }

  private static String name(ServiceDescriptor service) {
    return service.getName().substring(service.getName().lastIndexOf('.') + 1);
  }
}
