package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.proto.iam.CreateIamTokenRequest;
import io.github.datasphere.proto.iam.RevokeIamTokenRequest;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

@Rpc("IamTokenService/Revoke")
class RevokeTest extends BehaviourTest {
  @Test
  @Evidence(value = DOCS, at = "7.4", says = "a revoked token is refused from then on")
  void revokedTokenIsRefused() {
    var token = stubs
        .iam()
        .create(
            CreateIamTokenRequest.newBuilder().setYandexPassportOauthToken("y0").build())
        .getIamToken();
    var revoked =
        stubs.iam().revoke(RevokeIamTokenRequest.newBuilder().setIamToken(token).build());

    assertThat(revoked.getSubjectId()).startsWith("aje");
    assertRefused(
        () -> new Stubs(world.channel(), "Bearer " + token)
            .jobs()
            .list(ListProjectJobRequest.newBuilder().setProjectId(PROJECT).build()),
        Status.Code.UNAUTHENTICATED,
        "revoked");
  }
}
