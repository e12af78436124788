package io.github.datasphere.emulator.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** How expected failures are told. */
class PlainWarningTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void warnsInOneSentenceAndKeepsTheTraceForDebug() {
    PlainWarning.tell(
        new Keeping(), new IOException("the engine is away"), "Job {} could not be ended", "j1");

    assertThat(told)
        .containsExactly(
            "WARN Job j1 could not be ended: the engine is away",
            "DEBUG Job j1 could not be ended, with IOException");
  }

  @Test
  void saysWhatIsWrongWithAFileBesideItsPath() {
    assertThat(PlainWarning.words(new NoSuchFileException("/a")))
        .isEqualTo("/a: there is no such file");
    assertThat(PlainWarning.words(new UncheckedIOException(new AccessDeniedException("/a"))))
        .startsWith("/a: permission denied");
    assertThat(PlainWarning.words(new IOException())).isEqualTo("IOException");
  }

  private final class Keeping extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String message,
        Object @Nullable [] arguments,
        @Nullable Throwable failure) {
      told.add(level + " " + MessageFormatter.basicArrayFormat(message, arguments)
          + (failure == null ? "" : ", with " + failure.getClass().getSimpleName()));
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
