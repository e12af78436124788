package io.github.datasphere.emulator.job.validation;

import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.JobParameters;
import java.util.List;
import java.util.regex.Pattern;

/** What may be uploaded, and which outputs may be declared (service-behaviour 2.17, 2.18). */
final class FileRules {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private FileRules() {}

  static void check(Violations at, JobParameters parameters) {
    checkInputs(at, parameters.inputFiles());
    checkOutputs(at, parameters.outputFiles());
    checkLocalModules(at.at("env").at("python_env"), parameters.localModules());
    checkTotal(at, parameters);
  }

  /** Whether a list is short enough to be looked at entry by entry; complains if not. */
  static boolean checkCount(Violations list, int count, int limit) {
    return list.require(count <= limit, "must have at most " + limit + " entries but has " + count);
  }

  private static void checkInputs(Violations at, List<JobFile> files) {
    if (!checkCount(at.at("input_files"), files.size(), Limits.LIST_ENTRIES)) {
      return;
    }
    for (int i = 0; i < files.size(); i++) {
      var file = at.at("input_files", i);
      PathRules.checkPlace(file.at("desc"), files.get(i).desc());
      if (files.get(i).compression() != Compression.ZIP) {
        PathRules.checkFile(file.at("desc"), files.get(i).desc());
      }
      checkContent(file, files.get(i));
    }
    PathRules.checkNested(
        at, "input_files", files.stream().map(JobFile::desc).toList(), "desc.path");
  }

  private static void checkOutputs(Violations at, List<FileDesc> outputs) {
    if (!checkCount(at.at("output_files"), outputs.size(), Limits.LIST_ENTRIES)) {
      return;
    }
    for (int i = 0; i < outputs.size(); i++) {
      PathRules.checkPlace(at.at("output_files", i), outputs.get(i));
    }
    PathRules.checkNested(at, "output_files", outputs, "path");
  }

  /** Their paths are temporary ones of the client and mean nothing (service-behaviour 2.9). */
  private static void checkLocalModules(Violations python, List<JobFile> modules) {
    if (!checkCount(python.at("local_modules"), modules.size(), Limits.LOCAL_MODULES)) {
      return;
    }
    for (int i = 0; i < modules.size(); i++) {
      var file = python.at("local_modules", i);
      var path = file.at("desc").at("path");
      if (TextRules.checkGiven(path, modules.get(i).desc().path())) {
        PathRules.checkSize(path, modules.get(i).desc().path());
      }
      TextRules.check(file.at("desc").at("var"), modules.get(i).desc().var());
      checkContent(file, modules.get(i));
    }
  }

  private static void checkContent(Violations at, JobFile file) {
    var isDigest = at.at("sha256")
        .require(
            SHA256.matcher(file.sha256()).matches(),
            "must be 64 lower-case hexadecimal digits: " + Text.quote(file.sha256()));
    var size = at.at("size_bytes");
    if (!size.require(file.sizeBytes() >= 0, "must not be negative: " + file.sizeBytes())) {
      return;
    }
    size.require(
        file.sizeBytes() <= Limits.FILE_BYTES,
        Text.quote(file.desc().label())
            + " has "
            + file.sizeBytes()
            + " bytes, the limit is "
            + Limits.FILE_BYTES);
    var isEmpty = file.sha256().equals(JobFile.EMPTY_SHA256);
    if (isDigest) {
      size.require(
          isEmpty == (file.sizeBytes() == 0),
          "does not fit the sha256, which is " + (isEmpty ? "" : "not ") + "that of an empty file");
    }
  }

  private static void checkTotal(Violations at, JobParameters parameters) {
    long total = 0;
    for (var file : parameters.uploads()) {
      // Never beyond what a long holds, whatever was sent
      total = Math.min(
          total + Math.max(0, Math.min(file.sizeBytes(), Limits.UPLOAD_BYTES)),
          Limits.UPLOAD_BYTES + 1);
    }
    at.at("input_files")
        .require(
            total <= Limits.UPLOAD_BYTES,
            "all inputs and local modules together must be at most "
                + Limits.UPLOAD_BYTES
                + " bytes");
  }
}
