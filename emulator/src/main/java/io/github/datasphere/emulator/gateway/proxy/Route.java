package io.github.datasphere.emulator.gateway.proxy;

import io.github.datasphere.emulator.gateway.tls.HttpRefusal;
import java.net.InetSocketAddress;
import java.util.List;

/** What the CONNECT port does with a request. */
sealed interface Route {

  /** Tunnel to the first of these addresses that takes the connection. */
  record ToAddress(List<InetSocketAddress> candidates) implements Route {}

  /** Tunnel to a host whose name has to be looked up. */
  record ToHost(String host, int port) implements Route {}

  /** End TLS here and answer in that host's place. */
  record AnswerFor(String host) implements Route {}

  record Refused(HttpRefusal refusal) implements Route {}
}
