package io.github.datasphere.emulator.attacks;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.datasphere.CreateProjectRequest;
import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.datasphere.ListProjectsRequest;
import io.github.datasphere.proto.datasphere.Project;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.emulator.ListExchangesRequest;
import io.github.datasphere.proto.emulator.ListExchangesResponse;
import io.github.datasphere.proto.iam.CreateIamTokenForServiceAccountRequest;
import io.github.datasphere.proto.iam.CreateIamTokenRequest;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.github.datasphere.proto.iam.RevokeIamTokenRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.InputStream;
import java.util.List;

/** Somebody who calls the services, with a token or without one. */
final class Caller implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel opened;
  private final Channel channel;

  private Caller(ManagedChannel opened, Channel channel) {
    this.opened = opened;
    this.channel = channel;
  }

  static Caller with(Emulator emulator, String token) {
    return sending(emulator, "Bearer " + token);
  }

  /** Sends this as its authorization; several, where it has lines. */
  static Caller sending(Emulator emulator, String authorization) {
    var headers = new Metadata();
    authorization.lines().forEach(line -> headers.put(AUTHORIZATION, line));
    var opened = emulator.channel();
    return new Caller(
        opened,
        ClientInterceptors.intercept(opened, MetadataUtils.newAttachHeadersInterceptor(headers)));
  }

  static Caller withoutToken(Emulator emulator) {
    var opened = emulator.channel();
    return new Caller(opened, opened);
  }

  String exchangeOauth(String text) {
    return exchange(CreateIamTokenRequest.newBuilder().setYandexPassportOauthToken(text));
  }

  String exchangeJwt(String text) {
    return exchange(CreateIamTokenRequest.newBuilder().setJwt(text));
  }

  private String exchange(CreateIamTokenRequest.Builder request) {
    return IamTokenServiceGrpc.newBlockingStub(channel).create(request.build()).getIamToken();
  }

  String tokenInTheNameOf(String account) {
    return IamTokenServiceGrpc.newBlockingStub(channel)
        .createForServiceAccount(CreateIamTokenForServiceAccountRequest.newBuilder()
            .setServiceAccountId(account)
            .build())
        .getIamToken();
  }

  void revoke(String token) {
    var ignored = IamTokenServiceGrpc.newBlockingStub(channel)
        .revoke(RevokeIamTokenRequest.newBuilder().setIamToken(token).build());
  }

  Project project(String id) {
    return ProjectServiceGrpc.newBlockingStub(channel)
        .get(GetProjectRequest.newBuilder().setProjectId(id).build());
  }

  List<Project> projects(String community) {
    return ProjectServiceGrpc.newBlockingStub(channel)
        .list(ListProjectsRequest.newBuilder().setCommunityId(community).build())
        .getProjectsList();
  }

  /** Under which name this caller's deeds are remembered. */
  String subject() {
    var operation = ProjectServiceGrpc.newBlockingStub(channel)
        .create(CreateProjectRequest.newBuilder().setCommunityId("own").build());
    return operation.getCreatedBy();
  }

  ListExchangesResponse exchanges() {
    return ControlServiceGrpc.newBlockingStub(channel)
        .listExchanges(ListExchangesRequest.getDefaultInstance());
  }

  /** Calls with an empty request. */
  <Q, R> void call(MethodDescriptor<Q, R> method) {
    ClientCalls.blockingUnaryCall(
        channel, method, CallOptions.DEFAULT, method.parseRequest(InputStream.nullInputStream()));
  }

  /** How a call ended. */
  static Status.Code codeOf(Runnable call) {
    try {
      call.run();
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @Override
  public void close() {
    opened.shutdownNow();
  }
}
