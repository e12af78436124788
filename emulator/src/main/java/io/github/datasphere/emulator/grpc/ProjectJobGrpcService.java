package io.github.datasphere.emulator.grpc;

import static io.github.datasphere.emulator.grpc.GrpcReplies.answer;
import static io.github.datasphere.emulator.grpc.RequestFields.jobId;
import static io.github.datasphere.emulator.grpc.RequestFields.projectId;

import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import io.github.datasphere.emulator.engine.CloneJob;
import io.github.datasphere.emulator.engine.CreateJob;
import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.grpc.interception.Callers;
import io.github.datasphere.emulator.grpc.mapping.AllLogsPage;
import io.github.datasphere.emulator.grpc.mapping.FileMapping;
import io.github.datasphere.emulator.grpc.mapping.OperationMapping;
import io.github.datasphere.emulator.grpc.mapping.ParametersMapping;
import io.github.datasphere.emulator.grpc.mapping.StdLogsPage;
import io.github.datasphere.emulator.grpc.mapping.TimeMapping;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.query.DownloadableFiles;
import io.github.datasphere.emulator.job.spec.JobFile;
import io.github.datasphere.emulator.job.validation.Limits;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloneProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.DeleteAllProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ListProjectJobResponse;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsResponse;
import io.github.datasphere.proto.jobs.SetProjectJobDataTtlRequest;
import io.github.datasphere.proto.jobs.SetProjectJobDataTtlResponse;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The thirteen calls on jobs (service-behaviour sections 2, 3, 5, 6). */
final class ProjectJobGrpcService extends ProjectJobServiceGrpc.ProjectJobServiceImplBase {
  private final Supplier<JobEngine> engine;
  private final Callers callers;
  private final OpenStreams streams;
  private final Executor executor;
  private final RecentJobs recent = new RecentJobs();

  /**
   * Serves the jobs of an engine.
   *
   * @param engine the current one: a reset swaps it, and a call asks once
   * @param executor sends log records on
   */
  ProjectJobGrpcService(
      Supplier<JobEngine> engine, Callers callers, OpenStreams streams, Executor executor) {
    this.engine = engine;
    this.callers = callers;
    this.streams = streams;
    this.executor = executor;
  }

