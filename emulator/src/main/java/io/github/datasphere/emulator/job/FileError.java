package io.github.datasphere.emulator.job;

import io.github.datasphere.emulator.job.spec.FileDesc;

/** A file that should be there at the end of the job and is not (service-behaviour 3.6, 3.7). */
public sealed interface FileError {
  Type type();

  String description();

  /** Returns the name of the file in messages. */
  String label();

  /** Why the file is not there. */
  enum Type {
    UPLOAD_FAILED,
    NOT_FOUND
  }

  /** A declared output. */
  record Output(FileDesc desc, Type type, String description) implements FileError {
    @Override
    public String label() {
      return desc.label();
    }
  }

  /** A log file such as {@code system.log}. */
  record Log(String name, Type type, String description) implements FileError {
    @Override
    public String label() {
      return name;
    }
  }
}
