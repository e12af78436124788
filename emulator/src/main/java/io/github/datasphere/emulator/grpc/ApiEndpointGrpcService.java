package io.github.datasphere.emulator.grpc;

import static io.github.datasphere.emulator.grpc.GrpcReplies.answer;
import static io.github.datasphere.emulator.grpc.RequestFields.given;

import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.proto.endpoint.ApiEndpoint;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.endpoint.GetApiEndpointRequest;
import io.github.datasphere.proto.endpoint.ListApiEndpointsRequest;
import io.github.datasphere.proto.endpoint.ListApiEndpointsResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells SDKs where the services are: all of them are here (service-behaviour 7.5). Each id comes
 * once, since the Java SDK refuses a second one; {@code iam} is among them, since the Go SDK
 * refuses to start without it.
 */
final class ApiEndpointGrpcService extends ApiEndpointServiceGrpc.ApiEndpointServiceImplBase {
  private static final List<String> IDS = List.of("datasphere", "operation", "iam", "endpoint");

  private final Supplier<Optional<String>> address;

  /**
   * Sends all clients to one address.
   *
   * @param address host and port of the TLS port, if there is one
   */
  ApiEndpointGrpcService(Supplier<Optional<String>> address) {
    this.address = address;
  }

  @Override
  public void get(GetApiEndpointRequest request, StreamObserver<ApiEndpoint> reply) {
    answer(reply, () -> {
      var id = given("api_endpoint_id", request.getApiEndpointId());
      if (!IDS.contains(id)) {
        throw Rejected.notFound("Endpoint not found").asException();
      }
      return endpoint(id);
    });
  }

  @Override
  public void list(
      ListApiEndpointsRequest request, StreamObserver<ListApiEndpointsResponse> reply) {
    answer(reply, () -> {
      RequestFields.pageSize(request.getPageSize());
      new PageToken("endpoints").decode(request.getPageToken(), "");
      return ListApiEndpointsResponse.newBuilder()
          .addAllEndpoints(IDS.stream().map(this::endpoint).toList())
          .build();
    });
  }

  private ApiEndpoint endpoint(String id) {
    var known = address
        .get()
        .orElseThrow(() -> Rejected.precondition(
                "This emulator has no port with TLS to name: start it as a server, in a program of your"
                    + " own with org.bouncycastle:bcpkix-jdk18on on the class path.")
            .asException());
    return ApiEndpoint.newBuilder().setId(id).setAddress(known).build();
  }
}
