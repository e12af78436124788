package io.github.datasphere.emulator.fuzz;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends odd requests to a server, many at once, and notes what answers badly. */
final class OddCalls {
  private static final int AT_ONCE = 64;
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_SECONDS = 60;
  /** Streams may stay open for as long as a job runs. */
  private static final long STREAM_MILLIS = 300;

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final ProcessWatch pulse;
  private final Complaints complaints;

  OddCalls(ManagedChannel channel, ProcessWatch pulse, Complaints complaints) {
    this.channel = channel;
    this.pulse = pulse;
    this.complaints = complaints;
  }

  /** Sends so many to each of these calls in turn; returns when all are answered. */
  void send(List<MethodDescriptor> calls, List<Message> seeds, Mutations mutations, int requests)
      throws InterruptedException, InvalidProtocolBufferException {
    for (int i = 0; i < requests; i++) {
      var call = calls.get(i % calls.size());
      free.acquire();
      send(call, mutations.of(seed(call, seeds, i / calls.size())));
    }
    free.acquire(AT_ONCE);
    free.release(AT_ONCE);
  }

  private static Message seed(MethodDescriptor call, List<Message> seeds, int number)
      throws InvalidProtocolBufferException {
    var type = call.getInputType();
    var fitting = seeds.stream()
        .filter(seed -> seed.getDescriptorForType().getFullName().equals(type.getFullName()))
        .toList();
    if (fitting.isEmpty()) {
      return withId(DynamicMessage.newBuilder(type), seeds);
    }
    var seed = fitting.get(number % fitting.size());
    return DynamicMessage.parseFrom(type, seed.toByteArray());
  }

  /** Most requests are nothing but the id of a job. */
  private static Message withId(DynamicMessage.Builder request, List<Message> seeds) {
    var job = request.getDescriptorForType().findFieldByName("job_id");
    if (job != null) {
      var known = seeds.stream()
          .filter(seed -> seed.getDescriptorForType().findFieldByName("job_id") != null)
          .findFirst()
          .orElseThrow();
      request.setField(job, known.getField(known.getDescriptorForType().findFieldByName("job_id")));
    }
    return request.build();
  }

  private void send(MethodDescriptor call, byte[] request) {
    var streams = call.isServerStreaming() || call.isClientStreaming();
    var options = streams
        ? CallOptions.DEFAULT.withDeadlineAfter(STREAM_MILLIS, TimeUnit.MILLISECONDS)
        : CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    var sent = channel.newCall(RawCall.of(call), options);
    long begin = System.nanoTime();
    var headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer fuzz");
    sent.start(
        new ClientCall.Listener<byte[]>() {
          @Override
          public void onClose(Status status, Metadata trailers) {
            judge(call, request, status, streams);
            if (System.nanoTime() - begin > ANSWER_NANOS && !pulse.wasLateSince(begin)) {
              complaints.addSilence(
                  call.getFullName() + " took more than five seconds",
                  HexFormat.of().formatHex(request));
            }
            free.release();
          }
        },
        headers);
    sent.request(Integer.MAX_VALUE);
    sent.sendMessage(request);
    sent.halfClose();
  }

  private void judge(MethodDescriptor call, byte[] request, Status status, boolean streams) {
    var bad = switch (status.getCode()) {
      case INTERNAL, UNKNOWN, UNAVAILABLE, DATA_LOSS -> true;
      case DEADLINE_EXCEEDED -> !streams;
      case OK,
          CANCELLED,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          UNAUTHENTICATED -> false;
    };
    if (bad) {
      complaints.add(
          call.getFullName() + " answered " + status.getCode() + ": " + status.getDescription(),
          HexFormat.of().formatHex(request));
    }
  }
}
