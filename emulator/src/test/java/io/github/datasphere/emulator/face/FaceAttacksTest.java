package io.github.datasphere.emulator.face;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strangers, and pages of others, reach for the face and the console. */
class FaceAttacksTest {
  private Emulator emulator;
  private FaceClient face;

  @BeforeEach
  void start() {
    emulator = Emulator.inProcess();
    face = new FaceClient(emulator);
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /api/v1/server",
    "GET, /api/v1/jobs",
    "GET, /api/v1/nothing",
    "GET, /api/v1/../v1/jobs",
    "GET, /app.js",
    "GET, /login",
    "GET, /login?code=",
    "POST, /api/v1/reset",
    "POST, /api/v1/links",
    "PUT, /api/v1/jobs/x/files/y",
    "DELETE, /api/v1/jobs/x",
    "GET, /nothing"
  })
  void noRouteAnswersWithoutAToken(String method, String path) {
    var answer = face.exchange(face.request(path).method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("datasphere-emulator console");
  }

  @Test
  void refusalsOfThePortAreToldAsJsonToo() {
    var answer = face.exchange(
        face.request("/api/v1/jobs").header("Origin", "http://evil.example").GET());

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(FaceClient.text(FaceClient.error(answer), "code")).isEqualTo("PERMISSION_DENIED");
    assertThat(face.exchange(
                face.request("/").header("Origin", "http://evil.example").GET())
            .headers()
            .firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
  }

  @Test
  void aLinkLetsOneBrowserIn() {
    var link = emulator.consoleLink();

    var first = face.exchange(HttpRequest.newBuilder(link));
    var second = face.exchange(HttpRequest.newBuilder(link));
    var guessed = face.exchange(face.request("/login?code=0123456789abcdef0123456789abcdef"));

    assertThat(first.statusCode()).isEqualTo(303);
    assertThat(first.headers().firstValue("Set-Cookie"))
        .hasValueSatisfying(cookie -> assertThat(cookie)
            .contains("HttpOnly", "SameSite=Lax", "Path=/")
            .doesNotContain(emulator.httpToken()));
    assertThat(second.statusCode()).isEqualTo(401);
    assertThat(guessed.statusCode()).isEqualTo(401);
    assertThat(face.exchange(face.request("/api/v1/server").header("Cookie", cookie(first)))
            .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aCookieIsGoodForPagesOfOursAlone() {
    var cookie = cookie(face.exchange(HttpRequest.newBuilder(emulator.consoleLink())));
    var host = face.base().toString().replaceAll("/$", "");

    assertThat(status(post().header("Cookie", cookie).header("Origin", host))).isEqualTo(200);
    assertThat(status(post().header("Cookie", cookie))).isEqualTo(401);
    assertThat(status(post().header("Cookie", cookie).header("Origin", "http://evil.example")))
        .isEqualTo(403);
    assertThat(status(face.request("/api/v1/jobs")
            .header("Cookie", cookie)
            .header("Sec-Fetch-Site", "same-site")))
        .isEqualTo(401);
  }

  @Test
  void secretsDoNotLeaveThroughTheFace() {
    var created = face.post("/jobs", """
        {"projectId": "bt1project", "jobParameters": {"cmd": "true",
          "inputFiles": [{"desc": {"path": "a.txt"}, "sizeBytes": "1", "sha256": "%s"}],
          "env": {"dockerImageSpec": {
            "imageUrl": "registry.example/image", "username": "u", "passwordPlainText": "pa55"}},
          "cloudInstanceTypes": [{"name": "c1.4"}]}}
        """.formatted("1".repeat(64))).toString();

    assertThat(created).contains("***").doesNotContain("pa55", "/upload/");
  }

  @Test
  void whatUsersWroteHasNoRightsOfOurPages() {
    var id = emulator.givenJob(job -> job.stdout("<script>alert(1)</script>")
        .output("<img src=x>.html", "<script>alert(2)</script>".getBytes(UTF_8)));
    var digest = FaceClient.text(
        face.get("/jobs/" + id + "/files").getAsJsonArray("files").get(0), "sha256");

    for (var path : new String[] {
      "/files/" + digest, "/files/" + digest + "?show=1&name=x.html", "/log/text", "/files.zip"
    }) {
      var answer = face.send("GET", "/jobs/" + id + path, "");
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .hasValueSatisfying(
              policy -> assertThat(policy).startsWith("sandbox;").doesNotContain("script"));
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }
  }

  private HttpRequest.Builder post() {
    return face.request("/api/v1/quota").POST(BodyPublishers.ofString("{}"));
  }

  private int status(HttpRequest.Builder request) {
    return face.exchange(request).statusCode();
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }
}
