package io.github.datasphere.emulator.testing;

import com.google.protobuf.Internal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests as a test's own classes: a client of the official SDK has other ones for the same
 * messages.
 */
final class RequestTypes {
  private RequestTypes() {}

  /** Of which message this is a class, such as {@code yandex.cloud.operation.Operation}. */
  static String nameOf(Class<? extends Message> type) {
    return Internal.getDefaultInstance(type).getDescriptorForType().getFullName();
  }

  /** Whether a field of it, named as in the proto, is this as text. */
  static boolean reads(Message request, String field, String value) {
    var found = request.getDescriptorForType().findFieldByName(field);
    return found != null
        && String.valueOf(KnownFields.of(request).getField(found)).equals(value);
  }

  /** Empty if there is no request, or it is another message. */
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
          "a request can't be read as " + type.getName() + ", whose API may be another", e);
    }
  }
}
