package io.github.datasphere.emulator.grpc.interception;

import io.github.datasphere.emulator.engine.Caller;
import io.github.datasphere.emulator.job.ErrorCode;
import io.github.datasphere.emulator.job.id.ProjectId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import io.github.datasphere.emulator.tokens.Access;
import io.github.datasphere.emulator.tokens.Access.Refused;
import io.github.datasphere.emulator.tokens.TokenService;
import io.grpc.Context;
import java.util.List;
import java.util.function.Supplier;

/** Knows who makes the current call, and what they may do (service-behaviour 1.7, 1.10, 10.30). */
public final class Callers {
  /** Set by {@link AuthInterceptor} for the length of a call. */
  static final Context.Key<Access.Granted> CURRENT = Context.key("datasphere-caller");

  private final Supplier<TokenService> tokens;

  public Callers(Supplier<TokenService> tokens) {
    this.tokens = tokens;
  }

  public Caller current() {
    return new Caller(granted().subjectId());
  }

  /** Refuses the call if it must not touch this project. */
  public void authorize(ProjectId project) {
    if (tokens.get().authorize(granted(), project.value()) instanceof Refused refused) {
      throw refusal(refused);
    }
  }

  /** Whether the current call may touch this project. */
  public boolean mayUse(ProjectId project) {
    return tokens.get().authorize(granted(), project.value()) instanceof Access.Granted;
  }

  public static Access.Granted granted() {
    var granted = CURRENT.get();
    if (granted == null) {
      throw new IllegalStateException("this call came past the AuthInterceptor");
    }
    return granted;
  }

  public static RejectedException refusal(Refused refused) {
    var code = switch (refused.reason()) {
      case UNAUTHENTICATED -> ErrorCode.UNAUTHENTICATED;
      case PERMISSION_DENIED -> ErrorCode.PERMISSION_DENIED;
    };
    return new Rejected(code, refused.message(), List.of()).asException();
  }
}
