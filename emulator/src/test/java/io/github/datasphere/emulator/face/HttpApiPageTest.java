package io.github.datasphere.emulator.face;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.testing.RecordingSwitch;
import io.github.datasphere.proto.emulator.ServerFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The OpenAPI file and docs/http-api.md tell of the routes that there are. */
class HttpApiPageTest {
  private static final Path PAGE = Path.of("../docs/http-api.md");
  private static final Path FILE =
      Path.of("src/main/resources/io/github/datasphere/emulator/face/openapi.json");
  private static final String BEGIN = "<!-- routes:begin (generated from the code) -->\n";
  private static final String END = "<!-- routes:end -->";

  @Test
  void theOpenApiFileTellsOfAllRoutes() throws IOException {
    var text = new OpenApi(routes()).text();
    if (Boolean.getBoolean("docs.update")) {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, text);
    }

    assertThat(Files.readString(FILE)).isEqualTo(text);
    try (var emulator = Emulator.inProcess()) {
      assertThat(new FaceClient(emulator).send("GET", "/openapi.json", "").body())
          .contains("3.1.0");
    }
  }

  @Test
  void thePageTellsOfAllRoutes() throws IOException {
    var page = Files.readString(PAGE);
    var whole = page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
        + table()
        + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(PAGE, whole);
    }

    assertThat(Files.readString(PAGE)).isEqualTo(whole);
  }

  private static String table() {
    var text = new StringBuilder("\n| route | body | answer | |\n|---|---|---|---|\n");
    for (var route : routes()) {
      var query = route.query().isEmpty() ? "" : "?" + String.join("&", route.query());
      text.append("| `")
          .append(route.method())
          .append(' ')
          .append(route.path())
          .append(query)
          .append("` | ")
          .append(name(route.request()))
          .append(" | ")
          .append(OpenApi.answer(route).isEmpty() ? "" : '`' + OpenApi.answer(route) + '`')
          .append(" | ")
          .append(route.says())
          .append(" |\n");
    }
    return text.append('\n').toString();
  }

  private static String name(@Nullable Descriptor message) {
    return message == null ? "" : '`' + message.getName() + '`';
  }

  /** The routes alone: none is called. */
  @SuppressWarnings("NullAway")
  private static List<FaceRoute> routes() {
    var access = new FaceAccess(new byte[32], () -> null);
    var watch = new RecordingSwitch(false, false);
    var parts =
        new FaceParts(() -> null, null, null, ServerFacts::getDefaultInstance, access, watch);
    try (var face = new Face(parts)) {
      return face.routes();
    }
  }
}
