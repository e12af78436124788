package io.github.datasphere.emulator.grpc.interception;

import io.github.datasphere.emulator.tokens.Access;
import io.github.datasphere.emulator.tokens.Access.Refused;
import io.github.datasphere.emulator.tokens.TokenService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.Set;
import java.util.function.Supplier;

/** Admits a call if it has a valid token (service-behaviour 1.7, 10.30). */
public final class AuthInterceptor implements ServerInterceptor {
  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /**
   * Services that clients call before they have a token, or to get one (docs/clients.md 8, pitfall
   * 7).
   */
  private static final Set<String> OPEN = Set.of(
      "yandex.cloud.iam.v1.IamTokenService/Create",
      "yandex.cloud.endpoint.ApiEndpointService/Get",
      "yandex.cloud.endpoint.ApiEndpointService/List");

  private final Supplier<TokenService> tokens;

  public AuthInterceptor(Supplier<TokenService> tokens) {
    this.tokens = tokens;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (OPEN.contains(call.getMethodDescriptor().getFullMethodName())) {
      return next.startCall(call, headers);
    }
    var access = tokens.get().authenticate(headers.get(AUTHORIZATION));
    if (access instanceof Refused refused) {
      throw Callers.refusal(refused);
    }
    var context = Context.current().withValue(Callers.CURRENT, (Access.Granted) access);
    return Contexts.interceptCall(context, call, headers, next);
  }
}
