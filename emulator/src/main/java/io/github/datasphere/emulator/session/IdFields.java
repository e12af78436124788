package io.github.datasphere.emulator.session;

import com.google.protobuf.Descriptors.FieldDescriptor;

/** The fields whose values name something of the service, and differ from one to another. */
public final class IdFields {
  /** Endpoints have words for ids, such as {@code datasphere}. */
  private static final String ENDPOINTS = "yandex.cloud.endpoint";

  private IdFields() {}

  public static boolean isOne(FieldDescriptor field) {
    var name = field.getName();
    if (field.getFile().getPackage().equals(ENDPOINTS)) {
      return false;
    }
    return field.getType() == FieldDescriptor.Type.STRING
        && (name.equals("id")
            || name.endsWith("_id")
            || name.endsWith("_ids")
            || name.endsWith("page_token")
            || name.equals("created_by"));
  }
}
