package io.github.datasphere.emulator.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A shell of a user who has the launcher and the official client on the path. */
final class UserShell {
  /** Brings the loopback device of an empty network up, and becomes the command that follows. */
  private static final String WITH_LOOPBACK = """
      import fcntl, os, socket, struct, sys
      device = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
      flags = struct.unpack('16sh22x', fcntl.ioctl(device, 0x8913, struct.pack('16sh22x', b'lo', 0)))[1]
      fcntl.ioctl(device, 0x8914, struct.pack('16sh22x', b'lo', flags | 1))
      os.execvp(sys.argv[1], sys.argv[1:])
      """;

  private final OfficialCli cli;

  private UserShell(OfficialCli cli) {
    this.cli = cli;
  }

  /** Whose ports are free ones, and whose files are all below this folder. */
  static UserShell in(Path home) throws IOException {
    var cli = OfficialCli.unattached(home);
    for (var port : new String[] {"GRPC", "HTTP", "TLS", "PROXY"}) {
      cli = cli.with("DATASPHERE_EMULATOR_" + port + "_PORT", "0");
    }
    return new UserShell(cli.with("DATASPHERE_EMULATOR_RUNNER", "process")
        .with("DATASPHERE_EMULATOR_JAVA_OPTS", "-Djava.io.tmpdir=" + home.resolve("tmp")));
  }

  UserShell with(Map<String, String> variables) {
    var changed = cli;
    for (var variable : variables.entrySet()) {
      changed = changed.with(variable.getKey(), variable.getValue());
    }
    return new UserShell(changed);
  }

  OfficialCli cli() {
    return cli;
  }

  Started start(String script) throws IOException {
    return cli.program("/bin/bash", "-c", withLauncher(script));
  }

  Ended run(String script) throws IOException, InterruptedException {
    return start(script).end();
  }

  /** Runs it where there is no network but loopback. */
  Ended runWithoutNetwork(String script) throws IOException, InterruptedException {
    return cli.program(
            "/usr/bin/env",
            "unshare",
            "-rn",
            "python",
            "-c",
            WITH_LOOPBACK,
            "/bin/bash",
            "-c",
            withLauncher(script))
        .end();
  }

  /** Whether this machine lets its users have a network of their own. */
  boolean canDoWithoutNetwork() throws IOException, InterruptedException {
    return cli.program("/usr/bin/env", "unshare", "-rn", "true").end().exitCode() == 0;
  }

  private static String withLauncher(String script) {
    return "set -e; PATH='" + Checkout.LAUNCHER_FOLDER + "':$PATH\n" + script;
  }
}
