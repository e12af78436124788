package io.github.datasphere.emulator.wiring;

import static java.util.stream.Collectors.joining;

import com.google.protobuf.Message;
import io.github.datasphere.emulator.base.ExplainedException;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.AbstractStub;
import io.grpc.util.MutableHandlerRegistry;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says what to do about classes that do not fit together. The official Java SDK brings a gRPC that
 * is years old; Maven then takes some gRPC modules from the SDK and the others from us.
 */
final class MixedLibraries {
  /**
   * If a class of these packages is missing, an older version of the library is on the class path.
   */
  private static final List<String> OF_SEVERAL_VERSIONS = List.of("io.grpc.", "com.google.");

  private MixedLibraries() {}

  static ExplainedException told(LinkageError failure) {
    var missing = missingClass(failure);
    return missing.isEmpty() || OF_SEVERAL_VERSIONS.stream().anyMatch(missing::startsWith)
        ? mixed(failure)
        : new ExplainedException(
            "A library is missing from the class path, the one with " + missing
                + ": keep those that" + " the emulator brings as dependencies, or add it",
            failure);
  }

  /**
   * Returns the name of the missing class, such as {@code org.yaml.snakeyaml.Yaml}; empty if no
   * class is missing but the classes do not fit together.
   */
  private static String missingClass(LinkageError failure) {
    return failure instanceof NoClassDefFoundError
            && failure.getCause() instanceof ClassNotFoundException cause
            && cause.getMessage() != null
        ? cause.getMessage()
        : "";
  }

  private static ExplainedException mixed(LinkageError failure) {
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
    return new ExplainedException(
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
