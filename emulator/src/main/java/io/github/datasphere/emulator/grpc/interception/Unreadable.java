package io.github.datasphere.emulator.grpc.interception;

import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;

/**
 * Stands for a message that cannot be parsed.
 *
 * @param field the text field that is not UTF-8; empty if something else is wrong
 */
public record Unreadable(String field) {
  RejectedException refusal() {
    var refusal = field.isEmpty()
        ? Rejected.malformed("the request is no message of the type that this call takes")
        : Rejected.invalid(field, "must be valid UTF-8");
    return refusal.asException();
  }
}
