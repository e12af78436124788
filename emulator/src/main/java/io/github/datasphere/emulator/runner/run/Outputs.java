package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.plan.ArchiveStream;
import io.github.datasphere.emulator.runner.plan.MissingOutput;
import io.github.datasphere.emulator.runner.plan.OutputPlan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Stores the outputs that a job left (service-behaviour 4.19, 4.20, 10.26, 10.38, 10.42). */
final class Outputs {
  private final Job job;
  private final FileStore files;
  private final RunnerEvents events;
  private final JobFiles left;
  private final long limitBytes;
  private final Consumer<String> remarks;

  Outputs(
      Job job,
      FileStore files,
      RunnerEvents events,
      JobFiles left,
      long limitBytes,
      Consumer<String> remarks) {
    this.job = job;
    this.files = files;
    this.events = events;
    this.left = left;
    this.limitBytes = limitBytes;
    this.remarks = remarks;
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
      } catch (IOException e) {
        errors.add(failed(output, "It could not be read: " + e.getMessage()));
      }
    }
    return stored;
  }

  private void store(OutputPlan output, List<JobFile> stored, List<FileError> errors)
      throws IOException {
    var found = left.find(output.path());
    if (found instanceof JobFiles.Found.Nothing) {
      errors.add(MissingOutput.of(output));
    } else if (found instanceof JobFiles.Found.Refused refusal) {
      errors.add(failed(output, refusal.reason()));
    } else if (found instanceof JobFiles.Found.Directory directory) {
      storeDirectory(output, directory, stored, errors);
    } else if (found instanceof JobFiles.Found.File file) {
      if (file.size() > limitBytes) {
        errors.add(failed(output, tooLarge()));
        return;
      }
      try (var content = left.open(file)) {
        stored.add(put(output, content, Compression.NONE));
      }
    } else {
      throw new AssertionError(found);
    }
  }

  private void storeDirectory(
      OutputPlan output,
      JobFiles.Found.Directory directory,
      List<JobFile> stored,
      List<FileError> errors)
      throws IOException {
    try (var entries = left.entries(directory, output.archiveRoot(), limitBytes);
        var content = ArchiveStream.zip(entries)) {
      stored.add(put(output, content, Compression.ZIP));
      entries
          .renamed()
          .forEach(name -> remarks.accept("Output " + output.desc().label() + ": " + name));
      if (!entries.refused().isEmpty()) {
        errors.add(failed(output, "Stored without " + String.join("; ", entries.refused())));
      }
    }
  }

  private JobFile put(OutputPlan output, InputStream content, Compression compression)
      throws IOException {
    try (var staged = files.stage(job.projectId(), content, limitBytes)) {
      events.publish(job.id(), staged);
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
