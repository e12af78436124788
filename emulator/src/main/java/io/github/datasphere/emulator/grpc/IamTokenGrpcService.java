package io.github.datasphere.emulator.grpc;

import static io.github.datasphere.emulator.grpc.GrpcReplies.answer;
import static io.github.datasphere.emulator.grpc.RequestFields.given;

import io.github.datasphere.emulator.grpc.interception.Callers;
import io.github.datasphere.emulator.grpc.mapping.TimeMapping;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.tokens.Access;
import io.github.datasphere.emulator.tokens.Access.IssuedToken;
import io.github.datasphere.emulator.tokens.Access.Refused;
import io.github.datasphere.emulator.tokens.Access.TokenExchange;
import io.github.datasphere.emulator.tokens.TokenService;
import io.github.datasphere.proto.iam.CreateIamTokenForServiceAccountRequest;
import io.github.datasphere.proto.iam.CreateIamTokenRequest;
import io.github.datasphere.proto.iam.CreateIamTokenResponse;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.iam.RevokeIamTokenRequest;
import io.github.datasphere.proto.iam.RevokeIamTokenResponse;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/**
 * Exchanges the credentials of a user for the tokens that the other services demand
 * (service-behaviour 1.8, 1.9, 7.4).
 */
final class IamTokenGrpcService extends IamTokenServiceGrpc.IamTokenServiceImplBase {
  private final Supplier<TokenService> tokens;

  IamTokenGrpcService(Supplier<TokenService> tokens) {
    this.tokens = tokens;
  }

  @Override
  public void create(CreateIamTokenRequest request, StreamObserver<CreateIamTokenResponse> reply) {
    answer(reply, () -> toProto(exchange(request)));
  }

  @Override
  public void createForServiceAccount(
      CreateIamTokenForServiceAccountRequest request,
      StreamObserver<CreateIamTokenResponse> reply) {
    answer(reply, () -> {
      var account = RequestFields.id("service_account_id", request.getServiceAccountId());
      return toProto(tokens.get().ofAccount(Callers.granted(), account));
    });
  }

  @Override
  public void revoke(RevokeIamTokenRequest request, StreamObserver<RevokeIamTokenResponse> reply) {
    answer(reply, () -> {
      var revoked = tokens.get().revoke(given("iam_token", request.getIamToken()));
      if (revoked instanceof Refused refused) {
        throw Callers.refusal(refused);
      }
      return RevokeIamTokenResponse.newBuilder()
          .setSubjectId(((Access.Granted) revoked).subjectId())
          .build();
    });
  }

  private TokenExchange exchange(CreateIamTokenRequest request) {
    return switch (request.getIdentityCase()) {
      case YANDEX_PASSPORT_OAUTH_TOKEN ->
        tokens.get().exchangeOauth(request.getYandexPassportOauthToken());
      case JWT -> tokens.get().exchangeJwt(request.getJwt());
      case IDENTITY_NOT_SET ->
        throw Rejected.invalid("identity", "set yandex_passport_oauth_token or jwt")
            .asException();
    };
  }

  private static CreateIamTokenResponse toProto(TokenExchange exchange) {
    if (exchange instanceof Refused refused) {
      throw Callers.refusal(refused);
    }
    var token = (IssuedToken) exchange;
    return CreateIamTokenResponse.newBuilder()
        .setIamToken(token.value())
        .setExpiresAt(TimeMapping.toProto(token.expiresAt()))
        .build();
  }
}
