package io.github.datasphere.emulator.fuzz;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The calls that a server offers, as its reflection tells. */
final class OfferedCalls {
  private final Channel channel;
  private final Map<String, FileDescriptorProto> files = new HashMap<>();
  private final Map<String, FileDescriptor> built = new HashMap<>();

  private OfferedCalls(Channel channel) {
    this.channel = channel;
  }

  static List<MethodDescriptor> of(Channel channel) throws Exception {
    return new OfferedCalls(channel).calls();
  }

  private List<MethodDescriptor> calls() throws Exception {
    var services = ask(ServerReflectionRequest.newBuilder().setListServices("").build())
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(ServiceResponse::getName)
        .toList();
    for (var service : services) {
      read(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service).build());
    }
    var calls = new ArrayList<MethodDescriptor>();
    for (var name : List.copyOf(files.keySet())) {
      file(name).getServices().stream()
          .filter(service -> services.contains(service.getFullName()))
          .forEach(service -> calls.addAll(service.getMethods()));
    }
    return calls;
  }

  private void read(ServerReflectionRequest request) throws Exception {
    for (var bytes : ask(request).getFileDescriptorResponse().getFileDescriptorProtoList()) {
      var file = parsed(bytes.toByteArray());
      files.put(file.getName(), file);
    }
  }

  private static FileDescriptorProto parsed(byte[] bytes) throws InvalidProtocolBufferException {
    return FileDescriptorProto.parseFrom(bytes);
  }

  private FileDescriptor file(String name) throws Exception {
    var known = built.get(name);
    if (known != null) {
      return known;
    }
    if (!files.containsKey(name)) {
      read(ServerReflectionRequest.newBuilder().setFileByFilename(name).build());
    }
    var proto = files.get(name);
    var imports = new ArrayList<FileDescriptor>();
    for (var imported : proto.getDependencyList()) {
      imports.add(file(imported));
    }
    try {
      var file = FileDescriptor.buildFrom(proto, imports.toArray(FileDescriptor[]::new), true);
      built.put(name, file);
      return file;
    } catch (DescriptorValidationException e) {
      throw new AssertionError("reflection gave a file that does not hold together: " + name, e);
    }
  }

  private ServerReflectionResponse ask(ServerReflectionRequest request) throws Exception {
    var answer = new CompletableFuture<ServerReflectionResponse>();
    var requests = ServerReflectionGrpc.newStub(channel)
        .serverReflectionInfo(new StreamObserver<>() {
          @Override
          public void onNext(ServerReflectionResponse response) {
            answer.complete(response);
          }

          @Override
          public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
          }

          @Override
          public void onCompleted() {
            // The answer has come before
          }
        });
    requests.onNext(request);
    requests.onCompleted();
    return answer.get();
  }
}
