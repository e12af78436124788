package io.github.datasphere.emulator.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.gateway.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of another host, which points its name at this machine, asks the face with a token. */
class HostAttacksTest {
  private static final String NAME = "quarterly-figures";

  private Emulator emulator;
  private URI base;

  @BeforeEach
  void start() {
    emulator = Emulator.inProcess();
    emulator.givenJob(job -> job.name(NAME));
    base = emulator.consoleLink().resolve("/");
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "127.0.0.1.nip.io",
        "127.0.0.1@evil.example",
        "evil.example@127.0.0.1",
        "localhost:80:evil.example",
        "localhost,evil.example",
        "localhost evil.example",
        "localhost\tevil.example",
        "localhost/evil.example",
        "localhost#evil.example",
        "localhost?evil.example",
        "localhost\\evil.example",
        "localhost%2eevil.example",
        "localhost..",
        ".localhost",
        "xlocalhost",
        "l\u00f6calhost",
        "2130706433",
        "0x7f000001",
        "127.1",
        "[::1].evil.example",
        "[evil.example]",
        "http://localhost",
        ":80",
        "*"
      })
  void theFaceIsServedUnderNoOtherName(String host) throws Exception {
    var answer = ask("GET /api/v1/jobs HTTP/1.1\r\nHost: " + host + "\r\n");

    assertThat(answer).matches("(?s)HTTP/1\\.1 (421|400) .*").doesNotContain(NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/jobs HTTP/1.1\r\n",
        "GET /api/v1/jobs HTTP/1.0\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost:\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: evil.example\r\nHost: localhost\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n .evil.example\r\n",
        "GET http://evil.example/api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n",
        "GET http://localhost@evil.example/api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n",
        "GET //evil.example/api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n"
      })
  void theFaceIsServedForNoOddHead(String head) throws Exception {
    var answer = ask(head);

    assertThat(answer).matches("(?s)(HTTP/1\\.1 (4\\d\\d|501) .*)?").doesNotContain(NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-Host", "X-Forwarded-For", "Forwarded", "X-Original-URL"})
  void whatAProxyWouldSayIsNotListenedTo(String header) throws Exception {
    var host = "Host: " + base.getAuthority() + "\r\n";
    var honest = ask("GET /api/v1/jobs HTTP/1.1\r\n" + host + header + ": /login\r\n");

    assertThat(honest).startsWith("HTTP/1.1 200 ").contains(NAME);
  }

  @Test
  void withoutTheTokenAForwardedNameHelpsNothing() throws Exception {
    try (var client = connect()) {
      client.send("GET /api/v1/jobs HTTP/1.1\r\nHost: " + base.getAuthority()
          + "\r\nX-Forwarded-For: 127.0.0.1\r\nConnection: close\r\n\r\n");

      assertThat(client.readToEnd()).startsWith("HTTP/1.1 401 ").doesNotContain(NAME);
    }
  }

  /** With the token, so that nothing but the name keeps it out. */
  private String ask(String head) throws IOException {
    try (var client = connect()) {
      client.send(
          head + "Authorization: Bearer " + emulator.httpToken() + "\r\nConnection: close\r\n\r\n");
      return client.readToEnd();
    }
  }

  private Peer connect() throws IOException {
    return Peer.connect(new InetSocketAddress(base.getHost(), base.getPort()));
  }
}
