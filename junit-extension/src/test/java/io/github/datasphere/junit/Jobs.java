package io.github.datasphere.junit;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.github.datasphere.proto.operation.Operation;

/** The few calls that most tests make. */
final class Jobs {
  private Jobs() {}

  static String create(ProjectJobServiceBlockingStub jobs, String name, String... outputs) {
    var parameters = JobParameters.newBuilder()
        .setCmd("python train.py")
        .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4"));
    for (var output : outputs) {
      parameters.addOutputFiles(FileDesc.newBuilder().setPath(output));
    }
    try {
      return jobs.create(CreateProjectJobRequest.newBuilder()
              .setProjectId("bt1project")
              .setName(name)
              .setJobParameters(parameters)
              .build())
          .getResponse()
          .unpack(CreateProjectJobResponse.class)
          .getJobId();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  static String execute(ProjectJobServiceBlockingStub jobs, String name, String... outputs) {
    var id = create(jobs, name, outputs);
    jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
    return id;
  }

  /** The operation of a job that was executed. */
  static Operation execution(ProjectJobServiceBlockingStub jobs, String id) {
    return jobs.execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build());
  }
}
