package io.github.datasphere.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.proto.datasphere.GetProjectRequest;
import io.github.datasphere.proto.datasphere.ProjectServiceGrpc.ProjectServiceBlockingStub;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import org.junit.jupiter.api.Test;

/** A test class whose calls are answered from a recording. */
@DataSphereEmulator(replay = "../samples/recordings/word-count")
class ReplayTest {
  @Test
  void stubsAreAnsweredFromTheRecording(ProjectServiceBlockingStub projects) {
    var request =
        GetProjectRequest.newBuilder().setProjectId("bt1of0the0test000000").build();

    assertThat(projects.get(request).getId()).isEqualTo("bt1of0the0test000000");
  }

  @Test
  void aCallThatWasNotRecordedSaysSo(ProjectJobServiceBlockingStub jobs) {
    assertThatThrownBy(() -> jobs.get(GetProjectJobRequest.getDefaultInstance()))
        .hasMessageContaining("the recording has no such call");
  }
}
