package io.github.datasphere.emulator.session;

import org.jspecify.annotations.Nullable;

/** JSON is not that of a message. */
public final class FieldException extends SessionException {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String problem;

  /** @param problem goes on from the field's name, such as {@code cannot be "many"} */
  FieldException(String field, String problem, @Nullable Throwable cause) {
    super("\"" + field + "\" " + problem, cause);
    this.field = field;
    this.problem = problem;
  }

  /** Returns the name that the JSON has. */
  public String field() {
    return field;
  }

  /** Returns what is wrong with it, to be said behind its name. */
  public String problem() {
    return problem;
  }
}
