package io.github.datasphere.emulator.grpc.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.job.Collected;
import io.github.datasphere.emulator.job.DataRetention;
import io.github.datasphere.emulator.job.Ending;
import io.github.datasphere.emulator.job.Execution;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.proto.jobs.FileUploadError;
import io.github.datasphere.proto.jobs.JobMetadata;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobMappingTest {
  @RepeatedTest(20)
  void everyFieldOfAJobIsShown(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();

    assertThat(UnsetFields.of(JobMapping.toProto(FullJobs.job(seed, false))))
        .containsExactly("data_cleared");
    assertThat(UnsetFields.of(JobMapping.toProto(FullJobs.job(seed, true))))
        .containsExactly("data_size_bytes");
  }

  @Test
  void everyFieldOfTheMetadataIsShown() {
    assertThat(UnsetFields.of(JobMapping.toMetadata(FullJobs.job(1, false)))).isEmpty();
  }

  @Test
  void metadataSayWhatTheJobSays() {
    var job = JobMapping.toProto(FullJobs.job(1, false));
    var metadata = JobMapping.toMetadata(FullJobs.job(1, false));
    var differing = new HashSet<String>();
    for (var field : JobMetadata.getDescriptor().getFields()) {
      var same = job.getDescriptorForType().findFieldByName(field.getName());
      if (same == null || !job.getField(same).equals(metadata.getField(field))) {
        differing.add(field.getName());
      }
    }

    // There it is called desc
    assertThat(differing).isEqualTo(Set.of("description"));
    assertThat(metadata.getDescription()).isEqualTo(job.getDesc());
  }

  @Test
  void everyFieldOfAProgressIsShown() {
    var progress = FullJobs.job(1, false).execution().progress();

    assertThat(progress).isNotNull();
    assertThat(UnsetFields.of(JobMapping.toProto(progress))).isEmpty();
  }

  @Test
  void fileErrorsTellOutputsFromLogs() {
    var errors = FullJobs.RESULTS.errors().stream().map(JobMapping::toProto).toList();

    assertThat(errors)
        .extracting(FileUploadError::getFileTypeCase)
        .containsExactly(
            FileUploadError.FileTypeCase.OUTPUT_FILE_DESC,
            FileUploadError.FileTypeCase.LOG_FILE_NAME);
    assertThat(errors.get(1).getLogFileName()).isEqualTo("stderr.log");
  }

  @ParameterizedTest
  @EnumSource
  void everyStatusHasItsNumber(JobStatus status) {
    var proto = JobMapping.toProto(newJob(status, null));

    assertThat(proto.getStatus().name()).isEqualTo(status.name());
  }

  @Test
  void jobThatDidNotRunHasNoMachine() {
    assertThat(JobMapping.toProto(newJob(JobStatus.CREATING, null)).hasActualCloudInstanceType())
        .isFalse();
    assertThat(JobMapping.toProto(newJob(JobStatus.CANCELLED, null)).hasActualCloudInstanceType())
        .isFalse();
    assertThat(JobMapping.toProto(newJob(JobStatus.PREPARING, null)).getActualCloudInstanceType())
        .extracting(type -> type.getName())
        .isEqualTo("c1.4");
    assertThat(JobMapping.toProto(newJob(JobStatus.CANCELLED, new Ending.NeverStarted()))
            .hasActualCloudInstanceType())
        .isTrue();
  }

  @Test
  void whatHasNotHappenedIsNotSet() {
    var proto = JobMapping.toProto(newJob(JobStatus.CREATING, null));

    assertThat(UnsetFields.of(proto).stream().filter(path -> !path.startsWith("job_parameters")))
        .containsExactlyInAnyOrderElementsOf(List.of(
            "finished_at",
            "data_expires_at",
            "data_cleared",
            "output_files",
            "log_files",
            "diagnostic_files",
            "started_at",
            "status_details",
            "actual_cloud_instance_type",
            "file_errors",
            "output_datasets"));
  }

  private static Job newJob(JobStatus status, @Nullable Ending ending) {
    var full = FullJobs.job(1, false);
    return new Job(
        full.id(),
        full.projectId(),
        1,
        full.submission(),
        status,
        "",
        new Execution(null, "c1.4", null, null, null, ending, null),
        null,
        Collected.NOTHING,
        new DataRetention(null, null, false));
  }
}
