package io.github.datasphere.junit;

import io.github.datasphere.emulator.Addresses;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.ReplayedService;
import io.github.datasphere.emulator.http.HttpPorts;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One emulator with the channel of its test; closed by JUnit's store. */
@SuppressWarnings("deprecation") // JUnit up to 5.12 closes nothing else
final class TestWorld implements ExtensionContext.Store.CloseableResource, AutoCloseable {
  private final Settings settings;
  private final Emulator emulator;
  private final @Nullable ReplayedService recorded;
  private final CallOrigins calls;
  private final ManagedChannel channel;
  private final AtomicReference<String> user = new AtomicReference<>("");

  TestWorld(Settings settings, HttpPorts ports, String test) {
    this.settings = settings;
    this.emulator =
        Emulator.testDouble(settings.config(), settings.transport() != Transport.IN_PROCESS, ports);
    this.calls = new CallOrigins(test, settings.strict());
    try {
      this.recorded = settings.way().isReplay() ? replayed(settings) : null;
      this.channel = connect();
    } catch (RuntimeException | Error e) {
      // JUnit closes only objects that it got
      calls.close();
      emulator.close();
      throw e;
    }
    try {
      settings.prepare().accept(emulator);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  static boolean canGive(Class<?> type) {
    return type == Emulator.class || type == ManagedChannel.class || Stubs.isStub(type);
  }

  Object give(Class<?> type) {
    if (type == Emulator.class) {
      if (recorded != null) {
        throw new ExtensionConfigurationException("calls are answered from the recording "
            + settings.way().replay() + ", so there is no emulator to inject: take a"
            + " ManagedChannel or a stub");
      }
      return emulator;
    }
    return type == ManagedChannel.class ? channel : Stubs.make(type, channel, settings.token());
  }

  Emulator emulator() {
    return emulator;
  }

  Settings settings() {
    return settings;
  }

  /** Notes that a test begins to use it. */
  void enter(String test) {
    var other = user.compareAndExchange("", test);
    if (!other.isEmpty()) {
      throw concurrent(other + " and " + test);
    }
  }

  /** Notes that the test no longer uses it. */
  void leave(String test) {
    user.compareAndSet(test, "");
  }

  static ExtensionConfigurationException concurrent(String tests) {
    return new ExtensionConfigurationException(
        tests + " share one emulator (lifetime = CLASS) but run concurrently, so each would see the"
            + " other's jobs and time: add @Execution(SAME_THREAD) to the class, or give each test"
            + " its own emulator, which is the default");
  }

  private ManagedChannel connect() {
    try {
      return switch (settings.transport()) {
        case IN_PROCESS -> recorded == null ? emulator.channel(calls) : recorded.channel(calls);
        case TCP ->
          Grpc.newChannelBuilder(addresses().grpc(), InsecureChannelCredentials.create())
              .intercept(calls)
              .build();
        case TLS ->
          Grpc.newChannelBuilder(
                  addresses().tls(),
                  TlsChannelCredentials.newBuilder()
                      .trustManager(addresses().certificate().toFile())
                      .build())
              .intercept(calls)
              .build();
      };
    } catch (IOException e) {
      throw new UncheckedIOException("the emulator's certificate cannot be read", e);
    }
  }

  private Addresses addresses() {
    return recorded == null ? emulator.addresses() : recorded.addresses();
  }

  private static ReplayedService replayed(Settings settings) {
    return ReplayedService.start(
        Path.of(settings.way().replay()),
        0,
        settings.config(),
        settings.transport() != Transport.IN_PROCESS);
  }

  @Override
  public void close() {
    calls.close();
    channel.shutdownNow();
    if (recorded != null) {
      recorded.close();
    }
    emulator.close();
  }
}
