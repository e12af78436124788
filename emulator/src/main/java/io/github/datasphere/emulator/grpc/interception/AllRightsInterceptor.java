package io.github.datasphere.emulator.grpc.interception;

import io.github.datasphere.emulator.tokens.Access.Refused;
import io.github.datasphere.emulator.tokens.TokenService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.function.Supplier;

/**
 * Admits calls that concern all projects; if tokens are listed, only with a token that is good for
 * all projects.
 */
public final class AllRightsInterceptor implements ServerInterceptor {
  private final Supplier<TokenService> tokens;

  public AllRightsInterceptor(Supplier<TokenService> tokens) {
    this.tokens = tokens;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    var access = tokens.get().authorizeAll(headers.get(AuthInterceptor.AUTHORIZATION));
    if (access instanceof Refused refused) {
      throw Callers.refusal(refused);
    }
    return next.startCall(call, headers);
  }
}
