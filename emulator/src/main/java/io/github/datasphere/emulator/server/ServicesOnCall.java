package io.github.datasphere.emulator.server;

import io.github.datasphere.emulator.grpc.interception.UnknownCalls;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes each service when it is first called. A test calls few of them, and making them all would
 * cost more than the rest of its emulator.
 */
final class ServicesOnCall extends HandlerRegistry {
  private final Map<String, Supplier<ServerServiceDefinition>> known;
  private final Map<String, ServerServiceDefinition> made = new TreeMap<>();
  private final UnknownCalls unknown = new UnknownCalls();

  ServicesOnCall(Map<String, Supplier<ServerServiceDefinition>> known) {
    this.known = Map.copyOf(known);
  }

  @Override
  public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
      String method, @Nullable String authority) {
    var name = MethodDescriptor.extractFullServiceName(method);
    var maker = name == null ? null : known.get(name);
    var served = maker == null ? null : service(name, maker).getMethod(method);
    return served == null ? unknown.lookupMethod(method, authority) : served;
  }

  /** Returns all services, for reflection. */
  @Override
  public List<ServerServiceDefinition> getServices() {
    return known.entrySet().stream()
        .map(service -> service(service.getKey(), service.getValue()))
        .toList();
  }

  private synchronized ServerServiceDefinition service(
      String name, Supplier<ServerServiceDefinition> maker) {
    return made.computeIfAbsent(name, unused -> maker.get());
  }
}
