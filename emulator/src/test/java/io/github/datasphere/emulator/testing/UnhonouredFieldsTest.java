package io.github.datasphere.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.proto.datasphere.ProjectServiceOuterClass;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceOuterClass;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnhonouredFieldsTest {
  @Test
  void everyFieldThatIsListedIsInTheApi() {
    var fields = Stream.of(
            ProjectJobServiceOuterClass.getDescriptor(), ProjectServiceOuterClass.getDescriptor())
        .flatMap(file -> file.getMessageTypes().stream())
        .flatMap(message -> message.getFields().stream())
        .map(field -> field.getFullName());
    assertThat(fields).containsAll(UnhonouredFields.IGNORED);
  }

  @Test
  void whatIsNotSetIsNotFound() {
    assertThat(UnhonouredFields.of(
            CancelProjectJobRequest.newBuilder().setJobId("a").build()))
        .isEmpty();
    assertThat(UnhonouredFields.of(null)).isEmpty();
  }
}
