package io.github.datasphere.samples;

import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceStub;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** Hands on what a job prints, as it comes; goes on where a stream broke off. */
final class LogFollower implements StreamObserver<ReadProjectJobLogsResponse> {
  private final ProjectJobServiceStub jobs;
  private final String job;
  private final Consumer<String> printed;
  private long offset;

  LogFollower(ProjectJobServiceStub jobs, String job, Consumer<String> printed) {
    this.jobs = jobs;
    this.job = job;
    this.printed = printed;
  }

  void follow() {
    jobs.readLogs(
        ReadProjectJobLogsRequest.newBuilder().setJobId(job).setOffset(offset).build(), this);
  }

  @Override
  public void onNext(ReadProjectJobLogsResponse response) {
    response.getLogsList().stream()
        .filter(LogMessage::hasStandardStream)
        .forEach(log -> printed.accept(log.getContent().toStringUtf8()));
    offset = response.getOffset();
  }

  @Override
  public void onError(Throwable failure) {
    if (Status.fromThrowable(failure).getCode() == Status.Code.UNAVAILABLE) {
      follow();
    }
  }

  @Override
  public void onCompleted() {
    // The job has ended, and everything was read
  }
}
