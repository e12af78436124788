package io.github.datasphere.emulator.check;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloneProjectJobResponse;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.github.datasphere.proto.jobs.ListProjectJobResponse;
import io.github.datasphere.proto.operation.Operation;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The jobs that a check has made at the service: it deletes these and no others. */
final class OwnJobs {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int TRIES = 60;

  private final Api api;
  private final ServiceTarget target;
  private final String project;
  private final Set<String> made = new LinkedHashSet<>();
  private final List<String> deleted = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private Set<String> before = Set.of();

  OwnJobs(Api api, ServiceTarget target, String project) {
    this.api = api;
    this.target = target;
    this.project = project;
  }

  /** Notes which jobs are there; returns why that is not possible, or nothing. */
  Optional<String> lookAround() throws IOException, InterruptedException {
    var there = list();
    before = there.orElse(Set.of());
    return there.isPresent()
        ? Optional.empty()
        : Optional.of("the jobs of project " + project + " cannot be listed");
  }

  boolean has(String job) {
    return made.contains(job);
  }

  /** Looks whether an answer tells of a new job. */
  void look(Message reply) {
    if (reply instanceof Operation operation) {
      var response = operation.getResponse();
      unpack(response, CreateProjectJobResponse.class).ifPresent(one -> made.add(one.getJobId()));
      unpack(response, CloneProjectJobResponse.class).ifPresent(one -> made.add(one.getJobId()));
    }
  }

  /** Ends and deletes them, and proves that they are gone and that no other job is. */
  void clear() throws IOException, InterruptedException {
    for (var job : made) {
      if (before.contains(job)) {
        left.add(job + " was there before, so it is not deleted");
      } else {
        clear(job);
      }
    }
    var now = list();
    if (now.isPresent()) {
      before.stream()
          .filter(job -> !now.get().contains(job))
          .forEach(job ->
              left.add(job + " was there before and is gone; this check did not" + " delete it"));
    }
  }

  private void clear(String job) throws IOException, InterruptedException {
    end(job);
    var removed =
        call("Delete", DeleteProjectJobRequest.newBuilder().setJobId(job).build());
    for (int i = 0; i < TRIES; i++) {
      var there = call("Get", get(job));
      if (there.status().orElse(Status.OK).getCode() == Status.Code.NOT_FOUND) {
        deleted.add(job);
        return;
      }
      target.pause(Duration.ofMillis(500));
    }
    left.add(job + " could not be deleted: "
        + removed.status().map(Status::toString).orElse("no answer"));
  }

  /** A job that runs cannot be deleted. */
  private void end(String job) throws IOException, InterruptedException {
    boolean asked = false;
    for (int i = 0; i < TRIES; i++) {
      var state = call("Get", get(job)).replies();
      if (state.isEmpty() || !(state.get(0) instanceof Job now) || !isActive(now)) {
        return;
      }
      if (!asked) {
        asked = true;
        call("Cancel", CancelProjectJobRequest.newBuilder().setJobId(job).build());
      }
      target.pause(Duration.ofMillis(500));
    }
  }

  static boolean isActive(Job job) {
    return switch (job.getStatus()) {
      case PREPARING, EXECUTING, UPLOADING_OUTPUT, CANCELLING -> true;
      case JOB_STATUS_UNSPECIFIED, CREATING, SUCCESS, ERROR, CANCELLED, UNRECOGNIZED -> false;
    };
  }

  private Optional<Set<String>> list() throws IOException, InterruptedException {
    var all = new LinkedHashSet<String>();
    var page = "";
    do {
      var request = ListProjectJobRequest.newBuilder()
          .setProjectId(project)
          .setPageToken(page)
          .build();
      var replies = call("List", request).replies();
      if (replies.isEmpty() || !(replies.get(0) instanceof ListProjectJobResponse jobs)) {
        return Optional.empty();
      }
      jobs.getJobsList().forEach(job -> all.add(job.getId()));
      page = jobs.getNextPageToken();
    } while (!page.isEmpty());
    return Optional.of(all);
  }

  private static GetProjectJobRequest get(String job) {
    return GetProjectJobRequest.newBuilder().setJobId(job).build();
  }

  private LiveCall call(String method, Message request) throws IOException, InterruptedException {
    var of = api.job(method);
    var call = new LiveCall(target.channel(Api.hostOf(of.name())), of, new Metadata());
    call.send(request);
    call.halfClose();
    call.await(PATIENCE);
    return call;
  }

  List<String> deleted() {
    return deleted;
  }

  List<String> left() {
    return left;
  }

  private static <M extends Message> Optional<M> unpack(Any any, Class<M> type) {
    try {
      return any.is(type) ? Optional.of(any.unpack(type)) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }
}
