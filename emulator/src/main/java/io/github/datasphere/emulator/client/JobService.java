package io.github.datasphere.emulator.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.jobs.StorageFile;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The calls of the service that a run makes, each with the caller's token. */
final class JobService {
  private static final long DEADLINE_SECONDS = 120;

  private final Channel channel;

  JobService(Channel channel, String token) {
    var headers = new Metadata();
    headers.put(key("authorization"), "Bearer " + token);
    headers.put(key("x-client-version"), "datasphere-emulator");
    this.channel =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  Operation create(CreateProjectJobRequest request) {
    return jobs().create(request);
  }

  Operation execute(String jobId) {
    return jobs().execute(ExecuteProjectJobRequest.newBuilder().setJobId(jobId).build());
  }

  void cancel(CancelRequests.Target job) {
    var request =
        CancelProjectJobRequest.newBuilder().setJobId(job.jobId()).setGraceful(job.graceful());
    var ignored = jobs().cancel(request.build());
  }

  Operation operation(String id) {
    return OperationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .get(GetOperationRequest.newBuilder().setOperationId(id).build());
  }

  /** Returns where to get the outputs of a job that has ended; none if it has none. */
  List<StorageFile> outputs(String jobId) {
    var job = jobs().get(GetProjectJobRequest.newBuilder().setJobId(jobId).build());
    if (job.getOutputFilesCount() == 0) {
      return List.of();
    }
    var request = DownloadProjectJobFilesRequest.newBuilder()
        .setJobId(jobId)
        .addAllFiles(job.getOutputFilesList());
    return jobs().downloadJobFiles(request.build()).getDownloadFilesList();
  }

  String communityOf(String projectId) {
    return ProjectServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
        .get(GetProjectRequest.newBuilder().setProjectId(projectId).build())
        .getCommunityId();
  }

  /** The stub for streams, which has no deadline. */
  ProjectJobServiceBlockingStub streams() {
    return ProjectJobServiceGrpc.newBlockingStub(channel);
  }

  /** Unpacks a result that has to be of one type. */
  static <T extends Message> T unpack(Any any, Class<T> type) throws RunFailedException {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new RunFailedException("the service answered with `" + any.getTypeUrl()
          + "` instead of " + type.getSimpleName());
    }
  }

  private ProjectJobServiceBlockingStub jobs() {
    return streams().withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
