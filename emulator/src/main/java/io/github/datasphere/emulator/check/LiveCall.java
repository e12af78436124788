package io.github.datasphere.emulator.check;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.session.Api;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call that is made again, and all that came of it. Safe for several threads. */
final class LiveCall {
  private final ClientCall<Message, Message> call;
  private final List<Message> replies = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable Status status;
  private @Nullable Metadata trailers;

  LiveCall(Channel channel, Api.Call method, Metadata headers) {
    this.call = channel.newCall(
        MethodDescriptor.<Message, Message>newBuilder()
            .setType(method.isStream() ? MethodType.SERVER_STREAMING : MethodType.UNARY)
            .setFullMethodName(method.name())
            .setRequestMarshaller(ProtoUtils.marshaller(method.request()))
            .setResponseMarshaller(ProtoUtils.marshaller(method.reply()))
            .build(),
        CallOptions.DEFAULT);
    call.start(new Listener(), headers);
    call.request(Integer.MAX_VALUE);
  }

  void send(Message message) {
    call.sendMessage(message);
  }

  void halfClose() {
    call.halfClose();
  }

  void cancel() {
    call.cancel("the client gave it up when it was recorded", null);
  }

  /** Waits until it has ended, but no longer than this; returns whether it has. */
  boolean await(Duration time) throws InterruptedException {
    return over.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized List<Message> replies() {
    return List.copyOf(replies);
  }

  synchronized Optional<Status> status() {
    return Optional.ofNullable(status);
  }

  synchronized Metadata trailers() {
    return trailers == null ? new Metadata() : trailers;
  }

  private final class Listener extends ClientCall.Listener<Message> {
    @Override
    public void onMessage(Message message) {
      synchronized (LiveCall.this) {
        replies.add(message);
      }
    }

    @Override
    public void onClose(Status end, Metadata metadata) {
      synchronized (LiveCall.this) {
        status = end;
        trailers = metadata;
        over.countDown();
      }
    }
  }
}
