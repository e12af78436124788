package io.github.datasphere.emulator.job.operation;

/** The calls that answer with an operation. */
public enum OperationKind {
  CREATE("Create job"),
  CLONE("Clone job"),
  EXECUTE("Execute job"),
  DELETE("Delete job"),
  DELETE_DATA("Delete job data"),
  DELETE_ALL_DATA("Delete all job data of project"),
  CREATE_PROJECT("Create project");

  private final String description;

  OperationKind(String description) {
    this.description = description;
  }

  public String description() {
    return description;
  }
}
