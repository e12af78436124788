package io.github.datasphere.emulator.testing;

import com.google.protobuf.Internal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Converts requests to the classes of a test: the official SDK has other classes for the same
 * messages.
 */
final class RequestTypes {
  private RequestTypes() {}

  /**
   * Returns the name of the message of this class, such as
   * {@code yandex.cloud.operation.Operation}.
   */
  static String nameOf(Class<? extends Message> type) {
    return Internal.getDefaultInstance(type).getDescriptorForType().getFullName();
  }

  /** Whether a field of the request, named as in the proto, has this value as text. */
  static boolean reads(Message request, String field, String value) {
    var found = request.getDescriptorForType().findFieldByName(field);
    return found != null
        && String.valueOf(KnownFields.of(request).getField(found)).equals(value);
  }

  /**
   * Returns the request as this class; empty if there is no request, or if it is another message.
   */
  static <Q extends Message> Optional<Q> as(Class<Q> type, @Nullable Message request) {
    if (request == null || type.isInstance(request)) {
      return Optional.ofNullable(request).map(type::cast);
    }
    if (!nameOf(type).equals(request.getDescriptorForType().getFullName())) {
      return Optional.empty();
    }
    try {
      var parser = Internal.getDefaultInstance(type).getParserForType();
      return Optional.of(type.cast(parser.parseFrom(request.toByteString())));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "a request cannot be read as " + type.getName() + ", whose API may be another", e);
    }
  }
}
