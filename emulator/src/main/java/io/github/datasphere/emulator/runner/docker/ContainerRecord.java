package io.github.datasphere.emulator.runner.docker;

import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.runner.plan.PlanNames;
import io.github.datasphere.emulator.runner.run.SavedRun;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the next emulator has to know to adopt a run. It is kept on this machine, where no job sees
 * it.
 *
 * @param token token of the command
 * @param startedAt when the engine started the container, in its own format; empty if unknown
 * @param earlier tokens of the scripts that the supervisor ran before the command
 * @param marks tokens of marks in the command's output, which it wrote for emulators that were
 *     started later
 * @param hasGpus whether the job asks for GPUs
 * @param outBefore how many bytes of stdout the log had before the command began, from an attempt
 *     in another place
 * @param errBefore the same of stderr
 */
record ContainerRecord(
    String container,
    String startedAt,
    Token token,
    List<Token> earlier,
    List<Token> marks,
    PlanNames names,
    boolean hasGpus,
    long outBefore,
    long errBefore) {
  private static final String CONTAINER = "container";
  private static final String STARTED = "started";
  private static final String TOKEN = "token";
  private static final String EARLIER = "earlier";
  private static final String MARKS = "marks";
  private static final String GPUS = "gpus";
  private static final String OUT = "out";
  private static final String ERR = "err";

  ContainerRecord {
    earlier = List.copyOf(earlier);
    marks = List.copyOf(marks);
  }

  ContainerRecord with(Token mark) {
    var more = new ArrayList<>(marks);
    more.add(mark);
    return new ContainerRecord(
        container, startedAt, token, earlier, more, names, hasGpus, outBefore, errBefore);
  }

  void save(Path folder, JobId job) throws IOException {
    var facts = Map.of(
        CONTAINER,
        container,
        STARTED,
        startedAt,
        TOKEN,
        token.text(),
        EARLIER,
        text(earlier),
        MARKS,
        text(marks),
        GPUS,
        Boolean.toString(hasGpus),
        OUT,
        Long.toString(outBefore),
        ERR,
        Long.toString(errBefore));
    new SavedRun(facts, names).save(file(folder, job));
  }

  /** Reads the record; empty if the command has not begun. */
  static Optional<ContainerRecord> read(Path folder, JobId job) throws IOException {
    return SavedRun.read(file(folder, job)).map(ContainerRecord::of);
  }

  static void delete(Path folder, JobId job) throws IOException {
    Files.deleteIfExists(file(folder, job));
  }

  private static ContainerRecord of(SavedRun saved) {
    return new ContainerRecord(
        saved.fact(CONTAINER),
        saved.fact(STARTED),
        new Token(saved.fact(TOKEN)),
        tokens(saved.fact(EARLIER)),
        tokens(saved.fact(MARKS)),
        saved.names(),
        Boolean.parseBoolean(saved.fact(GPUS)),
        number(saved.fact(OUT)),
        number(saved.fact(ERR)));
  }

  /** Reads 0 in what an emulator before this fact has saved. */
  private static long number(String text) {
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  private static String text(List<Token> tokens) {
    return tokens.stream().map(Token::text).collect(Collectors.joining(" "));
  }

  private static List<Token> tokens(String text) {
    return Stream.of(text.split(" "))
        .filter(word -> !word.isEmpty())
        .map(Token::new)
        .toList();
  }

  private static Path file(Path folder, JobId job) {
    return folder.resolve(job.value() + ".properties");
  }
}
