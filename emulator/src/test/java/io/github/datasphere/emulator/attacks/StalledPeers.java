package io.github.datasphere.emulator.attacks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.datasphere.emulator.Addresses;
import io.github.datasphere.emulator.gateway.Peer;
import io.github.datasphere.emulator.gateway.TlsClient;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;

/** A crowd of clients of the TLS port and the CONNECT port, each of which has gone so far. */
final class StalledPeers implements AutoCloseable {
  private static final int MANY = 200;
  private static final int RECORD = 0x16;

  /** An answer in TLS: an alert, or nothing but the end. */
  private static final String ALERT = "(?s)(\\x15.*)?(\\(reset\\))?";

  private static final String REFUSED = "(?s)HTTP/1\\.1 4\\d\\d .*";
  private static final String NOTHING = "(\\(reset\\))?";

  private final Addresses addresses;
  private final List<AutoCloseable> open = new ArrayList<>();

  StalledPeers(Addresses addresses) {
    this.addresses = addresses;
  }

  /** What a crowd does. */
  @FunctionalInterface
  interface Deed {
    void by(StalledPeers crowd) throws Exception;
  }

  /** One attack, and what the last client hears to the end of its connection. */
  record Attack(String name, String heard, Deed deed) {
    Attack(String name, Deed deed) {
      this(name, "", deed);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Attack> waiting() {
    return Stream.of(waitingInTls(), waitingInTunnels(), brokenTunnels()).flatMap(some -> some);
  }

  private static Stream<Attack> waitingInTls() {
    return Stream.of(
        new Attack("say nothing", it -> it.many(it::tls)),
        new Attack("say one byte", it -> it.many(() -> it.tls().send(new byte[] {RECORD}))),
        new Attack(
            "say half a head", it -> it.many(() -> it.tls().send(new byte[] {RECORD, 3, 1}))),
        new Attack("announce a record", it -> it.many(() -> it.tls().send(record(16_000, 1)))),
        new Attack("say half a hello", it -> {
          var hello = hello();
          it.many(() -> it.tls().send(Arrays.copyOf(hello, hello.length / 2)));
        }),
        new Attack("say all but the last byte of a hello", it -> {
          var hello = hello();
          it.many(() -> it.tls().send(Arrays.copyOf(hello, hello.length - 1)));
        }),
        new Attack("say hello and hear nothing", it -> {
          var hello = hello();
          it.many(() -> it.tls().send(hello));
        }),
        new Attack("say hello byte by byte", it -> {
          var peer = it.tls();
          for (var each : hello()) {
            peer.send(new byte[] {each});
          }
        }),
        new Attack(
            "announce a message of 16 MB",
            it -> it.many(() -> it.tls()
                .send(
                    joined(record(4, 0), new byte[] {1, (byte) 0xff, (byte) 0xff, (byte) 0xff})))),
        new Attack("shake hands and say nothing", it -> it.some(() -> it.shaken("localhost"))),
        new Attack(
            "shake hands and say half a preface",
            it -> it.some(() ->
                it.shaken("localhost").getOutputStream().write("PRI * HT".getBytes(ISO_8859_1)))),
        new Attack(
            "shake hands and end their side",
            it -> it.some(() -> it.shaken("localhost").shutdownOutput())),
        new Attack("go without a word", it -> it.many(() -> it.tls().reset())),
        new Attack("go after half a hello", it -> {
          var hello = hello();
          it.many(() -> it.tls().send(Arrays.copyOf(hello, hello.length / 2)).reset());
        }));
  }

  private static Stream<Attack> waitingInTunnels() {
    return Stream.of(
        new Attack("CONNECT: say nothing", it -> it.many(it::proxy)),
        new Attack("CONNECT: say half a line", it -> it.many(() -> it.proxy().send("CONNECT loc"))),
        new Attack(
            "CONNECT: say no empty line",
            it -> it.many(() -> it.proxy().send("CONNECT localhost:1 HTTP/1.1\r\nHost: x\r\n"))),
        new Attack("CONNECT: drip fields", it -> {
          var peer = it.proxy().send("CONNECT localhost:1 HTTP/1.1\r\n");
          for (int i = 0; i < MANY; i++) {
            peer.send("X: y\r\n");
          }
        }),
        new Attack(
            "CONNECT: idle tunnels to the service",
            it -> it.many(() -> it.tunnel("datasphere.api.cloud.yandex.net:443"))),
        new Attack("CONNECT: half a hello in each tunnel", it -> {
          var hello = hello();
          it.many(() -> it.tunnel("iam.api.cloud.yandex.net:443")
              .send(Arrays.copyOf(hello, hello.length / 2)));
        }),
        new Attack(
            "CONNECT: idle tunnels to the gRPC port",
            it -> it.many(() -> it.tunnel(it.addresses.grpc()))),
        new Attack(
            "CONNECT: half a request to the HTTP port",
            it -> it.many(() -> it.tunnel(it.http()).send("GET /healthz HT"))),
        new Attack("CONNECT: tunnels through itself", it -> {
          var peer = it.proxy();
          for (int depth = 0; depth < 20; depth++) {
            peer.ask(it.addresses.proxy().getAuthority()).readHead();
          }
        }));
  }

  private static Stream<Attack> brokenTunnels() {
    return Stream.of(
        new Attack(
            "CONNECT: half closed tunnels",
            it -> it.many(() -> it.tunnel(it.addresses.grpc()).end())),
        new Attack(
            "CONNECT: gone within tunnels",
            it -> it.many(() -> it.tunnel(it.addresses.tls()).reset())),
        new Attack(
            "CONNECT: gone before the answer",
            it -> it.many(() -> it.proxy().ask(it.addresses.tls()).reset())),
        new Attack(
            "CONNECT: read nothing",
            it -> it.some(() -> {
              var peer = it.tunnel(it.http());
              for (int i = 0; i < 20; i++) {
                peer.send("GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
              }
            })));
  }

  static Stream<Attack> ended() {
    return Stream.of(endedInTls(), otherFirstWords(), endedInTunnels(), endedAtTheFarSide())
        .flatMap(some -> some);
  }

  private static Stream<Attack> endedInTls() {
    return Stream.of(
        new Attack(
            "a record of another version",
            ALERT,
            it -> it.tls().send(new byte[] {RECORD, 9, 9, 0, 4, 1, 0, 0, 0}).end()),
        new Attack(
            "a record beyond all",
            ALERT,
            it -> it.tls()
                .send(new byte[] {RECORD, 3, 1, (byte) 0xff, (byte) 0xff})
                .end()),
        new Attack(
            "empty records",
            ALERT,
            it ->
                it.tls().send(joined(record(0, 0), record(0, 0), record(0, 0))).end()),
        new Attack(
            "noise for a hello", ALERT, it -> it.tls().send(record(100, 100)).end()),
        new Attack(
            "a hello that ends too early",
            ALERT,
            it -> it.tls()
                .send(joined(record(6, 0), new byte[] {1, 0, 0, 2, 3, 3}))
                .end()),
        new Attack(
            "an end for a hello",
            ALERT,
            it -> it.tls().send(joined(record(4, 0), new byte[] {20, 0, 0, 0})).end()),
        new Attack("half a hello and its end", ALERT, it -> {
          var hello = hello();
          it.tls().send(Arrays.copyOf(hello, hello.length / 2)).end();
        }));
  }

  private static Stream<Attack> otherFirstWords() {
    return Stream.of(
        new Attack(
            "hello twice",
            "(?s).*",
            it -> it.tls().send(joined(hello(), hello())).end()),
        new Attack(
            "hello and plain text",
            "(?s).*",
            it -> it.tls()
                .send(joined(hello(), "GET / HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1)))
                .end()),
        new Attack(
            "a hello of SSL 2",
            REFUSED,
            it -> it.tls()
                .send(new byte[] {(byte) 0x80, 0x2e, 1, 0, 2, 0, 21, 0, 0, 0, 16})
                .end()),
        new Attack(
            "an alert first",
            REFUSED,
            it -> it.tls().send(new byte[] {0x15, 3, 3, 0, 2, 1, 0}).end()),
        new Attack(
            "data first",
            REFUSED,
            it -> it.tls().send(new byte[] {0x17, 3, 3, 0, 2, 1, 0}).end()),
        new Attack(
            "a heartbeat first",
            REFUSED,
            it -> it.tls().send(new byte[] {0x18, 3, 3, 0, 3, 1, 0x40, 0}).end()),
        new Attack("the end at once", NOTHING, it -> it.tls().end()));
  }

  private static Stream<Attack> endedInTunnels() {
    return Stream.of(
        new Attack(
            "CONNECT: TLS to the proxy itself",
            REFUSED,
            it -> it.proxy().send(hello()).end()),
        new Attack(
            "CONNECT: HTTP/2 to the proxy itself",
            REFUSED,
            it -> it.proxy().send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").end()),
        new Attack(
            "CONNECT: a head that never ends",
            REFUSED,
            it -> it.proxy().send("CONNECT localhost:1 HTTP/1.1\r\n" + "X: y\r\n".repeat(12_000))),
        new Attack(
            "CONNECT: the end within the head",
            NOTHING,
            it -> it.proxy().send("CONNECT localhost:1 HTTP/1.1\r\n").end()),
        new Attack(
            "CONNECT: a port where nothing is",
            "(?s)HTTP/1\\.1 502 .*",
            it -> it.proxy().ask("localhost:1").end()));
  }

  private static Stream<Attack> endedAtTheFarSide() {
    return Stream.of(
        new Attack(
            "CONNECT: another page's name at the HTTP port",
            "(?s).*HTTP/1\\.1 421 .*",
            it -> it.tunnel(it.http()).send(get("evil.example")).end()),
        new Attack(
            "CONNECT: the official name at the HTTP port",
            "(?s).*HTTP/1\\.1 421 .*",
            it -> it.tunnel(it.http())
                .send(get("datasphere.api.cloud.yandex.net"))
                .end()),
        new Attack(
            "CONNECT: its own name at the HTTP port",
            "(?s).*HTTP/1\\.1 200 .*",
            it -> it.tunnel(it.http()).send(get("localhost")).end()),
        new Attack(
            "CONNECT: plain text to the service",
            "(?s).*HTTP/1\\.1 400 .*",
            it ->
                it.tunnel("datasphere.api.cloud.yandex.net:443").send(get("x")).end()),
        new Attack(
            "CONNECT: another request in the tunnel",
            "(?s).*HTTP/1\\.1 400 .*",
            it -> it.tunnel(it.addresses.tls()).ask("localhost:1").end()),
        new Attack(
            "CONNECT: a request with a body",
            "(?s)HTTP/1\\.1 200 Connection.*HTTP/1\\.1 400 .*",
            it -> it.proxy()
                .send(
                    "CONNECT " + it.addresses.tls() + " HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello")
                .end()));
  }

  private static String get(String host) {
    return "GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
  }

  /** A client that does something. */
  @FunctionalInterface
  private interface Client {
    void act() throws Exception;
  }

  private void many(Client client) throws Exception {
    for (int i = 0; i < MANY; i++) {
      client.act();
    }
  }

  /** Handshakes cost. */
  private void some(Client client) throws Exception {
    for (int i = 0; i < MANY / 20; i++) {
      client.act();
    }
  }

  private Peer tls() throws Exception {
    return opened(addresses.tls());
  }

  private Peer proxy() throws Exception {
    return opened(addresses.proxy().getAuthority());
  }

  private Peer tunnel(String target) throws Exception {
    var peer = proxy().ask(target);
    peer.readHead();
    return peer;
  }

  private SSLSocket shaken(String name) throws Exception {
    var socket = TlsClient.trusting(addresses.certificate()).connect(port(addresses.tls()), name);
    open.add(socket);
    socket.startHandshake();
    return socket;
  }

  private Peer opened(String address) throws Exception {
    var peer = Peer.connect(Peer.loopback(port(address)));
    open.add(peer);
    return peer;
  }

  private String http() {
    return addresses.http().getAuthority();
  }

  Peer last() {
    return (Peer) open.get(open.size() - 1);
  }

  static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** What a client says first, as the JDK has it. */
  private static byte[] hello() throws Exception {
    var engine = TlsClient.blind().context().createSSLEngine("localhost", 443);
    engine.setUseClientMode(true);
    var bytes = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), bytes);
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /** The head of a record that announces so many bytes, and as many as there are. */
  private static byte[] record(int announced, int given) {
    var record = new byte[5 + given];
    record[0] = RECORD;
    record[1] = 3;
    record[2] = 1;
    record[3] = (byte) (announced >> 8);
    record[4] = (byte) announced;
    return record;
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Override
  public void close() throws Exception {
    for (var one : open) {
      one.close();
    }
  }
}
