package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.DOCS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.proto.datasphere.CreateProjectRequest;
import io.github.datasphere.proto.datasphere.Project;
import io.github.datasphere.proto.iam.CreateIamTokenForServiceAccountRequest;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

@Rpc("IamTokenService/CreateForServiceAccount")
class CreateForServiceAccountTest extends BehaviourTest {
  private static final CreateIamTokenForServiceAccountRequest REQUEST =
      CreateIamTokenForServiceAccountRequest.newBuilder()
          .setServiceAccountId("ajeaccount")
          .build();

  @Test
  @Evidence(value = DOCS, at = "7.4", says = "gives a token of that account")
  void givesATokenOfTheAccount() {
    var token = stubs.iam().createForServiceAccount(REQUEST).getIamToken();
    var project = new Stubs(world.channel(), "Bearer " + token)
        .projects()
        .create(CreateProjectRequest.newBuilder().setCommunityId("c").build());

    assertThat(response(project, Project.getDefaultInstance()).getCreatedById())
        .isEqualTo("ajeaccount");
  }

  @Test
  @Evidence(value = DOCS, at = "7.4", says = "only to somebody who has a token already")
  void needsAToken() {
    assertRefused(
        () -> IamTokenServiceGrpc.newBlockingStub(world.channel()).createForServiceAccount(REQUEST),
        Status.Code.UNAUTHENTICATED,
        "authorization");
  }
}
