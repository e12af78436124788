package io.github.datasphere.emulator;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Message;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.AbstractStub;
import io.grpc.util.MutableHandlerRegistry;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says what to do about classes that do not fit together. The official Java SDK brings a gRPC of
 * years ago, of which Maven takes some parts and the others from us.
 */
final class MixedLibraries {
  /** Where a class is missing because an older version of its library has none. */
  private static final List<String> OF_SEVERAL_VERSIONS = List.of("io.grpc.", "com.google.");

  private MixedLibraries() {}

  static EmulatorException told(LinkageError failure) {
    var missing = missingClass(failure);
    return missing.isEmpty() || OF_SEVERAL_VERSIONS.stream().anyMatch(missing::startsWith)
        ? mixed(failure)
        : new EmulatorException(
            "A library is missing from the class path, the one with " + missing
                + ": keep those that" + " the emulator brings as dependencies, or add it",
            failure);
  }

  /** Such as {@code org.yaml.snakeyaml.Yaml}; empty if the classes that are there do not fit. */
  private static String missingClass(LinkageError failure) {
    return failure instanceof NoClassDefFoundError
            && failure.getCause() instanceof ClassNotFoundException cause
            && cause.getMessage() != null
        ? cause.getMessage()
        : "";
  }

  private static EmulatorException mixed(LinkageError failure) {
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
