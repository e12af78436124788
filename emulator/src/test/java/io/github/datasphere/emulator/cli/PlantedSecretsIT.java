package io.github.datasphere.emulator.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import io.github.datasphere.proto.iam.CreateIamTokenRequest;
import io.github.datasphere.proto.iam.IamTokenServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server that says all it can say, with a secret in every place that takes one. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PlantedSecretsIT {
  private static final String ALL = "planted-all-7d1f";
  private static final String OAUTH = "planted-oauth-7d1f";
  private static final String CONFIG = """
      secrets: {MY-SECRET: planted-secret-7d1f, TOKEN: "planted-lines-7d1f\\nmore"}
      tokens:
        accepted: [planted-accepted-7d1f]
        oauth: [planted-oauth-7d1f]
        all: [planted-all-7d1f]
        projects: {bt1limited0000000000: [planted-limited-7d1f]}
      """;
  private static final String JOB = """
      {"projectId": "bt1project0000000000", "name": "planted", "jobParameters": {
        "cmd": "printenv MY-SECRET TOKEN | sha256sum > out.txt; cat in.txt",
        "inputFiles": [{"desc": {"path": "in.txt"}, "sizeBytes": "2", "sha256": "%s"}],
        "outputFiles": [{"path": "out.txt"}],
        "env": {"dockerImageSpec": {"imageUrl": "registry.example/image", "username": "user",
          "passwordPlainText": "planted-password-7d1f"}},
        "cloudInstanceTypes": [{"name": "c1.4"}]}}
      """;
  private static final String HI =
      "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4";

  private static final String START = "start --data-dir data --log-level trace"
      + " --grpc-port 0 --http-port 0 --tls-port 0 --proxy-port 0";
  private static final String ASKED = "/server /calls /jobs /jobs/%1$s /jobs/%1$s/timeline /undone"
      + " /jobs/%1$s/log/text /jobs/%1$s/log /jobs/%1$s/files /jobs/%1$s/files.zip"
      + " /projects?communityId=c /clock";

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir
  Path folder;

  @Test
  void whatIsSecretStandsInNoAnswerNoLogAndNoFile() throws Exception {
    var seen = new ArrayList<String>();
    var planted = new ArrayList<>(List.of("planted-"));
    try (var server = Launched.onClassPath(
        folder, Map.of("DATASPHERE_EMULATOR_CONFIG_YAML", CONFIG), START.split(" "))) {
      server.awaitOutput("Ctrl+C ends it.");
      planted.add(exchanged(address(server, "gRPC")));
      var face = URI.create("http://" + address(server, "HTTP").replace("http://", ""));
      var job = ran(face, seen);
      for (var path : ASKED.formatted(job).split(" ")) {
        seen.add(path + ": " + ask(face, "GET", path, ""));
      }
      server.signal("TERM");
      assertThat(server.exitCode()).isIn(0, 143);
      seen.add("stdout: " + server.stdout());
      seen.add("stderr: " + server.stderr());
    }
    try (var files = Files.walk(folder.resolve("data"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        seen.add(file + ": " + Files.readString(file, ISO_8859_1));
      }
    }

    assertThat(String.join("\n", seen)).contains("registry.example/image");
    assertThat(seen)
        .allSatisfy(text -> assertThat(text).doesNotContain(planted.toArray(String[]::new)));
  }

  private static String address(Launched server, String port) {
    var line = Pattern.compile("(?m)^  " + port + " +(\\S+)$").matcher(server.stdout());
    assertThat(line.find()).as(server.stdout()).isTrue();
    return line.group(1);
  }

  /** An IAM token for the OAuth token. */
  private static String exchanged(String grpc) {
    var channel =
        Grpc.newChannelBuilder(grpc, InsecureChannelCredentials.create()).build();
    try {
      return IamTokenServiceGrpc.newBlockingStub(channel)
          .create(CreateIamTokenRequest.newBuilder()
              .setYandexPassportOauthToken(OAUTH)
              .build())
          .getIamToken();
    } finally {
      channel.shutdownNow();
    }
  }

  /** The id of a job that has run. */
  private String ran(URI face, List<String> seen) throws Exception {
    var created = ask(face, "POST", "/jobs", JOB.formatted(HI));
    seen.add("created: " + created);
    var job = JsonParser.parseString(created)
        .getAsJsonObject()
        .getAsJsonObject("response")
        .get("jobId")
        .getAsString();
    seen.add("uploaded: " + ask(face, "PUT", "/jobs/" + job + "/files/" + HI, "hi"));
    seen.add("executed: " + ask(face, "POST", "/jobs/" + job + ":execute", "{}"));
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> ask(face, "GET", "/jobs/" + job, "").contains("finishedAt"));
    assertThat(ask(face, "GET", "/jobs/" + job, "")).contains("SUCCESS");
    return job;
  }

  private String ask(URI face, String method, String path, String body) throws Exception {
    var request = HttpRequest.newBuilder(face.resolve("/api/v1" + path))
        .header("Authorization", "Bearer " + ALL)
        .method(method, BodyPublishers.ofString(body));
    var answer = http.send(request.build(), BodyHandlers.ofString(ISO_8859_1));
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(300);
    return answer.body();
  }
}
