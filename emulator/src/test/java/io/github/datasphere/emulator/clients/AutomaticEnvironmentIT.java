package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a package index: client and job both ask it. */
class AutomaticEnvironmentIT {
  @Test
  void whatTheProgramImportsIsFoundAndInstalled(@TempDir Path home) throws Exception {
    try (var served = Served.start(home, "runner: process\n")) {
      var cli = OfficialCli.newest(home, served)
          .file("main.py", """
              import sys
              import tabulate
              from pack import word

              if __name__ == '__main__':
                  print(word(), tabulate.__file__.startswith(sys.prefix), sys.argv[1])
              """)
          .file("pack.py", "def word():\n    return 'local'\n");
      cli.execute("""
          name: automatic
          cmd: python main.py argument
          env:
            python: auto
          """).good();
      assertThat(cli.log("stdout.txt")).isEqualTo("local True argument\n");
      assertThat(cli.log("system.log")).contains("tabulate");
    }
  }
}
