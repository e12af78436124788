package io.github.datasphere.emulator.face;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.emulator.job.lifecycle.Decision.Rejected;
import io.github.datasphere.emulator.saved.JobCourses;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc;
import io.github.datasphere.proto.emulator.ControlServiceGrpc;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The routes that are calls of the services: the body, the query and the variables of the path make
 * the request, and its answer is the answer.
 */
final class ServiceRoutes {
  private static final Map<String, MethodDescriptor<?, ?>> METHODS = Stream.of(
          ProjectJobServiceGrpc.getServiceDescriptor(),
          OperationServiceGrpc.getServiceDescriptor(),
          ProjectServiceGrpc.getServiceDescriptor(),
          ControlServiceGrpc.getServiceDescriptor())
      .map(ServiceDescriptor::getMethods)
      .flatMap(methods -> methods.stream())
      .collect(Collectors.toUnmodifiableMap(
          method -> simple(method.getFullMethodName()), method -> method));

  private final FaceParts parts;
  private final Answers answers;
  private final List<FaceRoute> routes = new ArrayList<>();

  private ServiceRoutes(FaceParts parts, Answers answers) {
    this.parts = parts;
    this.answers = answers;
  }

  static List<FaceRoute> all(FaceParts parts, Answers answers) {
    var all = new ServiceRoutes(parts, answers);
    all.ofTests();
    all.ofJobs();
    return List.copyOf(all.routes);
  }

  private void ofTests() {
    add("GET", "/clock", "ControlService/GetClock", "What time it is for jobs, URLs and data.");
    add(
        "POST",
        "/clock:move",
        "ControlService/MoveClock",
        "Moves time; returns when all that is" + " due by then has happened.");
    add("POST", "/reset", "ControlService/Reset", "Begins an empty world.");
    add("POST", "/savepoints", "ControlService/Save", "Keeps all that there is now.");
    add(
        "POST",
        "/savepoints/{savepoint_id}:restore",
        "ControlService/Restore",
        "Goes back to a savepoint.");
    add("POST", "/scripts", "ControlService/AddScripts", "Orders what jobs do.");
    add("POST", "/gates/{name}:open", "ControlService/OpenGate", "Lets jobs on that wait there.");
    add("POST", "/faults", "ControlService/AddFault", "Orders something to go wrong.");
    add("POST", "/jobs:put", "ControlService/PutJob", "Puts a job in, of any age and state.");
    add("POST", "/files", "ControlService/PutFile", "Puts a file into a project's storage.");
    add("POST", "/secrets", "ControlService/PutSecret", "Gives scripted jobs a secret.");
    add("POST", "/quota", "ControlService/SetQuota", "Lets so many jobs be active.");
    add("GET", "/undone", "ControlService/ListUndone", "What a strict test would complain of.");
    add("GET", "/calls", "ControlService/ListExchanges", "Every call of the API with its answer.");
    add(
        "GET",
        "/calls/{number}",
        "ControlService/ListExchanges",
        "One call, with all kept messages of its stream.");
    add("GET", "/jobs/{job_id}/timeline", "ControlService/GetTimeline", "What happened to a job.");
  }

  private void ofJobs() {
    add("POST", "/jobs", "ProjectJobService/Create", "Creates a job.");
    add("GET", "/jobs/{job_id}", "ProjectJobService/Get", "A job as it is now.");
    add("DELETE", "/jobs/{job_id}", "ProjectJobService/Delete", "Deletes a job with its data.");
    add("POST", "/jobs/{job_id}:execute", "ProjectJobService/Execute", "Runs a job.");
    add("POST", "/jobs/{job_id}:cancel", "ProjectJobService/Cancel", "Cancels a job.");
    add(
        "POST",
        "/jobs/{source_job_id}:clone",
        "ProjectJobService/Clone",
        "Makes a new job from one, with changes.");
    add(
        "POST",
        "/jobs/{job_id}:deleteData",
        "ProjectJobService/DeleteData",
        "Clears a job's data.");
    add(
        "POST",
        "/jobs/{job_id}:setDataTtl",
        "ProjectJobService/SetDataTtl",
        "Sets how long a job's data live; without ttl for ever.");
    add(
        "POST",
        "/projects/{project_id}:deleteAllData",
        "ProjectJobService/DeleteAllData",
        "Clears the data of all jobs of a project.");
    add("GET", "/projects", "ProjectService/List", "The projects of a community.");
    add("GET", "/projects/{project_id}", "ProjectService/Get", "A project.");
    add("GET", "/operations/{operation_id}", "OperationService/Get", "An operation as it is now.");
    add(
        "POST",
        "/operations/{operation_id}:cancel",
        "OperationService/Cancel",
        "Cancels what an operation does.");
  }

