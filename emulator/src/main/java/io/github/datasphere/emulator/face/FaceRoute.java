package io.github.datasphere.emulator.face;

import com.google.protobuf.Descriptors.Descriptor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the face can do.
 *
 * @param method of HTTP
 * @param path below {@link Face#BASE}
 * @param says what it does, for its documentation
 * @param query names of the parameters of the query
 * @param request the message in the body; null if there is none
 * @param answer the message in the answer; null if the answer is no JSON
 * @param action answers a request
 */
record FaceRoute(
    String method,
    Template path,
    String says,
    List<String> query,
    @Nullable Descriptor request,
    @Nullable Descriptor answer,
    Action action) {

  /** Answers a request. */
  @FunctionalInterface
  interface Action {
    void answer(Request request) throws IOException;
  }

  boolean isRead() {
    return method.equals("GET");
  }
}
