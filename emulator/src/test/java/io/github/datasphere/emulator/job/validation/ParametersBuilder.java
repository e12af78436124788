package io.github.datasphere.emulator.job.validation;

import io.github.datasphere.emulator.job.spec.Argument;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.GracefulShutdown;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;
import io.github.datasphere.emulator.job.spec.PythonEnv;
import io.github.datasphere.emulator.job.spec.WorkingStorage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parameters for tests: {@code true} on a c1.4 unless told otherwise. Change the fields, then
 * build.
 */
public final class ParametersBuilder {
  public List<JobFile> inputs = new ArrayList<>();
  public List<FileDesc> outputs = new ArrayList<>();
  public List<String> s3 = new ArrayList<>();
  public List<String> datasets = new ArrayList<>();
  public String cmd = "true";
  public Map<String, String> vars = new LinkedHashMap<>();
  public @Nullable DockerImage image;
  public @Nullable PythonEnv python;
  public boolean projectDisk;
  public List<String> types = new ArrayList<>(List.of("c1.4"));
  public @Nullable WorkingStorage storage;
  public List<Argument> arguments = new ArrayList<>();
  public List<OutputDatasetDesc> outputDatasets = new ArrayList<>();
  public @Nullable GracefulShutdown graceful;
  public @Nullable String spark;

  /** An input of one byte with a digest that is as good as any. */
  public static JobFile input(String path, String var) {
    return file(path, var, 1);
  }

  public static JobFile file(String path, String var, long size) {
    var digest =
        size == 0 ? JobFile.EMPTY_SHA256 : "%064x".formatted(path.hashCode() & 0xffffffffL);
    return new JobFile(new FileDesc(path, var), digest, size, Compression.NONE);
  }

  public static FileDesc output(String path, String var) {
    return new FileDesc(path, var);
  }

  public JobParameters build() {
    return new JobParameters(
        inputs,
        outputs,
        s3,
        datasets,
        cmd,
        new Environment(vars, image, python),
        projectDisk,
        types,
        storage,
        arguments,
        outputDatasets,
        graceful,
        spark);
  }
}
