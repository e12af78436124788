package io.github.datasphere.emulator.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The {@code SDK} class of the official client, as an Airflow task uses it. */
class SdkIT {
  private static final String PROGRAM = """
      import sys
      from datasphere import SDK

      sdk = SDK()
      source = sdk.get_job(sys.argv[1])
      print('done:', source.done)
      fork = sdk.fork_job(source.id, args={'WORD': 'forked'}, vars={'OUT': 'fork.txt'},
                          env_vars={'TITLE': 'new'}, name='from the SDK')
      print('fork:', fork.id, 'operation:', fork.operation_id)
      fork.wait()
      print('done:', sdk.get_job(fork.id).done)
      sdk.download_job_files(fork.id, with_logs=True, output_dir='files')
      """;

  @Test
  void forksWaitsAndDownloads(@TempDir Path home) throws Exception {
    try (var served = Served.offline(home, "")) {
      var cli = OfficialCli.newest(home, served).file("program.py", PROGRAM).file("files/keep", "");
      var source = cli.execute("""
          name: source
          cmd: echo "$TITLE ${WORD}" | tee ${OUT}
          args: {WORD: first}
          outputs: [{out.txt: OUT}]
          env: {vars: {TITLE: old}}
          """).good().job();

      var ended = cli.program("python", "program.py", source).end().good();

      assertThat(ended.out()).containsSubsequence("done: True", "fork: bt1", "done: True");
      assertThat(cli.work().resolve("fork.txt")).hasContent("new forked");
      assertThat(cli.work().resolve("files/fork.txt")).hasContent("new forked");
      assertThat(cli.work().resolve("files/stdout.log")).hasContent("new forked");
    }
  }
}
