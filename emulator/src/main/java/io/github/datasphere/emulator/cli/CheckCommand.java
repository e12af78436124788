package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.Checks;
import io.github.datasphere.emulator.check.Proposals;
import io.github.datasphere.emulator.check.ServiceCheck;
import io.github.datasphere.emulator.check.ServiceReport;
import io.github.datasphere.emulator.check.ServiceTerms;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.cli.recording.FoundFields;
import io.github.datasphere.emulator.cli.recording.ServiceByToken;
import io.github.datasphere.emulator.record.Upstream;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Header;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.SessionReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares the emulator with a recording. */
@Command(
    name = "check",
    header = "Compare the emulator with a recording.",
    descriptionHeading = "%n",
    description = {
      "Repeats the client's side of the recording against a new emulator, on virtual time, and"
          + " prints each difference as the path of a field with both values. The exit code is 1 if"
          + " something differs, nothing could be compared, or a line of the recording's"
          + " accepted.txt excuses nothing.",
      "",
      "With --beside, it is compared with another recording of the same session instead, and the"
          + " fields that vary between the two are printed, as lines of volatile.txt.",
      "",
      "With --against-service, it is repeated at the service instead, with the IAM token in"
          + " YC_IAM_TOKEN. What is told then: changed (the service answers otherwise now), not"
          + " reissuable (the recording lacks something, or it is not this check's to change), not"
          + " reachable. It makes jobs of the smallest type in the project that you name, and"
          + " deletes these and no others.",
      ""
    })
final class CheckCommand implements Callable<Integer> {
  private static final String SMALLEST = "c1.4";
  private static final int MOST_DAYS = 180;

  private final ProcessContext context;

  @Parameters(paramLabel = "FOLDER", description = "the recording")
  Path folder = Path.of("");

  @Option(
      names = "--beside",
      paramLabel = "OTHER",
      description = "compare it with this recording of the same session, to see what varies")
  @Nullable
  Path beside;

  @Option(
      names = "--against-service",
      description = "repeat it at the service, to see what has changed there")
  boolean againstService;

  @Option(
      names = "--project",
      paramLabel = "ID",
      description = "with --against-service: where jobs are made, and deleted again")
  @Nullable
  String project;

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "with --against-service: how long its jobs may run in all, such as 90s, 10m or 1h")
  @Nullable
  String budget;

  @Option(
      names = "--upstream",
      paramLabel = "HOST:PORT",
      description = "with --against-service: the service, instead of the recorded hosts")
  @Nullable
  String upstream;

  @Option(
      names = "--upstream-ca",
      paramLabel = "FILE",
      description = "certificates that the service's has to stem from (PEM)")
  @Nullable
  Path upstreamCa;

  CheckCommand(ProcessContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    if (beside != null) {
      return compareWith(beside);
    }
    return againstService ? callService() : callEmulator();
  }

  private int compareWith(Path other) {
    var here = context.workingDirectory();
    var found = Proposals.of(
        Recording.read(here.resolve(folder), new Api()),
        Recording.read(here.resolve(other), new Api()));
    FoundFields.print(found, context.out());
    return found.compared() > 0 && found.others().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int callService() throws Exception {
    var token = context.environment().getOrDefault("YC_IAM_TOKEN", "");
    if (project == null || budget == null || token.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--against-service makes jobs that cost money, so it needs --project, --budget, and an"
              + " IAM token in YC_IAM_TOKEN ('yc iam create-token' prints one).");
    }
    var recording = Recording.read(context.workingDirectory().resolve(folder), new Api());
    var roots = Optional.ofNullable(upstreamCa).map(context.workingDirectory()::resolve);
    try (var service = new Upstream(Optional.ofNullable(upstream), roots)) {
      var terms = new ServiceTerms(project, time(budget), SMALLEST);
      return tell(ServiceCheck.of(recording, new ServiceByToken(service, token), terms));
    }
  }

  private int tell(ServiceReport report) {
    var out = context.out();
    report.changed().forEach(difference -> out.println("changed: " + difference));
    report.notReissuable().forEach(text -> out.println("not reissuable: " + text));
    report.notReachable().forEach(text -> out.println("not reachable: " + text));
    report.deleted().forEach(job -> out.println("deleted, and proved to be gone: job " + job));
    report.left().forEach(text -> out.println("left at the service: job " + text));
    out.println(report.compared() + " calls compared, " + report.changed().size() + " changed, "
        + report.notReissuable().size() + " not reissuable, "
        + report.notReachable().size() + " not reachable");
    return report.isGood() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private static Duration time(String text) throws CommandFailure {
    try {
      var time = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (!time.isNegative() && !time.isZero()) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // It is told below
    }
    throw new CommandFailure(
        ExitCode.USAGE, "--budget " + text + " is no time: write it as 90s, 10m or 1h.");
  }

  private int callEmulator() {
    var recording = context.workingDirectory().resolve(folder);
    var report = Checks.check(recording);
    var out = context.out();
    report.differences().forEach(difference -> out.println("differs: " + difference));
    report.idle().forEach(line -> out.println("excuses nothing: " + line));
    report.notes().forEach(note -> context.err().println("check: " + note));
    warnOfAge(recording);
    out.println(report.compared() + " calls compared, " + report.differences().size()
        + " differences, " + report.accepted().size() + " accepted");
    return report.isGood() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** What was recorded of an emulator does not age: only the service changes by itself. */
  private void warnOfAge(Path recording) {
    try (var reader = SessionReader.open(recording, new Api())) {
      var header = reader.header();
      long days = Duration.between(header.recordedAt(), Instant.now()).toDays();
      if (header.source().equals(Header.SERVICE) && days > MOST_DAYS) {
        context
            .err()
            .println("check: the recording is " + days
                + " days old, and the service may answer otherwise now: --against-service tells"
                + " whether it does, and record replaces this recording alone.");
      }
    }
  }
}
