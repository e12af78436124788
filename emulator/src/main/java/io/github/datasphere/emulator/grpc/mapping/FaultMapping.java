package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.Rejected;
import io.github.datasphere.emulator.job.spec.Violations;
import io.github.datasphere.emulator.testing.Fault;
import io.github.datasphere.emulator.testing.Faults;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;

/** Faults as other languages order them. */
public final class FaultMapping {
  private FaultMapping() {}

  /** Orders it; throws {@link IllegalArgumentException} for what can't be. */
  public static void order(AddFaultRequest request, Faults faults) {
    var fault = Faults.draft(request.getMethod(), origin(request));
    switch (request.getCallsCase()) {
      case NTH -> fault.nth(request.getNth());
      case NEXT -> fault.next(request.getNext());
      case ALWAYS -> fault.always();
      case CALLS_NOT_SET -> fault.next(1);
    }
    if (request.getWhenRequestHasCount() > 0) {
      fault.when(Message.class, message -> has(message, request));
    }
    request.getWhileJobIsValueList().forEach(number -> fault.whileJobIs(status(number)));
    act(fault, request);
    faults.order(fault);
  }

  private static void act(Fault fault, AddFaultRequest request) {
    switch (request.getActionCase()) {
      case FAIL_WITH -> fault.failWith(failure("fail_with", request.getFailWith()));
      case FAIL_AFTER_EFFECT_WITH ->
        fault.failAfterEffectWith(
            failure("fail_after_effect_with", request.getFailAfterEffectWith()));
      case DELAY_BY -> {
        var violations = Violations.of("delay_by");
        fault.delayBy(TimeMapping.toDomain(request.getDelayBy(), violations));
        if (!violations.all().isEmpty()) {
          throw Rejected.invalid(violations.all()).asException();
        }
      }
      case BREAK_LOG -> {
        var cut = request.getBreakLog();
        fault.breakAt(
            cut.getOffset(), failure("break_log.status", cut.getStatus()).getStatus());
      }
      case RESPOND_WITH ->
        fault.respondWith(
            request.getRespondWith().getStatus(), request.getRespondWith().getText());
      case CUT_AT -> fault.cutAt(request.getCutAt());
      case ACTION_NOT_SET ->
        throw Rejected.invalid("action", "must be set: say what goes wrong").asException();
    }
  }

  private static StatusRuntimeException failure(String field, com.google.rpc.Status status) {
    try {
      return StatusProto.toStatusRuntimeException(status);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ".code: " + status.getCode() + " is no code", e);
    }
  }

  private static boolean has(Message message, AddFaultRequest request) {
    return request.getWhenRequestHasMap().entrySet().stream().allMatch(wanted -> {
      var field = message.getDescriptorForType().findFieldByName(wanted.getKey());
      return field != null && String.valueOf(message.getField(field)).equals(wanted.getValue());
    });
  }

  private static JobStatus status(int number) {
    return Arrays.stream(JobStatus.values())
        .filter(status -> status.number() == number)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("while_job_is: there is no state " + number));
  }

  private static StackTraceElement origin(AddFaultRequest request) {
    return new StackTraceElement("ControlService", "AddFault", request.getMethod(), -1);
  }
}
