package io.github.datasphere.emulator.client;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.datasphere.Project;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.ExecuteProjectJobMetadata;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobProgress;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsRequest;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.jobs.StorageFile;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/** As much of the service as a client can see, told by a test what to answer. */
final class FakeService implements AutoCloseable {
  static final String JOB_ID = "bt1fakejob0000000000";

  final List<CreateProjectJobRequest> created = new CopyOnWriteArrayList<>();
  final List<CancelProjectJobRequest> cancels = new CopyOnWriteArrayList<>();
  final List<Long> logOffsets = new CopyOnWriteArrayList<>();
  final List<String> executed = new CopyOnWriteArrayList<>();
  final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  final AtomicReference<StatusRuntimeException> refusal = new AtomicReference<>();
  final AtomicReference<String> uploadFailure = new AtomicReference<>();
  final BlockingQueue<Status> pollFailures = new LinkedBlockingQueue<>();

  private final BlockingQueue<LogStep> logs = new LinkedBlockingQueue<>();
  private final AtomicReference<Operation> execution = new AtomicReference<>(running(null));
  private final HttpServer http;
  private final Server server;
  private final ManagedChannel channel;

  /** One thing that the log stream does; null messages end it, with the status. */
  private record LogStep(List<LogMessage> messages, long offset, Status status) {}

  FakeService() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext("/", this::exchange);
    http.start();
    String name = UUID.randomUUID().toString();
    server = InProcessServerBuilder.forName(name)
        .addService(new Jobs())
        .addService(new Operations())
        .addService(new Projects())
        .build()
        .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  ManagedChannel channel() {
    return channel;
  }

  void logs(long nextOffset, LogMessage... messages) {
    logs.add(new LogStep(List.of(messages), nextOffset, Status.OK));
  }

  void breakLogs() {
    logs.add(new LogStep(List.of(), 0, Status.UNAVAILABLE));
  }

  void endLogs() {
    logs.add(new LogStep(List.of(), 0, Status.OK));
  }

  void progress(JobProgress progress) {
    execution.set(running(progress));
  }

  /** Ends the job well; its log has to be ended beforehand. */
  void finish(ExecuteProjectJobResponse response) {
    execution.set(execution.get().toBuilder()
        .setDone(true)
        .setResponse(Any.pack(response))
        .build());
  }

  /** Ends it with this status; its log has to be ended beforehand. */
  void finish(JobStatus status, ExecuteProjectJobResponse response) {
    execution.set(running(null, status));
    finish(response);
  }

  void fail(int code, String message) {
    var error = com.google.rpc.Status.newBuilder().setCode(code).setMessage(message);
    execution.set(execution.get().toBuilder().setDone(true).setError(error).build());
  }

  /** Keeps content and offers it as an output. */
  StorageFile offer(File file, byte[] content) {
    String path = "/" + UUID.randomUUID();
    stored.put(path, content);
    return StorageFile.newBuilder().setFile(file).setUrl(url(path)).build();
  }

  byte[] uploaded(File file) {
    return stored.get("/" + file.getSha256());
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    http.stop(0);
  }

  private String url(String path) {
    return "http://" + http.getAddress().getHostString() + ":"
        + http.getAddress().getPort() + path;
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("PUT")) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String failure = uploadFailure.get();
        if (failure == null) {
          stored.put(path, body);
          exchange.sendResponseHeaders(200, -1);
        } else {
          exchange.sendResponseHeaders(400, failure.length());
          exchange.getResponseBody().write(failure.getBytes());
        }
        return;
      }
      byte[] content = stored.get(path);
      exchange.sendResponseHeaders(
          content == null ? 404 : 200, content == null ? -1 : content.length);
      if (content != null) {
        exchange.getResponseBody().write(content);
      }
    }
  }

  private static Operation running(JobProgress progress) {
    return running(progress, JobStatus.EXECUTING);
  }

  private static Operation running(JobProgress progress, JobStatus status) {
    var metadata = ExecuteProjectJobMetadata.newBuilder()
        .setJob(
            Job.newBuilder().setId(JOB_ID).setProjectId("bt1fakeproject000000").setStatus(status));
    if (progress != null) {
      metadata.setProgress(progress);
    }
    return Operation.newBuilder()
        .setId("fake-operation")
        .setMetadata(Any.pack(metadata.build()))
        .build();
  }

  private static <T extends Message> void answer(StreamObserver<T> observer, T message) {
    observer.onNext(message);
    observer.onCompleted();
  }

  private final class Jobs extends ProjectJobServiceGrpc.ProjectJobServiceImplBase {
    @Override
    public void create(CreateProjectJobRequest request, StreamObserver<Operation> observer) {
      created.add(request);
      if (refusal.get() != null) {
        observer.onError(refusal.get());
        return;
      }
      var response = CreateProjectJobResponse.newBuilder().setJobId(JOB_ID);
      List<File> files = new ArrayList<>(request.getJobParameters().getInputFilesList());
      files.addAll(request.getJobParameters().getEnv().getPythonEnv().getLocalModulesList());
      for (File file : files) {
        response.addUploadFiles(
            StorageFile.newBuilder().setFile(file).setUrl(url("/" + file.getSha256())));
      }
      answer(
          observer,
          Operation.newBuilder()
              .setDone(true)
              .setResponse(Any.pack(response.build()))
              .build());
    }

    @Override
    public void execute(ExecuteProjectJobRequest request, StreamObserver<Operation> observer) {
      executed.add(request.getJobId());
      answer(observer, execution.get());
    }

    @Override
    public void cancel(CancelProjectJobRequest request, StreamObserver<Empty> observer) {
      cancels.add(request);
      answer(observer, Empty.getDefaultInstance());
    }

    @Override
    public void readLogs(
        ReadProjectJobLogsRequest request, StreamObserver<ReadProjectJobLogsResponse> observer) {
      logOffsets.add(request.getOffset());
      try {
        for (LogStep step = logs.take(); ; step = logs.take()) {
          if (step.messages().isEmpty()) {
            if (step.status().isOk()) {
              observer.onCompleted();
            } else {
              observer.onError(step.status().asRuntimeException());
            }
            return;
          }
          observer.onNext(ReadProjectJobLogsResponse.newBuilder()
              .addAllLogs(step.messages())
              .setOffset(step.offset())
              .build());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private final class Operations extends OperationServiceGrpc.OperationServiceImplBase {
    @Override
    public void get(GetOperationRequest request, StreamObserver<Operation> observer) {
      Status failure = pollFailures.poll();
      if (failure != null) {
        observer.onError(failure.asRuntimeException());
        return;
      }
      answer(observer, execution.get());
    }
  }

  private static final class Projects extends ProjectServiceGrpc.ProjectServiceImplBase {
    @Override
    public void get(GetProjectRequest request, StreamObserver<Project> observer) {
      answer(
          observer,
          Project.newBuilder()
              .setId(request.getProjectId())
              .setCommunityId("bt1fakecommunity0000")
              .build());
    }
  }

  static ByteString bytes(String text) {
    return ByteString.copyFromUtf8(text);
  }
}
