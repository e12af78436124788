package io.github.datasphere.emulator.job.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.job.JobStatus;
import io.github.datasphere.emulator.job.lifecycle.RejectedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobFilterTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void noFilterLetsAllThrough(String filter) {
    assertThat(JobFilter.parse(filter)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status IN (EXECUTING, UPLOADING_OUTPUT)",
        "status in (EXECUTING,UPLOADING_OUTPUT)",
        "  status\tIN(UPLOADING_OUTPUT ,\nEXECUTING , EXECUTING)  "
      })
  void listsStatuses(String filter) {
    assertThat(JobFilter.parse(filter))
        .containsExactlyInAnyOrder(JobStatus.EXECUTING, JobStatus.UPLOADING_OUTPUT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name IN (ERROR)|1",
        "status = ERROR|8",
        "status NOT IN (ERROR)|8",
        "status IN ERROR|11",
        "status IN ()|12",
        "status IN (error)|12",
        "status IN (JOB_STATUS_UNSPECIFIED)|12",
        "status IN (ERROR|17",
        "status IN (ERROR,)|18",
        "status IN (ERROR) AND name IN (x)|19",
        "status|7",
        "(|1",
        "); DROP TABLE job|1"
      })
  void namesThePositionOfWhatIsWrong(String filter, int position) {
    assertThatThrownBy(() -> JobFilter.parse(filter))
        .isInstanceOf(RejectedException.class)
        .hasMessageStartingWith("filter: ")
        .hasMessageContaining(" at position " + position + ";");
  }

  @Test
  void filterHasALimit() {
    var longest = "status IN (ERROR)" + " ".repeat(983);

    assertThat(JobFilter.parse(longest)).containsExactly(JobStatus.ERROR);
    assertThatThrownBy(() -> JobFilter.parse(longest + " "))
        .hasMessage("filter: must have at most 1000 characters but has 1001");
  }
}
