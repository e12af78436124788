package io.github.datasphere.emulator.cli;

import io.github.datasphere.emulator.base.Trees;
import io.github.datasphere.emulator.cli.env.ClientSettings;
import io.github.datasphere.emulator.cli.env.ClientVariables;
import io.github.datasphere.emulator.cli.process.ClientProcess;
import io.github.datasphere.emulator.cli.process.CommandFailure;
import io.github.datasphere.emulator.record.RecordSettings;
import io.github.datasphere.emulator.record.Recorder;
import io.github.datasphere.emulator.session.redact.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A recorder around one command. */
@Command(
    name = "record",
    header = "Record what a command and the real service say to each other.",
    customSynopsis = "datasphere-emulator record --output FOLDER [OPTIONS] -- COMMAND [ARGUMENTS]",
    descriptionHeading = "%n",
    description = {
      "The command uses the service with its own token and project. Its calls and files pass"
          + " through here, and are written down without secrets. The exit code is the command's"
          + " own; 1 if no recording could be kept.",
      ""
    })
final class RecordCommand implements Callable<Integer> {
  private static final Pattern SECRET_VARIABLE =
      Pattern.compile("(?i).*(token|secret|passw|credential|api_?key|private_?key|access_?key).*");

  /** Java reads 16 KiB at once otherwise, and a download takes twice the processor time. */
  private static final String DOWNLOAD_BYTES = String.valueOf(128 << 10);

  private static final int SHORTEST_SECRET = 8;
  private static final int SHORTEST_NAME = 5;

  private final ProcessContext context;

  @Option(names = "--output", paramLabel = "FOLDER", required = true, description = "the recording")
  @Nullable
  Path output;

  @Option(
      names = "--upstream",
      paramLabel = "HOST:PORT",
      description = "the service, instead of the hosts that the command names")
  @Nullable
  String upstream;

  @Option(
      names = "--upstream-ca",
      paramLabel = "FILE",
      description = "certificates that the service's has to stem from (PEM)")
  @Nullable
  Path upstreamCa;

  @Option(
      names = "--redact",
      paramLabel = "PATTERN",
      description = "hide what this regular expression finds, or its first group; may be repeated")
  List<String> redact = new ArrayList<>();

  @Option(
      names = "--keep-ids",
      description = "keep ids, hosts and accounts: for a recording that you keep to yourself")
  boolean keepIds;

  @Option(
      names = "--offline",
      description = "answer for all hosts but the service's, so that nothing else leaves")
  boolean offline;

  @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "command and its arguments")
  List<String> command = List.of();

  RecordCommand(ProcessContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    System.getProperties().putIfAbsent("jdk.httpclient.bufsize", DOWNLOAD_BYTES);
    var work = Files.createTempDirectory("datasphere-recorder");
    try (var recorder = new Recorder(settings(work), Clock.systemUTC(), System::nanoTime)) {
      recorder.ran(command);
      int code = ClientProcess.start(command, variables(recorder)).await();
      recorder.exited(code);
      recorder.finish().forEach(text -> context.err().println("record: " + text));
      context.err().println("record: " + output + " is written.");
      return code;
    } finally {
      Trees.delete(work);
    }
  }

  private RecordSettings settings(Path work) throws CommandFailure {
    return new RecordSettings(
        context.workingDirectory().resolve(String.valueOf(output)),
        Optional.ofNullable(upstream),
        Optional.ofNullable(upstreamCa).map(context.workingDirectory()::resolve),
        offline,
        new Options(patterns(), secrets(), names(), keepIds, new SecureRandom()),
        work,
        VersionCommand.current());
  }

  private List<Pattern> patterns() throws CommandFailure {
    var all = new ArrayList<Pattern>();
    for (var text : redact) {
      try {
        all.add(Pattern.compile(text));
      } catch (PatternSyntaxException e) {
        throw new CommandFailure(
            2, "--redact " + text + " is no regular expression: " + e.getDescription());
      }
    }
    return all;
  }

  /** Returns what the command's own variables call secret. */
  private List<String> secrets() {
    return context.environment().entrySet().stream()
        .filter(variable -> SECRET_VARIABLE.matcher(variable.getKey()).matches())
        .map(Map.Entry::getValue)
        .filter(value -> value.length() >= SHORTEST_SECRET && !Files.exists(Path.of(value)))
        .toList();
  }

  /** Returns what names this machine and its user. */
  private Map<String, String> names() {
    var all = new HashMap<String, String>();
    if (!keepIds) {
      put(all, context.home().toString(), "/home/user");
      put(all, context.environment().getOrDefault("USER", ""), "user1");
      try {
        put(all, InetAddress.getLocalHost().getHostName(), "machine1");
      } catch (IOException e) {
        put(all, context.environment().getOrDefault("HOSTNAME", ""), "machine1");
      }
    }
    return all;
  }

  private static void put(Map<String, String> names, String name, String written) {
    if (name.length() >= SHORTEST_NAME && !name.equals("localhost") && !name.equals("/root")) {
      names.put(name, written);
    }
  }

  /** Leads the command here; its token and metadata address stay its own. */
  private Map<String, String> variables(Recorder recorder) throws IOException {
    var roots = offline
        ? Optional.of(recorder.certificates(
            Optional.ofNullable(context.environment().get("REQUESTS_CA_BUNDLE"))
                .filter(file -> !file.isEmpty())
                .map(Path::of)))
        : Optional.<Path>empty();
    var settings = new ClientSettings(
        recorder.grpc(),
        recorder.tls(),
        recorder.http(),
        recorder.proxy(),
        recorder.certificate(),
        roots,
        "",
        "");
    var variables = ClientVariables.of(settings, context.environment());
    variables.remove("YC_IAM_TOKEN");
    variables.remove("YC_METADATA_ADDR");
    variables.remove("DATASPHERE_EMULATOR_HTTP_TOKEN");
    return variables;
  }
}
