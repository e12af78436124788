package io.github.datasphere.emulator.store.h2.payload;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.FileError;
import io.github.datasphere.emulator.job.OutputDataset;
import io.github.datasphere.emulator.job.spec.Compression;
import io.github.datasphere.emulator.job.spec.FileDesc;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.spec.OutputDatasetDesc;

/** Writes and reads files and what became of them. */
final class FileFields {
  private FileFields() {}

  static FieldWriter write(FileDesc desc) {
    return new FieldWriter().text(1, desc.path()).text(2, desc.var());
  }

  static FileDesc desc(FieldReader from) {
    return new FileDesc(from.text(1), from.text(2));
  }

  static FieldWriter write(JobFile file) {
    return new FieldWriter()
        .text(1, file.desc().path())
        .text(2, file.desc().var())
        .text(3, file.sha256())
        .number(4, file.sizeBytes())
        .text(5, file.compression().name());
  }

  static JobFile file(FieldReader from) {
    return new JobFile(desc(from), from.text(3), from.number(4), Compression.valueOf(from.text(5)));
  }

  static FieldWriter write(FileError error) {
    var to = new FieldWriter().text(1, error.type().name()).text(2, error.description());
    if (error instanceof FileError.Output output) {
      return to.message(3, write(output.desc()));
    }
    if (error instanceof FileError.Log log) {
      return to.text(4, log.name());
    }
    throw new AssertionError(error);
  }

  static FileError error(FieldReader from) {
    var type = FileError.Type.valueOf(from.text(1));
    var description = from.text(2);
    return from.message(3)
        .<FileError>map(desc -> new FileError.Output(desc(desc), type, description))
        .orElseGet(() -> new FileError.Log(from.text(4), type, description));
  }

  static FieldWriter write(OutputDatasetDesc desc) {
    return new FieldWriter()
        .text(1, desc.name())
        .text(2, desc.description())
        .map(3, desc.labels())
        .number(4, desc.sizeGb())
        .text(5, desc.var());
  }

  static OutputDatasetDesc datasetDesc(FieldReader from) {
    return new OutputDatasetDesc(
        from.text(1), from.text(2), from.map(3), from.number(4), from.text(5));
  }

  static FieldWriter write(OutputDataset dataset) {
    return new FieldWriter().message(1, write(dataset.desc())).text(2, dataset.id());
  }

  static OutputDataset dataset(FieldReader from) {
    return new OutputDataset(datasetDesc(from.message(1).orElseThrow()), from.text(2));
  }

  static FieldWriter write(Collected collected) {
    return new FieldWriter()
        .each(1, collected.outputFiles(), FileFields::write)
        .each(2, collected.logFiles(), FileFields::write)
        .each(3, collected.diagnosticFiles(), FileFields::write)
        .each(4, collected.errors(), FileFields::write)
        .each(5, collected.datasets(), FileFields::write);
  }

  static Collected collected(FieldReader from) {
    return new Collected(
        from.each(1, FileFields::file),
        from.each(2, FileFields::file),
        from.each(3, FileFields::file),
        from.each(4, FileFields::error),
        from.each(5, FileFields::dataset));
  }
}
