package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.Emulator;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parameters the extension takes for its own. */
class ClaimsTest {
  private static final String ANOTHER = "of-another-extension";

  @Test
  void withTheSwitchOnlyAnnotatedOnesAreTaken() {
    assertThat(Run.of(BesideAnother.class).failures()).isEmpty();
  }

  @Test
  void withoutTheSwitchJUnitSaysThatTwoGiveIt() {
    assertThat(Run.of(BesideAnotherWithoutSwitch.class).failureText()).contains("competing");
  }

  @Test
  void argumentsOfAParameterisedTestAreNotTaken() {
    var run = Run.of(Parameterised.class);
    assertThat(run.failures()).isEmpty();
    assertThat(run.succeeded()).isEqualTo(6);
  }

  @Test
  void whatCanNotBeGivenIsRefused() {
    assertThat(Run.of(AsksForAText.class).failureText())
        .contains("@FromEmulator cannot give", "its type Emulator, ManagedChannel or a stub");
  }

  /** Shut down already: nobody calls it. */
  static ManagedChannel other() {
    return InProcessChannelBuilder.forName(ANOTHER)
        .overrideAuthority(ANOTHER)
        .build()
        .shutdownNow();
  }

  static boolean isOther(ManagedChannel channel) {
    return channel.authority().equals(ANOTHER);
  }

  /** As another emulator's extension might be. */
  static final class Another implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ManagedChannel.class
          && !parameter.isAnnotated(FromEmulator.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return other();
    }
  }

  @ExtendWith(Another.class)
  @DataSphereEmulator(onlyAnnotated = true)
  static class BesideAnother {
    @Test
    void both(
        ManagedChannel theirs, @FromEmulator ManagedChannel ours, @FromEmulator Emulator emulator) {
      assertThat(isOther(theirs)).isTrue();
      assertThat(isOther(ours)).isFalse();
      assertThat(emulator.jobs()).isEmpty();
    }
  }

  @ExtendWith(Another.class)
  @DataSphereEmulator
  static class BesideAnotherWithoutSwitch {
    @Test
    void both(ManagedChannel channel) {
      assertThat(channel).isNotNull();
    }
  }

  @DataSphereEmulator
  static class Parameterised {
    @ParameterizedTest
    @MethodSource("channels")
    void channelsOfASource(ManagedChannel given, @FromEmulator ManagedChannel ours) {
      assertThat(isOther(given)).isTrue();
      assertThat(isOther(ours)).isFalse();
    }

    static Stream<ManagedChannel> channels() {
      return Stream.of(other());
    }

    @ParameterizedTest
    @NullSource
    void nothing(ManagedChannel given, Emulator ours) {
      assertThat(given).isNull();
      assertThat(ours.jobs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void numbers(int given, ManagedChannel ours) {
      assertThat(given).isPositive();
      assertThat(isOther(ours)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a, 1", "b, 2"})
    void texts(String given, int number, ManagedChannel ours, Emulator emulator) {
      assertThat(given).isNotEmpty();
      assertThat(number).isPositive();
      assertThat(isOther(ours)).isFalse();
      assertThat(emulator.jobs()).isEmpty();
    }
  }

  @DataSphereEmulator
  static class AsksForAText {
    @Test
    void asks(@FromEmulator String text) {
      assertThat(text).isEmpty();
    }
  }
}
