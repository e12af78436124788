package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static io.github.datasphere.emulator.grpc.behaviour.Known.REAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.emulator.tokens.TokenRules;
import io.github.datasphere.proto.iam.CreateIamTokenRequest;
import io.github.datasphere.proto.iam.CreateIamTokenResponse;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Rpc("IamTokenService/Create")
class CreateIamTokenTest extends BehaviourTest {
  @Test
  @Evidence(value = CLIENT, at = "1.8", says = "exchanges an OAuth token, without any other token")
  void exchangesAnOauthToken() {
    var token = create(oauth("y0_secret"));

    assertThat(token.getIamToken()).startsWith("t1.");
    assertThat(token.getExpiresAt()).isEqualTo(proto(GrpcWorld.START.plus(Duration.ofHours(12))));
    assertThat(list(token.getIamToken()).getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  @Evidence(value = REAL, at = "1.9", says = "refuses an IAM token with the service's own words")
  void refusesAnIamToken() {
    var iamToken = create(oauth("y0_secret")).getIamToken();
    var status = refusal(() -> create(oauth(iamToken)));

    assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(status.getDescription()).isEqualTo("OAuth token is invalid or expired");
  }

  @Test
  @Evidence(value = CLIENT, at = "7.4", says = "exchanges what a service account signed")
  void exchangesAJwt() {
    assertThat(create(CreateIamTokenRequest.newBuilder().setJwt("a.b.c")).getIamToken())
        .startsWith("t1.");
  }

  @Test
  @Evidence(value = CHOICE, at = "10.30", says = "a token that expired is refused")
  void tokenExpires() {
    var token = create(oauth("y0_secret")).getIamToken();
    world.clock.advance(Duration.ofHours(12));

    assertThat(list(token).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.30", says = "a list of OAuth tokens can be set")
  void tokensCanBeLimited(@TempDir Path other) throws Exception {
    var rules = new TokenRules(Set.of(), Set.of("y0_good"), Map.of());
    use(new GrpcWorld(other, CreateTest.offering(), rules, List.of()));

    assertThat(create(oauth("y0_good")).getIamToken()).isNotEmpty();
    assertRefused(() -> create(oauth("y0_bad")), Status.Code.UNAUTHENTICATED, "OAuth token");
  }

  @Test
  @Evidence(
      value = CHOICE,
      at = "10.30",
      says =
          "where tokens are listed, neither another OAuth token nor what no listed account has signed"
              + " is exchanged")
  void whoListsTokensExchangesNoOthers(@TempDir Path other) throws Exception {
    var rules = new TokenRules(Set.of("listed"), Set.of(), Map.of());
    use(new GrpcWorld(other, CreateTest.offering(), rules, List.of()));

    assertRefused(() -> create(oauth("y0_any")), Status.Code.UNAUTHENTICATED, "OAuth token");
    assertThat(refusal(() -> create(CreateIamTokenRequest.newBuilder().setJwt("a.b.c")))
            .getCode())
        .isEqualTo(Status.Code.UNAUTHENTICATED);
  }

  @Test
  @Evidence(value = CHOICE, at = "10.33", says = "one of both has to be given")
  void identityIsRequired() {
    assertRefused(
        () -> create(CreateIamTokenRequest.newBuilder()),
        Status.Code.INVALID_ARGUMENT,
        "identity: ");
  }

  private CreateIamTokenResponse create(CreateIamTokenRequest.Builder request) {
    return IamTokenServiceGrpc.newBlockingStub(world.channel()).create(request.build());
  }

  private static CreateIamTokenRequest.Builder oauth(String token) {
    return CreateIamTokenRequest.newBuilder().setYandexPassportOauthToken(token);
  }

  private Status list(String token) {
    try {
      new Stubs(world.channel(), "Bearer " + token)
          .jobs()
          .list(ListProjectJobRequest.newBuilder().setProjectId(PROJECT).build());
      return Status.OK;
    } catch (io.grpc.StatusRuntimeException e) {
      return e.getStatus();
    }
  }
}