  @Override
  public void create(CreateProjectJobRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var project = projectId(request.getProjectId());
      callers.authorize(project);
      var wrong = Violations.of("");
      var submission = new CreateJob(
          project,
          ParametersMapping.toDomain(request.getJobParameters(), wrong.at("job_parameters")),
          request.getConfig(),
          request.getName(),
          request.getDesc(),
          ttl(request.hasDataTtl(), request.getDataTtl(), wrong));
      RequestFields.refuse(wrong);
      return toProto(jobs, jobs.create(submission, callers.current()));
    });
  }

  @Override
  public void clone(CloneProjectJobRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var source = new JobId(RequestFields.given("source_job_id", request.getSourceJobId()));
      permit(jobs, source);
      var wrong = Violations.of("");
      var overrides = ParametersMapping.toDomain(
          request.getJobParametersOverrides(), wrong.at("job_parameters_overrides"));
      var ttl = ttl(request.hasDataTtl(), request.getDataTtl(), wrong);
      RequestFields.refuse(wrong);
      var clone = new CloneJob(source, overrides, request.getName(), request.getDesc(), ttl);
      return toProto(jobs, jobs.cloneJob(clone, callers.current()));
    });
  }

  @Override
  public void execute(ExecuteProjectJobRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var executed = jobs.execute(permit(jobs, jobId(request.getJobId())).id());
      return new OperationMapping(jobs).toProto(executed);
    });
  }

  @Override
  public void cancel(CancelProjectJobRequest request, StreamObserver<Empty> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      jobs.cancel(permit(jobs, jobId(request.getJobId())).id(), request.getGraceful());
      return Empty.getDefaultInstance();
    });
  }

  @Override
  public void readStdLogs(
      ReadProjectJobStdLogsRequest request, StreamObserver<ReadProjectJobStdLogsResponse> reply) {
    var jobs = engine.get();
    var job = permit(jobs, jobId(request.getJobId()));
    var log = jobs.readStdLogs(job.id(), request.getOffset());
    var client = (ServerCallStreamObserver<ReadProjectJobStdLogsResponse>) reply;
    streams.start(new LogStream<>(client, log, StdLogsPage::new, executor), jobs);
  }

  @Override
  public void readLogs(
      ReadProjectJobLogsRequest request, StreamObserver<ReadProjectJobLogsResponse> reply) {
    var jobs = engine.get();
    var job = permit(jobs, jobId(request.getJobId()));
    var log = jobs.readLogs(job.id(), request.getOffset());
    var client = (ServerCallStreamObserver<ReadProjectJobLogsResponse>) reply;
    streams.start(new LogStream<>(client, log, AllLogsPage::new, executor), jobs);
  }

  @Override
  public void downloadJobFiles(
      DownloadProjectJobFilesRequest request,
      StreamObserver<DownloadProjectJobFilesResponse> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var job = permit(jobs, jobId(request.getJobId()));
      var found = DownloadableFiles.find(job, files(request.getFilesList()));
      var response = DownloadProjectJobFilesResponse.newBuilder();
      for (var file : found) {
        var url = jobs.links().download(job.id(), job.projectId(), file);
        response.addDownloadFiles(FileMapping.toProto(file, url));
      }
      return response.build();
    });
  }

  @Override
  public void list(ListProjectJobRequest request, StreamObserver<ListProjectJobResponse> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var project = projectId(request.getProjectId());
      callers.authorize(project);
      jobs.projects().get(project);
      return JobListing.page(jobs, request);
    });
  }

  @Override
  public void get(
      GetProjectJobRequest request, StreamObserver<io.github.datasphere.proto.jobs.Job> reply) {
    answer(reply, () -> recent.message(permit(engine.get(), jobId(request.getJobId()))));
  }

  @Override
  public void delete(DeleteProjectJobRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      return toProto(jobs, jobs.delete(permit(jobs, jobId(request.getJobId())).id()));
    });
  }

  @Override
  public void deleteData(DeleteProjectJobDataRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      return toProto(
          jobs, jobs.deleteData(permit(jobs, jobId(request.getJobId())).id()));
    });
  }

  @Override
  public void deleteAllData(
      DeleteAllProjectJobDataRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var project = projectId(request.getProjectId());
      callers.authorize(project);
      return toProto(jobs, jobs.deleteAllData(project, callers.current()));
    });
  }

  @Override
  public void setDataTtl(
      SetProjectJobDataTtlRequest request, StreamObserver<SetProjectJobDataTtlResponse> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var job = permit(jobs, jobId(request.getJobId()));
      var wrong = Violations.of("ttl");
      // Unset is for ever (service-behaviour 6.6)
      var ttl = request.hasTtl() ? TimeMapping.toDomain(request.getTtl(), wrong) : null;
      RequestFields.refuse(wrong);
      jobs.setDataTtl(job.id(), ttl);
      return SetProjectJobDataTtlResponse.getDefaultInstance();
    });
  }

  /** Returns the job, if there is one and this caller may use its project. */
  private Job permit(JobEngine jobs, JobId id) {
    var job = jobs.job(id);
    callers.authorize(job.projectId());
    return job;
  }

  /** Unlike in SetDataTtl, unset is the default (service-behaviour 2.1). */
  private static java.time.Duration ttl(boolean isSet, Duration ttl, Violations wrong) {
    return isSet ? TimeMapping.toDomain(ttl, wrong.at("data_ttl")) : Limits.DEFAULT_TTL;
  }

  private static List<JobFile> files(List<File> protos) {
    var wrong = Violations.of("");
    var files = new ArrayList<JobFile>(protos.size());
    for (var file : protos) {
      files.add(FileMapping.toDomain(file, wrong.at("files", files.size())));
    }
    RequestFields.refuse(wrong);
    return files;
  }

  private static Operation toProto(
      JobEngine jobs, io.github.datasphere.emulator.job.operation.Operation operation) {
    return new OperationMapping(jobs).toProto(operation);
  }
}
