package io.github.datasphere.emulator.grpc.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.spec.DockerImage;
import io.github.datasphere.emulator.job.spec.Environment;
import io.github.datasphere.emulator.job.validation.FieldViolation;
import io.github.datasphere.emulator.job.validation.Violations;
import io.github.datasphere.proto.jobs.Environment.DockerImageCase;
import io.github.datasphere.proto.jobs.ExtendedWorkingStorage;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.GracefulShutdownParameters;
import io.github.datasphere.proto.jobs.JobParameters;
import java.util.Objects;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersMappingTest {
  private final Violations wrong = Violations.of("p");

  @RepeatedTest(50)
  void everyFieldComesBackAsItCame(RepetitionInfo repetition) {
    var sent = withoutPassword(new RandomMessages(repetition.getCurrentRepetition())
        .fill(JobParameters.getDefaultInstance()));

    assertThat(UnsetFields.of(sent)).isEmpty();
    assertThat(roundTrip(sent)).isEqualTo(sent);
    assertThat(wrong.all()).isEmpty();
  }

  @Test
  void whatIsNotSetStaysUnset() {
    // The official client always sets env (service-behaviour 2.11)
    var sent = JobParameters.newBuilder()
        .setEnv(io.github.datasphere.proto.jobs.Environment.getDefaultInstance())
        .build();

    assertThat(roundTrip(sent)).isEqualTo(sent);
  }

  @Test
  void passwordReachesTheDomainButNoAnswer() {
    var sent = JobParameters.newBuilder();
    sent.getEnvBuilder().getDockerImageSpecBuilder().setPasswordPlainText("hunter2");

    var domain = ParametersMapping.toDomain(sent.build(), wrong);
    var answer = ParametersMapping.toProto(domain);

    assertThat(password(domain.env())).isEqualTo(new DockerImage.Password.Plain("hunter2"));
    assertThat(answer.getEnv().getDockerImageSpec().getPasswordPlainText()).isEqualTo("***");
    assertThat(answer.toString() + domain).doesNotContain("hunter2");
  }

  @Test
  void secretsNameIsNoSecret() {
    var sent = JobParameters.newBuilder();
    sent.getEnvBuilder().getDockerImageSpecBuilder().setPasswordDsSecretName("MY-SECRET");

    assertThat(roundTrip(sent.build())).isEqualTo(sent.build());
  }

  @Test
  void unknownEnumValuesNameTheirFields() {
    var sent = JobParameters.newBuilder()
        .addInputFiles(File.newBuilder().setCompressionTypeValue(7))
        .setExtendedWorkingStorage(ExtendedWorkingStorage.newBuilder().setTypeValue(-1));
    sent.getEnvBuilder()
        .getPythonEnvBuilder()
        .addLocalModules(File.getDefaultInstance())
        .addLocalModules(File.newBuilder().setCompressionTypeValue(3));

    ParametersMapping.toDomain(sent.build(), wrong);

    assertThat(wrong.all())
        .containsExactlyInAnyOrder(
            new FieldViolation("p.input_files[0].compression_type", "has the unknown value 7"),
            new FieldViolation("p.extended_working_storage.type", "has the unknown value -1"),
            new FieldViolation(
                "p.env.python_env.local_modules[1].compression_type", "has the unknown value 3"));
  }

  @ParameterizedTest
  @ValueSource(longs = {4_294_967_311L, Long.MAX_VALUE, Long.MIN_VALUE})
  void signalThatIsNoIntIsNoOtherSignal(long signal) {
    graceful(GracefulShutdownParameters.newBuilder().setSignal(signal));

    assertThat(wrong.all())
        .extracting(FieldViolation::field)
        .containsExactly("p.graceful_shutdown_parameters.signal");
  }

  @ParameterizedTest
  @CsvSource({
    "315576000001,0",
    "-315576000001,0",
    "9223372036854775807,0",
    "0,1000000000",
    "0,-2147483648",
    "1,-1",
    "-1,1"
  })
  void whatIsNoDurationNamesItsField(long seconds, int nanos) {
    graceful(durationOf(seconds, nanos));

    assertThat(wrong.all())
        .extracting(FieldViolation::field)
        .containsExactly("p.graceful_shutdown_parameters.timeout");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-1,-500000000", "0,-1", "315576000000,999999999", "-315576000000,-999999999"})
  void everyDurationComesBackAsItCame(long seconds, int nanos) {
    var sent = JobParameters.newBuilder()
        .setEnv(io.github.datasphere.proto.jobs.Environment.getDefaultInstance())
        .setGracefulShutdownParameters(durationOf(seconds, nanos))
        .build();

    assertThat(roundTrip(sent)).isEqualTo(sent);
    assertThat(wrong.all()).isEmpty();
  }

  private static GracefulShutdownParameters.Builder durationOf(long seconds, int nanos) {
    var graceful = GracefulShutdownParameters.newBuilder();
    graceful.getTimeoutBuilder().setSeconds(seconds).setNanos(nanos);
    return graceful;
  }

  private void graceful(GracefulShutdownParameters.Builder graceful) {
    ParametersMapping.toDomain(
        JobParameters.newBuilder().setGracefulShutdownParameters(graceful).build(), wrong);
  }

  private JobParameters roundTrip(JobParameters sent) {
    return ParametersMapping.toProto(ParametersMapping.toDomain(sent, wrong));
  }

  private static DockerImage.Password password(Environment env) {
    return Objects.requireNonNull(
        ((DockerImage.Registry) Objects.requireNonNull(env.image())).password());
  }

  private static JobParameters withoutPassword(JobParameters parameters) {
    var env = parameters.getEnv();
    if (env.getDockerImageCase() != DockerImageCase.DOCKER_IMAGE_SPEC
        || !env.getDockerImageSpec().hasPasswordPlainText()) {
      return parameters;
    }
    var builder = parameters.toBuilder();
    builder.getEnvBuilder().getDockerImageSpecBuilder().setPasswordPlainText("***");
    return builder.build();
  }
}
