package io.github.datasphere.emulator.cli.recording;

import io.github.datasphere.emulator.check.Proposals;
import java.io.PrintStream;

/** Prints what varies between two recordings of one session. */
public final class FoundFields {
  private FoundFields() {}

  /** Prints lines that {@code volatile.txt} takes, and what is no field as a comment. */
  public static void print(Proposals.Found found, PrintStream out) {
    found
        .fields()
        .forEach((line, example) ->
            out.println(line + "   # " + example.recorded() + ", then " + example.actual()));
    found.others().forEach(text -> out.println("# not one session: " + text));
    out.println("# " + found.compared() + " pairs of calls compared, "
        + found.fields().size() + " fields vary that are not declared");
  }
}
