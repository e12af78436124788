package io.github.datasphere.emulator.face;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the console brings of others is what they have published. */
class VendoredTest {
  private static final String FOLDER = "/io/github/datasphere/emulator/console/vendor/";

  @Test
  void eachFileHasTheDigestOfItsNoticeAndALicence() throws Exception {
    var notice = new String(content("NOTICE.txt"), StandardCharsets.UTF_8);

    for (var file : new String[] {"uplot.js", "uplot.css"}) {
      var digest = MessageDigest.getInstance("SHA-256").digest(content(file));
      assertThat(notice).contains(HexFormat.of().formatHex(digest) + "  " + file);
    }
    assertThat(notice).contains("MIT License", "uPlot 1.6.32");
  }

  private static byte[] content(String name) throws IOException {
    try (var in = VendoredTest.class.getResourceAsStream(FOLDER + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
