package io.github.datasphere.emulator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** docs/control-service.md has all that the control service can be asked, with what it means. */
class ControlServicePageTest {
  @Test
  void everyCallMessageAndFieldHasAComment() throws IOException {
    assertThat(new ControlServicePage().withoutComment()).isEmpty();
  }

  /**
   * After a change of the proto: {@code ./mvnw -pl emulator -am test -Dtest=ControlServicePageTest
   * -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.update=true}.
   */
  @Test
  void documentShowsTheCommentsOfTheProto() throws IOException {
    new GeneratedPart("docs/control-service.md", "calls").shows(new ControlServicePage().text());
  }
}