  private void add(String verb, String path, String method, String says) {
    @SuppressWarnings("unchecked") // all of them are made of messages
    var call = (MethodDescriptor<Message, Message>) Objects.requireNonNull(METHODS.get(method));
    var request = prototype(call.getRequestMarshaller());
    var template = new Template(path);
    var isRead = verb.equals("GET");
    var query = isRead
        ? request.getDescriptorForType().getFields().stream()
            .map(FieldDescriptor::getJsonName)
            .filter(name -> template.variables().stream()
                .noneMatch(variable -> field(request, variable).getJsonName().equals(name)))
            .toList()
        : List.<String>of();
    routes.add(new FaceRoute(
        verb,
        template,
        says,
        query,
        isRead || verb.equals("DELETE") ? null : request.getDescriptorForType(),
        prototype(call.getResponseMarshaller()).getDescriptorForType(),
        asked -> answer(asked, call)));
  }

  private void answer(Request asked, MethodDescriptor<Message, Message> call) throws IOException {
    var prototype = prototype(call.getRequestMarshaller());
    var request = prototype.newBuilderForType();
    if (asked.exchange().getRequestMethod().equals("POST")) {
      answers.json().read(asked.body(), request);
    }
    asked.query().forEach((name, value) -> set(request, field(prototype, name), name, value));
    asked.path().forEach((name, value) -> set(request, field(prototype, name), name, value));
    var message = request.build();
    note(message);
    answers.send(
        asked.exchange(),
        ClientCalls.blockingUnaryCall(parts.services(), call, CallOptions.DEFAULT, message));
  }

  /** Calls from here are in no journal: without this none could tell later who cancelled a job. */
  private void note(Message message) {
    if (message instanceof CancelProjectJobRequest cancel && parts.watch().isOn()) {
      var job = parts.engine().get().job(new JobId(cancel.getJobId()));
      if (job.status().isActive() || job.status() == JobStatus.CREATING) {
        parts
            .control()
            .state()
            .timeline()
            .note(job.id().value(), parts.control().now(), JobCourses.CANCEL_AT_THE_FACE);
      }
    }
  }

  private static FieldDescriptor field(Message message, String name) {
    return message.getDescriptorForType().getFields().stream()
        .filter(field -> field.getName().equals(name) || field.getJsonName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Rejected.invalid(name, "is no parameter of this route").asException());
  }

  private static void set(
      Message.Builder request, FieldDescriptor field, String name, String value) {
    try {
      request.setField(
          field,
          switch (field.getJavaType()) {
            case STRING -> value;
            case LONG -> Long.parseLong(value);
            case INT -> Integer.parseInt(value);
            case BOOLEAN -> Boolean.parseBoolean(value);
            case FLOAT, DOUBLE, BYTE_STRING, ENUM, MESSAGE ->
              throw Rejected.invalid(name, "can be set in a body alone").asException();
          });
    } catch (NumberFormatException e) {
      throw Rejected.invalid(name, "must be a number, not '" + value + "'").asException();
    }
  }

  private static Message prototype(MethodDescriptor.Marshaller<Message> marshaller) {
    return ((PrototypeMarshaller<Message>) marshaller).getMessagePrototype();
  }

  /** Returns a method's name with the bare name of its service. */
  private static String simple(String fullName) {
    int slash = fullName.lastIndexOf('/');
    return fullName.substring(fullName.lastIndexOf('.', slash) + 1);
  }
}
