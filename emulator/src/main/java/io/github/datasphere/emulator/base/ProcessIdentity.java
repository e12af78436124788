package io.github.datasphere.emulator.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which process of this machine it is, also after its number went to another one, and whatever the
 * clock is set to meanwhile: what Java gives as the start of a process moves with the clock of
 * Linux, so that a living process would look dead to whoever starts after a step of it.
 *
 * @param pid as it is seen from here; another view, such as a container, has other numbers
 * @param start tells processes of one number apart: the view, and when in it the process began;
 *     letters and digits only; empty if there was no such process, or only its dead body
 */
public record ProcessIdentity(long pid, String start) {
  private static final int STATE = 0; // of the fields after the name, proc(5)
  private static final int START_TICKS = 19;
  private static final Path PROC = Path.of("/proc");
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-([0-9a-f]*n\\d*t\\d+)");

  /** The process that has this number now. */
  public static ProcessIdentity of(long pid) {
    return new ProcessIdentity(pid, startOf(pid));
  }

  /** This virtual machine. */
  public static ProcessIdentity current() {
    return of(ProcessHandle.current().pid());
  }

  /** What {@link #text} has written; empty if it is none of that. */
  public static Optional<ProcessIdentity> parse(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new ProcessIdentity(Long.parseLong(parts.group(1)), parts.group(2)))
        : Optional.empty();
  }

  /** Whether it still runs, as far as that can be seen from here. */
  public boolean isAlive() {
    return !start.isEmpty() && start.equals(startOf(pid));
  }

  /** Whether it is known to have ended. Of what runs in another container, nobody here can tell. */
  public boolean isGone() {
    return !isAlive() && (view().equals(viewFromHere()) || !boot().equals(bootOfNow()));
  }

  /** Number and start with one dash between; can stand in names of files and in labels. */
  public String text() {
    return pid + "-" + start;
  }

  private String view() {
    return start.substring(0, Math.max(0, start.indexOf('t')));
  }

  private String boot() {
    return start.substring(0, Math.max(0, start.indexOf('n')));
  }

  private static String startOf(long pid) {
    if (!Files.exists(PROC.resolve("self/stat"))) {
      // There it is what the kernel noted at the start
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().startInstant())
          .map(instant -> viewFromHere() + "t" + instant.toEpochMilli())
          .orElse("");
    }
    try {
      // The name of the program, which may hold anything, ends with the last parenthesis
      var text = Files.readString(PROC.resolve(pid + "/stat"), ISO_8859_1);
      var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return fields[STATE].equals("Z") ? "" : viewFromHere() + "t" + fields[START_TICKS];
    } catch (IOException e) {
      return "";
    }
  }

  /** By which numbers processes are called here, and since when. */
  private static String viewFromHere() {
    try {
      var namespace = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
      return bootOfNow() + "n" + namespace.replaceAll("\\D", "");
    } catch (IOException e) {
      return bootOfNow() + "n";
    }
  }

  /** Empty where the machine does not tell. */
  private static String bootOfNow() {
    try {
      var id = Files.readString(PROC.resolve("sys/kernel/random/boot_id"));
      return id.strip().replace("-", "");
    } catch (IOException e) {
      return "";
    }
  }
}
