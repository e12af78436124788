package io.github.datasphere.emulator;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.AbstractStub;
import io.grpc.util.MutableHandlerRegistry;
import java.util.stream.Stream;

/**
 * Says what to do about classes that do not fit together. The official Java SDK brings a gRPC of
 * years ago, of which Maven takes some parts and the others from us.
 */
final class MixedLibraries {
  private MixedLibraries() {}

  static EmulatorException told(LinkageError failure) {
    var jars = Stream.of(
            ManagedChannel.class,
            InProcessServerBuilder.class,
            MutableHandlerRegistry.class,
            AbstractStub.class,
            ProtoUtils.class,
            Message.class)
        .map(MixedLibraries::jar)
        .distinct()
        .collect(joining(", "));
    return new EmulatorException(
        "Libraries on the class path do not fit together: " + jars + ". If these are of several"
            + " versions, let the newest win: import io.grpc:grpc-bom and"
            + " com.google.protobuf:protobuf-bom of its version in <dependencyManagement>. ("
            + failure + ")",
        failure);
  }

  private static String jar(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    var location = source == null ? type.getName() : source.getLocation().getPath();
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
