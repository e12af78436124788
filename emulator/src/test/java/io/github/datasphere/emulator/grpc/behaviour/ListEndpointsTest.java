package io.github.datasphere.emulator.grpc.behaviour;

import static io.github.datasphere.emulator.grpc.behaviour.Known.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.GrpcWorld;
import io.github.datasphere.proto.endpoint.ApiEndpoint;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.endpoint.ListApiEndpointsRequest;
import org.junit.jupiter.api.Test;

@Rpc("ApiEndpointService/List")
class ListEndpointsTest extends BehaviourTest {
  @Test
  @Evidence(
      value = CLIENT,
      at = "7.5",
      says = "lists what SDKs need, each once, at the emulator's own address, without a token")
  void listsWhatSdksNeed() {
    var endpoints = ApiEndpointServiceGrpc.newBlockingStub(world.channel())
        .list(ListApiEndpointsRequest.getDefaultInstance())
        .getEndpointsList();

    assertThat(endpoints)
        .extracting(ApiEndpoint::getId)
        .containsExactlyInAnyOrder("datasphere", "operation", "iam", "endpoint");
    assertThat(endpoints).extracting(ApiEndpoint::getAddress).containsOnly(GrpcWorld.ADDRESS);
  }
}
