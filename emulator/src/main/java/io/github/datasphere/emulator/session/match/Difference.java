package io.github.datasphere.emulator.session.match;

/**
 * A place where something is not as it was recorded.
 *
 * @param path of the field, such as {@code call 3 OperationService.Get reply.done}
 * @param recorded the value of the recording as text
 * @param actual the value of now as text
 */
public record Difference(String path, String recorded, String actual) {
  @Override
  public String toString() {
    return path + ": recorded " + recorded + ", now " + actual;
  }
}
