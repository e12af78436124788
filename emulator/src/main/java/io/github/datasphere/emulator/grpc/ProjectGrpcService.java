package io.github.datasphere.emulator.grpc;

import static io.github.datasphere.emulator.grpc.GrpcReplies.answer;
import static io.github.datasphere.emulator.grpc.RequestFields.projectId;
import static io.github.datasphere.emulator.grpc.RequestFields.require;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.grpc.interception.Callers;
import io.github.datasphere.emulator.grpc.mapping.OperationMapping;
import io.github.datasphere.emulator.grpc.mapping.ProjectMapping;
import io.github.datasphere.proto.datasphere.CreateProjectRequest;
import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.datasphere.ListProjectsRequest;
import io.github.datasphere.proto.datasphere.ListProjectsResponse;
import io.github.datasphere.proto.datasphere.Project;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/**
 * The calls on projects that clients of jobs make (service-behaviour 7.1, 7.2); the others are
 * unimplemented.
 */
final class ProjectGrpcService extends ProjectServiceGrpc.ProjectServiceImplBase {
  /**
   * The limit in the protos. Their pattern for names is not checked, since real names do not match
   * it (7.2).
   */
  private static final int LONGEST_NAME = 63;

  private static final int LONGEST_DESCRIPTION = 256;
  private static final int MOST_LABELS = 64;
  private static final int LONGEST_LABEL = 63;

  private final Supplier<JobEngine> engine;
  private final Callers callers;

  ProjectGrpcService(Supplier<JobEngine> engine, Callers callers) {
    this.engine = engine;
    this.callers = callers;
  }

  @Override
  public void create(CreateProjectRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      check(request);
      var jobs = engine.get();
      var operation = jobs.projects()
          .create(
              request.getCommunityId(),
              request.getName(),
              request.getDescription(),
              request.getLabelsMap(),
              callers.current());
      return new OperationMapping(jobs).toProto(operation);
    });
  }

  @Override
  public void get(GetProjectRequest request, StreamObserver<Project> reply) {
    answer(reply, () -> {
      var project = projectId(request.getProjectId());
      callers.authorize(project);
      return ProjectMapping.toProto(engine.get().projects().get(project));
    });
  }

  @Override
  public void list(ListProjectsRequest request, StreamObserver<ListProjectsResponse> reply) {
    answer(reply, () -> ProjectListing.page(engine.get().projects(), request, callers::mayUse));
  }

  private static void check(CreateProjectRequest request) {
    RequestFields.id("community_id", request.getCommunityId());
    require("name", request.getName().length() <= LONGEST_NAME, "must have at most 63 characters");
    require(
        "description",
        request.getDescription().length() <= LONGEST_DESCRIPTION,
        "must have at most 256 characters");
    require("labels", request.getLabelsCount() <= MOST_LABELS, "must be at most 64");
    request
        .getLabelsMap()
        .forEach((key, value) -> require(
            "labels",
            !key.isEmpty() && key.length() <= LONGEST_LABEL && value.length() <= LONGEST_LABEL,
            "must have keys of 1 to 63 and values of at most 63 characters"));
  }
}
