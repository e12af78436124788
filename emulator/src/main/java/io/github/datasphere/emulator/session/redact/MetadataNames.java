package io.github.datasphere.emulator.session.redact;

import java.util.Set;

/** Metadata that is no secret. The values of all other names are hidden. */
final class MetadataNames {
  private static final Set<String> OPEN = Set.of(
      "accept",
      "accept-encoding",
      "content-type",
      "content-length",
      "date",
      "datasphere-test-origin",
      "grpc-accept-encoding",
      "grpc-encoding",
      "grpc-timeout",
      "grpc-retry-pushback-ms",
      "grpc-previous-rpc-attempts",
      "server",
      "te",
      "user-agent",
      "x-client-version",
      "x-envoy-upstream-service-time");

  private static final Set<String> IDENTITIES = Set.of(
      "x-request-id",
      "request-id",
      "x-client-request-id",
      "x-client-trace-id",
      "x-server-trace-id",
      "x-server-request-id",
      "x-trace-id",
      "traceparent");

  private MetadataNames() {}

  static boolean isOpen(String name) {
    return OPEN.contains(name);
  }

  static boolean isIdentity(String name) {
    return IDENTITIES.contains(name);
  }
}
