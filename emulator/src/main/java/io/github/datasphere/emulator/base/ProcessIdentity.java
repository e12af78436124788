package io.github.datasphere.emulator.base;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Identifies a process of this machine. The identity stays right after the process id was reused,
 * and after the clock was set. Java's own start time of a process moves with the clock on Linux, so
 * after a change of the clock a living process would look dead to a new one.
 *
 * @param pid process id as it is seen from here; another view, such as a container, has other ids
 * @param start tells processes with the same id apart: the view, and when the process began in it;
 *     letters and digits only; empty if there was no such process, or only a zombie
 */
public record ProcessIdentity(long pid, String start) {
  private static final int STATE = 0; // of the fields after the name, proc(5)
  private static final int START_TICKS = 19;
  private static final Path PROC = Path.of("/proc");
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-([0-9a-f]*n\\d*t\\d+)");

  /** Returns the process that has this id now. */
  public static ProcessIdentity of(long pid) {
    return new ProcessIdentity(pid, startOf(pid));
  }

  /** Returns the process of this virtual machine. */
  public static ProcessIdentity current() {
    return of(ProcessHandle.current().pid());
  }

  /** Reads what {@link #text} has written; empty if the text is something else. */
  public static Optional<ProcessIdentity> parse(String text) {
    var parts = TEXT.matcher(text);
    return parts.matches()
        ? Optional.of(new ProcessIdentity(Long.parseLong(parts.group(1)), parts.group(2)))
        : Optional.empty();
  }

  /** Whether the process still runs, as far as that can be seen from here. */
  public boolean isAlive() {
    return !start.isEmpty() && start.equals(startOf(pid));
  }

  /**
   * Whether the process is known to have ended. For a process in another container that cannot be
   * known here.
   */
  public boolean isGone() {
    return !isAlive() && (view().equals(viewFromHere()) || !boot().equals(bootOfNow()));
  }

  /** Returns id and start with a dash between them; fit for names of files and for labels. */
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
      // There, Java returns what the kernel noted at the start
      return ProcessHandle.of(pid)
          .flatMap(process -> process.info().startInstant())
          .map(instant -> viewFromHere() + "t" + instant.toEpochMilli())
          .orElse("");
    }
    try {
      // The name of the program may contain anything and ends at the last parenthesis
      var text = Files.readString(PROC.resolve(pid + "/stat"), ISO_8859_1);
      var fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return fields[STATE].equals("Z") ? "" : viewFromHere() + "t" + fields[START_TICKS];
    } catch (IOException e) {
      return "";
    }
  }

  /** Identifies the view: the process id namespace, and since when it exists. */
  private static String viewFromHere() {
    try {
      var namespace = Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
      return bootOfNow() + "n" + namespace.replaceAll("\\D", "");
    } catch (IOException e) {
      return bootOfNow() + "n";
    }
  }

  /** Returns the id of the present boot; empty if the machine does not tell it. */
  private static String bootOfNow() {
    try {
      var id = Files.readString(PROC.resolve("sys/kernel/random/boot_id"));
      return id.strip().replace("-", "");
    } catch (IOException e) {
      return "";
    }
  }
}
