package io.github.datasphere.emulator.cli.doctor;

import io.github.datasphere.emulator.config.NetworkConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks whether {@code start} could listen where it is told to. */
final class PortsCheck implements Check {
  private final NetworkConfig network;
  private final boolean serverRuns;

  PortsCheck(NetworkConfig network, boolean serverRuns) {
    this.network = network;
    this.serverRuns = serverRuns;
  }

  @Override
  public String subject() {
    return "Ports";
  }

  @Override
  public List<Finding> run() {
    if (serverRuns) {
      return List.of(Finding.ok("a server is running and uses them"));
    }
    var findings = new ArrayList<Finding>();
    for (var entry : ports().entrySet()) {
      test(entry.getKey(), entry.getValue(), findings);
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok(ports().values() + " are free at " + network.bind()));
    }
    return findings;
  }

  private Map<String, Integer> ports() {
    var ports = new LinkedHashMap<String, Integer>();
    ports.put("--grpc-port", network.grpcPort());
    ports.put("--http-port", network.httpPort());
    ports.put("--tls-port", network.tlsPort());
    ports.put("--proxy-port", network.proxyPort());
    return ports;
  }

  private void test(String option, int port, List<Finding> findings) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(network.bind()), port));
    } catch (IOException e) {
      findings.add(Finding.problem(
          "port " + port + " at " + network.bind() + " cannot be opened: " + e.getMessage(),
          "end what uses it, or choose another with " + option + " (0 for a free one)"));
    }
  }
}
