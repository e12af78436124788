package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.attacks.TokenAttacksTest.emulator;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.secrets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.attacks.AttackTable.Attack;
import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.emulator.gateway.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of strangers to the HTTP port of a server that lists tokens: {@code alice} is good for
 * all, {@code bob} for what is open. Words in braces are filled in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpAttacksTest {
  private static final String ALICES = "bt1alices00000000000";
  private static final String SECRET = "quarterly-figures";

  private final Map<String, String> words = new HashMap<>();
  private Emulator emulator;
  private URI base;

  @BeforeAll
  void start() {
    emulator = emulator(
        new AccessConfig(secrets("alice", "bob"), List.of(), Map.of(ALICES, secrets("alice"))));
    var hers = emulator.givenJob(
        job -> job.project(ALICES).name(SECRET).output("q.csv", SECRET.getBytes(UTF_8)));
    var other = emulator.givenJob(
        job -> job.stdout("a".repeat(30_000)).output("o.csv", "public".getBytes(UTF_8)));
    var get = emulator.downloadUrl(other, "o.csv").orElseThrow();
    base = get.resolve("/");
    words.put("host", base.getAuthority());
    words.put("job", hers);
    words.put("hidden", ALICES);
    words.put("basic-bob", base64("x:bob"));
    words.put("basic-none", base64("alice"));
    words.put("basic-colons", base64("x:bob:alice"));
    words.put("hers", emulator.downloadUrl(hers, "q.csv").orElseThrow().getRawPath());
    words.put("digest", words.get("hers").replaceAll(".*/", ""));
    words.put("huge", "x".repeat(6_000));
    words.put("get", get.getRawPath() + "?" + get.getRawQuery());
    words.put("path", get.getRawPath());
    for (var pair : get.getRawQuery().split("&")) {
      words.put(pair.replaceAll("=.*", ""), pair.replaceAll(".*=", ""));
      words.put("own-" + pair.replaceAll("=.*", ""), pair.replaceAll(".*=", ""));
    }
    words.put("job", hers);
  }

  @AfterAll
  void end() {
    if (emulator != null) {
      emulator.close();
    }
  }

  List<Attack> attacks() {
    return AttackTable.of("http.txt");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void nothingIsGivenAndOthersAreServed(Attack attack) throws Exception {
    var answer = ask(attack);

    assertThat(answer).matches("(?s)(HTTP/1\\.1 " + attack.one("answer") + " .*)?");
    assertThat(answer).doesNotContain(SECRET).doesNotContainPattern("(?m)^\\s+at [a-z]+\\.");
    if (answer.matches("(?s)HTTP/1\\.1 [45].*") && !answer.contains("Content-length: 0")) {
      assertThat(answer).containsPattern("(?i)\r\nContent-type: ");
    }
    if (attack.has("empty")) {
      assertThat(answer).isNotEmpty();
    }
    assertThat(send("GET /healthz HTTP/1.1\r\nHost: " + base.getAuthority()
            + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  private String ask(Attack attack) throws IOException {
    var text = attack.text();
    for (var word : words.entrySet()) {
      text = text.replace("{" + word.getKey() + "}", word.getValue());
    }
    var request = (text + (attack.has("raw") ? "" : "\nConnection: close")).replace("\n", "\r\n")
        + "\r\n\r\n";
    return send(request.translateEscapes());
  }

  private String send(String request) throws IOException {
    try (var client = Peer.connect(new InetSocketAddress(base.getHost(), base.getPort()))) {
      try {
        client.send(request);
        return client.readToEnd();
      } catch (SocketException e) {
        return "";
      }
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
