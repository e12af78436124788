package io.github.datasphere.emulator.grpc;

import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc.ProjectServiceBlockingStub;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc;
import io.github.datasphere.proto.endpoint.ApiEndpointServiceGrpc.ApiEndpointServiceBlockingStub;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc.IamTokenServiceBlockingStub;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceStub;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.github.datasphere.proto.operation.OperationServiceGrpc.OperationServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;

/** Real stubs of all services, that send one token. */
public final class Stubs {
  public static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Channel channel;

  public Stubs(Channel channel, String authorization) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, authorization);
    this.channel =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  public ProjectJobServiceBlockingStub jobs() {
    return ProjectJobServiceGrpc.newBlockingStub(channel);
  }

  public ProjectJobServiceStub streams() {
    return ProjectJobServiceGrpc.newStub(channel);
  }

  public OperationServiceBlockingStub operations() {
    return OperationServiceGrpc.newBlockingStub(channel);
  }

  public ProjectServiceBlockingStub projects() {
    return ProjectServiceGrpc.newBlockingStub(channel);
  }

  public IamTokenServiceBlockingStub iam() {
    return IamTokenServiceGrpc.newBlockingStub(channel);
  }

  public ApiEndpointServiceBlockingStub endpoints() {
    return ApiEndpointServiceGrpc.newBlockingStub(channel);
  }

  public Channel channel() {
    return channel;
  }
}
