package io.github.datasphere.emulator.runner.docker;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.runner.Durability;
import io.github.datasphere.emulator.runner.RunnerContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that ask for what cannot be, or do their worst: they end with a word, and others go on. */
class BadJobsIT extends RunnerContract {
  @Override
  protected Factory factory() {
    return RealEngine.factory(Durability.LEASED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UPPER:tag", "a b", "../x", "x:y:z", "x@sha256:12", "http://x/y"})
  void nameOfAnImageThatIsNone(String name) {
    var ending =
        harness.run(job("true").image(new DockerImage.Registry(name, "", null)).build());

    assertFailed(ending, "cannot be the name of an image");
  }

  @ParameterizedTest
  @CsvSource({
    "b1gunknown, under 'images'",
    "system-python-9-9, python:9.9-slim",
    "trainer:1, docker: {image: \"trainer:1\"}"
  })
  void imageThatNobodyKnows(String id, String word) {
    var ending = harness.run(job("true").image(new DockerImage.Resource(id)).build());

    assertFailed(ending, word);
  }

  @Test
  void registryThatDoesNotAnswer() {
    var image = new DockerImage.Registry("127.0.0.1:1/no/such:image", "", null);

    var ending = harness.run(job("true").image(image).build());

    assertFailed(ending, "127.0.0.1:1/no/such:image");
    assertFailed(ending, "registry");
  }

  @Test
  void secretThatIsNotThere() {
    var password = new DockerImage.Password.Secret("NO-SUCH");
    var image = new DockerImage.Registry("127.0.0.1:1/x:1", "user", password);

    assertFailed(harness.run(job("true").image(image).build()), "NO-SUCH");
  }

  @Test
  void forkBombEndsAndOthersGoOn() {
    var other = harness.start(job("sleep 3; echo fine").build());
    var bomb = harness.start(job("f() { f | f & }; f; sleep 1000").build());

    assertThat(harness.awaitEnd(other.id())).isEqualTo(new Ending.Exited(0, ""));
    harness.runner().kill(bomb.id());

    assertThat(harness.awaitEnd(bomb.id()))
        .isInstanceOfSatisfying(
            Ending.Exited.class, end -> assertThat(end.returnCode()).isEqualTo(137));
    assertThat(harness.stdout(other)).isEqualTo("fine\n");
  }

  @Test
  void sparseFileOfATerabyteIsNotRead() {
    var job = job("truncate -s 1T sparse; mkdir dir; truncate -s 1T dir/sparse; echo ok > ok")
        .output("sparse", "")
        .output("dir", "")
        .output("ok", "")
        .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.outputFiles()).extracting(f -> f.desc().path()).containsExactly("ok");
    assertThat(collected.errors())
        .allSatisfy(error -> assertThat(error.description()).contains("larger"))
        .extracting(FileError::type)
        .containsOnly(FileError.Type.UPLOAD_FAILED)
        .hasSize(2);
  }

  @Test
  void devicesSocketsPipesAndLinksThatLeadOutAreNotOutputs() {
    var socket = "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"sock\")'";
    var job = job("mknod dev c 1 5; mkfifo pipe; " + socket + "; ln -s /etc/passwd link;"
            + " ln -s /dev/zero zero; mkdir d; cp -a dev pipe sock link d; echo fine > d/fine")
        .output("dev", "")
        .output("pipe", "")
        .output("sock", "")
        .output("link", "")
        .output("zero", "")
        .output("d", "")
        .build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.outputFiles()).extracting(f -> f.desc().path()).containsExactly("d");
    assertThat(harness.unzip(collected.outputFiles().get(0))).containsOnlyKeys("d/", "d/fine");
    assertThat(collected.errors())
        .extracting(FileError::type)
        .containsOnly(FileError.Type.UPLOAD_FAILED)
        .hasSize(6);
    assertThat(collected.errors())
        .extracting(FileError::description)
        .allMatch(text -> text.contains("socket, pipe or device") || text.contains("leads out"));
  }

  @Test
  void manySmallOutputFilesAreOneArchive() {
    int count = 3_000;
    var write = "import os; os.mkdir(\"d\"); [open(f\"d/{i}\", \"w\").write(str(i)) for i in range("
        + count + ")]";
    var job = job("python3 -c '" + write + "'").output("d", "").build();
    harness.run(job);

    var collected = harness.collect(job);

    assertThat(collected.errors()).isEmpty();
    assertThat(harness.unzip(collected.outputFiles().get(0)))
        .hasSize(count + 1)
        .containsEntry("d/" + (count - 1), Integer.toString(count - 1));
  }

  @Test
  void environmentOfStrangeTexts() {
    var text = "a=b\n'c' \"d\" $e `f` \\g";
    var large = "x".repeat(100_000);
    var job = job("printf %s \"$TEXT\"; echo; printf %s \"$LARGE\" | wc -c; printenv MY-SECRET")
        .var("TEXT", text)
        .var("LARGE", large)
        .build();

    harness.run(job);

    assertThat(harness.stdout(job)).isEqualTo(text + "\n100000\ns3cr3t \"quoted\"\n");
  }

  @Test
  void hundredMegabytesOfLogPassWhole() {
    var job =
        job("head -c 104000000 /dev/zero | tr '\\0' x; echo; echo end >&2").build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).hasSize(104_000_001);
    assertThat(harness.stderr(job)).isEqualTo("end\n");
  }

  @Test
  void fullDiskIsTheJobsOwn() {
    var job = job("head -c 400M /dev/zero > /dev/shm/x; echo code $?").build();

    assertThat(harness.run(job)).isEqualTo(new Ending.Exited(0, ""));
    assertThat(harness.stdout(job)).isEqualTo("code 1\n");
    assertThat(harness.stderr(job)).contains("No space left");
  }

  private static void assertFailed(Ending ending, String word) {
    assertThat(ending).isInstanceOf(Ending.Failed.class);
    assertThat(((Ending.Failed) ending).code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
    assertThat(((Ending.Failed) ending).message()).contains(word);
  }
}
