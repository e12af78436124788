package io.github.datasphere.emulator.runner.supervisor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The program that is process 1 of a job (docs/architecture.md), and what it reads on its stdin:
 *
 * <ul>
 *   <li>{@code write}: makes a file among its own, such as a script.
 *   <li>{@code run}: carries a script out in a process group of its own. Only now does it learn the
 *       environment and a secret token, with which it sends its {@link Report}. Without a report
 *       there is no exit code.
 *   <li>{@code signal}: sends every process of the job a signal, once for each run, however often
 *       it is asked; after the command has ended, it waits for the other processes. {@code kill}:
 *       ends every process of the job.
 *   <li>{@code mark}: writes a mark of a token to both streams, so that one who reads them in two
 *       ways finds the same place in both.
 *   <li>{@code keep}: from now on the end of stdin does not mean release. If there is a FIFO named
 *       {@code control} among its files, it goes on reading there, and ends after a command whose
 *       output goes to files has ended.
 *   <li>{@code release}, or the end of stdin: ends every process of the job, then itself.
 * </ul>
 *
 * Its own environment must hold {@link #MARK}. In a container, all other processes count as the
 * job's. On a host, its descendants count if it inherits orphans; otherwise the processes that
 * carry the mark or work in the job's directory.
 *
 * <p>What the token promises: no process of the job gets it. So nothing that a job writes (to its
 * output, to descriptors that it inherits, to files beside its own) is taken for a report. The
 * token is no protection against a job that attacks its supervisor: both run as the same user, so a
 * program that reads or changes the memory of the supervisor can learn the token. All it gains is a
 * false ending of its own job; other jobs are not affected.
 */
public final class Supervisor {
  /** Variable that each process of a job carries; its value differs for each run. */
  public static final String MARK = "DATASPHERE_EMULATOR_JOB";

  private static final String REFUSAL = "datasphere-emulator: ";

  private Supervisor() {}

  /**
   * Why a supervisor has refused to start.
   *
   * @param words the first words on its stderr
   * @return the reason as text for humans; empty if these words are no refusal
   */
  public static Optional<String> refusal(String words) {
    int begin = words.indexOf(REFUSAL);
    return begin < 0
        ? Optional.empty()
        : Optional.of((words.substring(begin + REFUSAL.length()).strip()
            + (begin == 0 ? "" : " (" + words.substring(0, begin).strip() + ")")));
  }

  /**
   * Returns the name of the file, among the supervisor's own, that shows that it has begun this
   * script.
   */
  public static String begunFile(String script) {
    return script + ".begun";
  }

  /** Where the output of a script goes. */
  public enum Output {
    /** Output goes to the supervisor's own stdout and stderr, each ended by the {@link EndMark}. */
    STREAMS,
    /**
     * Output goes to the files {@code stdout} and {@code stderr}, the exit code to {@code exit}, by
     * rename.
     */
    FILES
  }

  /** The shell that carries the program out. */
  public enum Shell {
    /** Called as {@code bash -p}. */
    BASH("supervisor.sh"),
    /** Any POSIX shell, in a container; it sends all output to streams. */
    SH("supervisor-posix.sh");

    private final String program;

    Shell(String program) {
      this.program = program;
    }
  }

  /** Returns the text of the program. */
  public static String program(Shell shell) {
    try (var program = Supervisor.class.getResourceAsStream(shell.program)) {
      if (program == null) {
        throw new IllegalStateException(shell.program + " is missing beside " + Supervisor.class);
      }
      return new String(program.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The supervisor program cannot be read from the jar", e);
    }
  }

  /**
   * Makes a file among the supervisor's own. The supervisor reads byte by byte, so this is not for
   * large files.
   *
   * @param text must not contain NUL characters
   */
  public static byte[] write(String name, String text) {
    var request = new ByteArrayOutputStream();
    request.writeBytes(line(List.of("write", name)));
    request.writeBytes(utf8(encoded(text) + "\n"));
    return request.toByteArray();
  }

  /**
   * Carries out the file {@code script} among the supervisor's own files.
   *
   * @param environment variables of the script in addition to the supervisor's own. Variables that
   *     bash cannot set stand in the arguments of {@code env} for a moment; where other users can
   *     see these, it is better to give them to the supervisor at its start
   */
  public static byte[] run(
      Token token, Output output, String script, Map<String, String> environment) {
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        line(List.of("run", token.text(), output == Output.FILES ? "files" : "streams", script)));
    environment.forEach(
        (name, value) -> request.writeBytes(utf8(encoded(name + "=" + value) + "\n")));
    request.write('\n');
    return request.toByteArray();
  }

  /**
   * Whether bash can set a variable of this name. Others, such as {@code MY-SECRET}, it only
   * inherits and passes on.
   */
  static boolean canExport(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_]*");
  }

  /** Returns the variables that bash itself can set. */
  public static Map<String, String> exported(Map<String, String> environment) {
    var exported = new HashMap<>(environment);
    exported.keySet().removeIf(name -> !canExport(name));
    return exported;
  }

  /**
   * Returns the other variables: a supervisor passes them on if it has them in its own environment.
   */
  public static Map<String, String> inherited(Map<String, String> environment) {
    var inherited = new HashMap<>(environment);
    inherited.keySet().removeIf(Supervisor::canExport);
    return inherited;
  }

  public static byte[] signal(int signal) {
    return line(List.of("signal", Integer.toString(signal)));
  }

  public static byte[] kill() {
    return line(List.of("kill"));
  }

  /** Has a mark of this token written that stands for no report. */
  public static byte[] mark(Token token) {
    return line(List.of("mark", token.text()));
  }

  public static byte[] keep() {
    return line(List.of("keep"));
  }

  public static byte[] release() {
    return line(List.of("release"));
  }

  /** Encodes any text as one line that {@code printf %b} reads. */
  private static String encoded(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static byte[] line(List<String> words) {
    return utf8(String.join(" ", words) + "\n");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
