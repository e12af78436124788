package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CHOICE;
import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.proto.endpoint.ApiEndpoint;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.endpoint.GetApiEndpointRequest;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

@Rpc("ApiEndpointService/Get")
class GetEndpointTest extends BehaviourTest {
  @Test
  @Evidence(value = CLIENT, at = "7.5", says = "tells the emulator's own address, without a token")
  void tellsTheAddress() {
    assertThat(endpoint("datasphere").getAddress()).isEqualTo(GrpcWorld.ADDRESS);
  }

  @Test
  @Evidence(value = CHOICE, at = "7.5", says = "an endpoint of another service is not found")
  void otherEndpointsAreNotFound() {
    assertRefused(() -> endpoint("compute"), Status.Code.NOT_FOUND, "Endpoint not found");
  }

  @Test
  @Evidence(value = CHOICE, at = "7.5", says = "without a port says that there is none")
  void withoutAPortThereIsNoAddress() {
    world.withoutPort();

    assertRefused(() -> endpoint("iam"), Status.Code.FAILED_PRECONDITION, "no port");
  }

  private ApiEndpoint endpoint(String id) {
    return ApiEndpointServiceGrpc.newBlockingStub(world.channel())
        .get(GetApiEndpointRequest.newBuilder().setApiEndpointId(id).build());
  }
}
