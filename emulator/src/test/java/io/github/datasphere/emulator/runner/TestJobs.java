package io.github.datasphere.emulator.runner;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Submission;
import io.github.datasphere.emulator.job.id.IdSource;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.job.spec.WorkingStorage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts jobs together for tests of runners. */
public final class TestJobs {
  public static final ProjectId PROJECT = new ProjectId("bt1project");

  private final IdSource ids = new IdSource(new SecureRandom());
  private final String cmd;
  private @Nullable JobId id;
  private final List<JobFile> inputs = new ArrayList<>();
  private final List<FileDesc> outputs = new ArrayList<>();
  private final List<OutputDatasetDesc> outputDatasets = new ArrayList<>();
  private final List<Argument> arguments = new ArrayList<>();
  private final List<String> s3 = new ArrayList<>();
  private final List<String> datasets = new ArrayList<>();
  private final Map<String, String> vars = new LinkedHashMap<>();
  private @Nullable PythonEnv python;
  private @Nullable DockerImage image;
  private @Nullable String spark;
  private @Nullable WorkingStorage storage;
  private boolean projectDisk;

  private TestJobs(String cmd) {
    this.cmd = cmd;
  }

  /** A job that runs this command. */
  public static TestJobs job(String cmd) {
    return new TestJobs(cmd);
  }

  /** The job as the engine hands it over once its run is over. */
  public static Job ended(Job job, @Nullable Ending ending) {
    return with(
        job,
        JobStatus.UPLOADING_OUTPUT,
        new Execution(null, "c1.4", null, null, null, ending, null));
  }

  /** The job as a later emulator finds it. */
  public static Job executing(Job job) {
    var execution = new Execution(null, "c1.4", Instant.EPOCH, null, null, null, null);
    return with(job, JobStatus.EXECUTING, execution);
  }

  private static Job with(Job job, JobStatus status, Execution execution) {
    return new Job(
        job.id(),
        job.projectId(),
        job.seq(),
        job.submission(),
        status,
        "",
        execution,
        null,
        Collected.NOTHING,
        job.data());
  }

  public TestJobs input(JobFile file) {
    inputs.add(file);
    return this;
  }

  public TestJobs output(String path, String var) {
    outputs.add(new FileDesc(path, var));
    return this;
  }

  public TestJobs outputDataset(String name, String var) {
    outputDatasets.add(new OutputDatasetDesc(name, "", Map.of(), 1, var));
    return this;
  }

  public TestJobs argument(String name, String value) {
    arguments.add(new Argument(name, value));
    return this;
  }

  public TestJobs s3(String id) {
    s3.add(id);
    return this;
  }

  public TestJobs dataset(String id) {
    datasets.add(id);
    return this;
  }

  public TestJobs var(String name, String value) {
    vars.put(name, value);
    return this;
  }

  public TestJobs python(PythonEnv environment) {
    python = environment;
    return this;
  }

  public TestJobs image(DockerImage dockerImage) {
    image = dockerImage;
    return this;
  }

  public TestJobs spark(String connector) {
    spark = connector;
    return this;
  }

  public TestJobs workingStorage(long sizeGb) {
    storage = new WorkingStorage(WorkingStorage.Type.SSD, sizeGb);
    return this;
  }

  public TestJobs projectDisk() {
    projectDisk = true;
    return this;
  }

  public TestJobs id(String jobId) {
    id = new JobId(jobId);
    return this;
  }

  public Job build() {
    var parameters = new JobParameters(
        inputs,
        outputs,
        s3,
        datasets,
        cmd,
        new Environment(vars, image, python),
        projectDisk,
        List.of("c1.4"),
        storage,
        arguments,
        outputDatasets,
        null,
        spark);
    return new Job(
        id == null ? ids.nextJob() : id,
        PROJECT,
        1,
        new Submission("test", "", "", parameters, Instant.EPOCH, "tester", null),
        JobStatus.PREPARING,
        "",
        new Execution(null, "c1.4", null, null, null, null, null),
        null,
        Collected.NOTHING,
        new DataRetention(null, null, false));
  }
}
