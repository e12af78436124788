package io.github.datasphere.emulator.grpc;

import static io.github.datasphere.emulator.grpc.GrpcReplies.answer;
import static io.github.datasphere.emulator.grpc.RequestFields.operationId;

import io.github.datasphere.emulator.engine.JobEngine;
import io.github.datasphere.emulator.grpc.interception.Callers;
import io.github.datasphere.emulator.grpc.mapping.OperationMapping;
import io.github.datasphere.proto.operation.CancelOperationRequest;
import io.github.datasphere.proto.operation.GetOperationRequest;
import io.github.datasphere.proto.operation.Operation;
import io.github.datasphere.proto.operation.OperationServiceGrpc;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Polling and cancelling of operations (service-behaviour 3.2, 7.3, 10.34, 10.36). */
final class OperationGrpcService extends OperationServiceGrpc.OperationServiceImplBase {
  private final Supplier<JobEngine> engine;
  private final Callers callers;

  OperationGrpcService(Supplier<JobEngine> engine, Callers callers) {
    this.engine = engine;
    this.callers = callers;
  }

  @Override
  public void get(GetOperationRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var operation = jobs.operation(operationId(request.getOperationId()));
      callers.authorize(operation.projectId());
      return new OperationMapping(jobs).toProto(operation);
    });
  }

  @Override
  public void cancel(CancelOperationRequest request, StreamObserver<Operation> reply) {
    answer(reply, () -> {
      var jobs = engine.get();
      var operation = jobs.operation(operationId(request.getOperationId()));
      callers.authorize(operation.projectId());
      return new OperationMapping(jobs).toProto(jobs.cancelOperation(operation.id()));
    });
  }
}
