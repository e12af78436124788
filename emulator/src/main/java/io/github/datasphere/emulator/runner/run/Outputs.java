package io.github.datasphere.emulator.runner.run;

import io.github.datasphere.emulator.files.FileRejectedException;
import io.github.datasphere.emulator.files.FileStore;
import io.github.datasphere.emulator.files.StorageException;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.runner.CancelledException;
import io.github.datasphere.emulator.runner.RunnerEvents;
import io.github.datasphere.emulator.runner.archive.ArchiveStream;
import io.github.datasphere.emulator.runner.plan.MissingOutput;
import io.github.datasphere.emulator.runner.plan.OutputPlan;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stores the outputs that a job left (service-behaviour 4.19, 4.20, 10.26, 10.38, 10.42). */
final class Outputs {
  private final Job job;
  private final FileStore files;
  private final RunnerEvents events;
  private final JobFiles left;
  private final long limitBytes;
  private final Collecting collecting;
  private final Consumer<String> remarks;

  Outputs(
      RunnerParts parts, Job job, JobFiles left, Collecting collecting, Consumer<String> remarks) {
    this.job = job;
    this.files = parts.ports().files();
    this.events = parts.events();
    this.left = left;
    this.limitBytes = parts.resources().limits().outputBytes();
    this.collecting = collecting;
    this.remarks = remarks;
  }

  /**
   * Stores these outputs. Returns the files that were stored, and adds the others to
   * {@code errors}.
   */
  List<JobFile> store(List<OutputPlan> outputs, List<FileError> errors) {
    var stored = new ArrayList<JobFile>();
    for (var output : outputs) {
      try {
        var outcome = collecting.insist(() -> store(output));
        outcome.file().ifPresent(stored::add);
        outcome.error().ifPresent(errors::add);
      } catch (CancelledException e) {
        errors.add(failed(output, "The job was cancelled before it was stored"));
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

  /** What became of one output. */
  private record Outcome(Optional<JobFile> file, Optional<FileError> error) {
    static Outcome of(JobFile file) {
      return new Outcome(Optional.of(file), Optional.empty());
    }

    static Outcome of(FileError error) {
      return new Outcome(Optional.empty(), Optional.of(error));
    }
  }

  private Outcome store(OutputPlan output) throws IOException {
    var found = left.find(output.path());
    if (found instanceof JobFiles.Found.Nothing) {
      return Outcome.of(MissingOutput.of(output));
    }
    if (found instanceof JobFiles.Found.Refused refusal) {
      return Outcome.of(failed(output, refusal.reason()));
    }
    if (found instanceof JobFiles.Found.Directory directory) {
      return storeDirectory(output, directory);
    }
    if (found instanceof JobFiles.Found.File file) {
      if (file.size() > limitBytes) {
        return Outcome.of(failed(output, tooLarge()));
      }
      try (var content = left.open(file)) {
        return Outcome.of(put(output, content, Compression.NONE));
      }
    }
    throw new AssertionError(found);
  }

  private Outcome storeDirectory(OutputPlan output, JobFiles.Found.Directory directory)
      throws IOException {
    try (var entries = left.entries(directory, output.archiveRoot(), limitBytes);
        var content = ArchiveStream.zip(entries)) {
      var stored = put(output, content, Compression.ZIP);
      entries
          .renamed()
          .forEach(name -> remarks.accept("Output " + output.desc().label() + ": " + name));
      var refused = entries.refused().isEmpty()
          ? Optional.<FileError>empty()
          : Optional.of(failed(output, "Stored without " + String.join("; ", entries.refused())));
      return new Outcome(Optional.of(stored), refused);
    }
  }

  private JobFile put(OutputPlan output, InputStream content, Compression compression)
      throws IOException {
    try (var staged =
        files.stage(job.projectId(), new Cancellable(content, collecting::check), limitBytes)) {
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
