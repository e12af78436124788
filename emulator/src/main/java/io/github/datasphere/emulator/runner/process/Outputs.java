package io.github.datasphere.emulator.runner.process;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.plan.MissingOutput;
import io.github.datasphere.emulator.runner.plan.OutputPlan;
import io.github.datasphere.emulator.runner.plan.ZipStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stores the outputs that a job left (service-behaviour 4.19, 4.20, 10.26, 10.38). */
final class Outputs {
  private final FileStore files;
  private final ProjectId project;
  private final Boundary boundary;
  private final long limitBytes;

  Outputs(FileStore files, ProjectId project, Boundary boundary, long limitBytes) {
    this.files = files;
    this.project = project;
    this.boundary = boundary;
    this.limitBytes = limitBytes;
  }

  /** What is stored of these, and adds to {@code errors} what is not. */
  List<JobFile> store(List<OutputPlan> outputs, List<FileError> errors) {
    var stored = new ArrayList<JobFile>();
    for (var output : outputs) {
      try {
        store(output, stored, errors);
      } catch (FileRejectedException e) {
        errors.add(failed(output, rejected(e)));
      } catch (StorageException e) {
        errors.add(failed(output, String.valueOf(e.getMessage())));
      } catch (IOException | InvalidPathException e) {
        errors.add(failed(output, "It could not be read: " + e));
      }
    }
    return stored;
  }

  private void store(OutputPlan output, List<JobFile> stored, List<FileError> errors)
      throws IOException {
    var path = Path.of(output.path());
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      errors.add(MissingOutput.of(output));
      return;
    }
    var refusal = boundary.refusalOfPath(path);
    if (refusal.isPresent()) {
      errors.add(failed(output, refusal.get()));
    } else if (Files.isDirectory(path)) {
      storeDirectory(output, path, stored, errors);
    } else if (Files.size(path) > limitBytes) {
      errors.add(failed(output, tooLarge()));
    } else {
      try (var content = Files.newInputStream(path)) {
        stored.add(put(output, content, Compression.NONE));
      }
    }
  }

  private void storeDirectory(
      OutputPlan output, Path path, List<JobFile> stored, List<FileError> errors)
      throws IOException {
    var entries = new DirectoryEntries(path, output.archiveRoot(), boundary);
    try (var content = new ZipStream(entries)) {
      stored.add(put(output, content, Compression.ZIP));
    }
    var refused = entries.refused();
    if (!refused.isEmpty()) {
      errors.add(failed(output, "Stored without " + String.join("; ", refused)));
    }
  }

  private JobFile put(OutputPlan output, InputStream content, Compression compression)
      throws IOException {
    try (var staged = files.stage(project, content, limitBytes)) {
      staged.publish();
      return new JobFile(output.desc(), staged.key().sha256(), staged.sizeBytes(), compression);
    }
  }

  private String rejected(FileRejectedException e) {
    return switch (e.reason()) {
      case TOO_LARGE -> tooLarge();
      case NO_SPACE, WRONG_CONTENT -> String.valueOf(e.getMessage());
    };
  }

  private String tooLarge() {
    return "It is larger than the " + limitBytes + " bytes that an output may have";
  }

  private static FileError failed(OutputPlan output, String description) {
    return new FileError.Output(output.desc(), FileError.Type.UPLOAD_FAILED, description);
  }
}
