package io.github.datasphere.emulator.runner.plan;

import static io.github.datasphere.emulator.runner.TestJobs.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.PipOptions;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.runner.JobResources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobPlannerTest {
  private static final SandboxPaths LAYOUT = new SandboxPaths("/job", "/logs");
  private static final JobResources NOTHING = JobResources.within(Path.of("/emulator"));

  @Test
  void filesWithVariablesGetNamesOfTheirOwn() throws PreparationException {
    var file = file("data/in.csv", "MY_Data", Compression.NONE);
    var job = job("wc ${MY_Data} > ${Out}")
        .input(file)
        .output("/tmp/x/out.txt", "Out")
        .build();

    var plan = plan(job);

    var placed = ((Placement.Plain) plan.placements().get(0)).path();
    assertThat(placed).matches("/job/my_data_[a-z0-9]{3}");
    var output = plan.outputs().get(0);
    assertThat(output.path()).matches("/job/out_[a-z0-9]{3}");
    assertThat(output.archiveRoot()).isEqualTo("out.txt");
    assertThat(plan.script()).isEqualTo("( wc " + placed + " > " + output.path() + "\n)\n");
  }

  @Test
  void filesWithoutVariablesKeepTheirPaths() throws PreparationException {
    var job = job("true")
        .input(file("./a//b.txt", "", Compression.NONE))
        .input(file("dir/sub", "", Compression.ZIP))
        .output("out/model/", "")
        .build();

    var plan = plan(job);

    assertThat(plan.placements())
        .containsExactly(
            new Placement.Plain(job.parameters().inputFiles().get(0), "/job/a/b.txt"),
            new Placement.Archive(job.parameters().inputFiles().get(1), "/job/dir/sub", "sub"));
    assertThat(plan.outputs().get(0).path()).isEqualTo("/job/out/model");
    assertThat(plan.outputs().get(0).archiveRoot()).isEqualTo("model");
  }

  @Test
  void aPathOfManyDotsIsPlacedAsAnyOther() throws PreparationException {
    var path = "./".repeat(2_000) + "in.txt";

    assertThat(plan(job("true").input(file(path, "", Compression.NONE)).build()).placements())
        .extracting(placement -> ((Placement.Plain) placement).path())
        .containsExactly("/job/in.txt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "../x",
        "a/../../x",
        ".",
        "./",
        "a/..",
        "..",
        "../",
        "a/b/../../..",
        "/",
        "//etc/passwd",
        "/job/../etc",
        "./../x",
        "a//../../x",
        ".//.",
        "a/./../.."
      })
  void pathsThatLeadOutOrNameTheDirectoryItselfAreRefused(String path) {
    assertThatThrownBy(
            () -> plan(job("true").input(file(path, "", Compression.NONE)).build()))
        .isInstanceOf(PreparationException.class)
        .hasMessageContaining(path);
  }

  @Test
  void localModulesAreUnpackedIntoTheRoot() throws PreparationException {
    var module = file("/tmp/tmpyyyy", "_LOCAL_MODULE_0", Compression.ZIP);
    var python = new PythonEnv("", "3.10", List.of(), List.of(module), PipOptions.NONE);

    assertThat(plan(job("python main.py").python(python).build()).placements())
        .containsExactly(new Placement.Archive(module, "/job", ""));
  }

  @Test
  void onlyKnownNamesInBracesAreReplaced() throws PreparationException {
    var job = job("echo ${A} $A {{A}} ${A:-x} ${B} ${} ${A}${A} $${A} \\${A} ${bt1s3}")
        .argument("A", "${B} \\1 $0")
        .s3("bt1s3")
        .build();
    var resources = withS3("bt1s3");

    var plan = new JobPlanner(resources).plan(job, names(job), LAYOUT);

    var a = "${B} \\1 $0";
    assertThat(plan.script())
        .isEqualTo("( echo " + a + " $A {{A}} ${A:-x} ${B} ${} " + a + a + " $" + a + " \\" + a
            + " /job/s3/bt1s3\n)\n");
  }

  @Test
  void projectDiskIsThereOnlyIfAskedFor() throws PreparationException {
    var with = plan(job("ls ${DS_PROJECT_HOME}").projectDisk().build());
    var without = plan(job("ls ${DS_PROJECT_HOME}").build());

    assertThat(with.script()).contains("ls /job/project");
    assertThat(with.variables()).containsEntry("DS_PROJECT_HOME", "/job/project");
    assertThat(with.mounts())
        .containsExactly(new Mount(
            "/job/project",
            Path.of("/emulator/project-disks/bt1project"),
            true,
            true,
            "project disk"));
    assertThat(without.script()).contains("${DS_PROJECT_HOME}");
    assertThat(without.variables()).doesNotContainKey("DS_PROJECT_HOME");
  }

  @Test
  void variablesOfTheJobWinOverSecrets() throws PreparationException {
    var resources = new JobResources(
        Map.of("A", "secret", "B-C", "dash"),
        NOTHING.folders(),
        "t1.x",
        Map.of(),
        NOTHING.limits());
    var job = job("true").var("A", "own").build();

    var variables = new JobPlanner(resources).plan(job, names(job), LAYOUT).variables();

    assertThat(variables)
        .containsEntry("A", "own")
        .containsEntry("B-C", "dash")
        .containsEntry("JOB_PROGRESS_FILENAME", "/logs/progress.json")
        .containsEntry("SA_TOKEN_FILENAME", "/logs/sa_token");
  }

  @Test
  void pythonOfTheJobIsFirstInThePath() throws PreparationException {
    var python = new PythonEnv("", "3.10", List.of(), List.of(), PipOptions.NONE);
    var plan = plan(job("python x.py").python(python).build());

    var environment = plan.environment(Map.of("PATH", "/usr/bin", "LANG", "C"));

    var venv = environment.get("VIRTUAL_ENV");
    assertThat(venv).matches("/job/\\.job_python_venv_[A-Za-z0-9]{3}");
    assertThat(environment)
        .containsEntry("PATH", venv + "/bin:/usr/bin")
        .containsEntry("LANG", "C");
  }

  @Test
  void variableThatNoProcessCanHoldIsNamed() {
    assertThatThrownBy(() -> plan(job("true").var("BIG", "x".repeat(200_000)).build()))
        .hasMessageContaining("BIG")
        .hasMessageContaining("input file");
    assertThatThrownBy(() -> plan(job("true").var("A=B", "x").build())).hasMessageContaining("A=B");
    assertThatThrownBy(() -> plan(job("true").var("NUL", "a\0b").build()))
        .hasMessageContaining("NUL");
  }

  @Test
  void sparkJobMayNotChangeItsImage() {
    var job =
        job("true").spark("bt1spark").image(new DockerImage.Resource("b1g")).build();

    assertThatThrownBy(() -> plan(job)).hasMessageContaining("docker");
  }

  @Test
  void idsDoNotLeadOutOfTheFoldersOfTheEmulator() {
    assertThatThrownBy(() -> plan(job("true").dataset("../secret").build()))
        .isInstanceOf(PreparationException.class);
  }

  private static JobResources withS3(String id) {
    var folders = NOTHING.folders();
    return new JobResources(
        Map.of(),
        new JobResources.Folders(
            Map.of(),
            Map.of(id, new JobResources.S3Folder(Path.of("/bucket"), false)),
            Map.of(),
            folders.projectDisks(),
            folders.outputDatasets(),
            folders.pipCache()),
        null,
        Map.of(),
        NOTHING.limits());
  }

  private static JobPlan plan(Job job) throws PreparationException {
    return new JobPlanner(NOTHING).plan(job, names(job), LAYOUT);
  }

  private static PlanNames names(Job job) {
    return PlanNames.choose(job.parameters(), new IdSource(new Random(1)));
  }

  private static JobFile file(String path, String var, Compression compression) {
    return new JobFile(new FileDesc(path, var), "ab".repeat(32), 1, compression);
  }
}
