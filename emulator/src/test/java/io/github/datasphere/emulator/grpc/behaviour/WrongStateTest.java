package io.github.datasphere.emulator.grpc.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.emulator.job.id.JobId;
import io.github.datasphere.proto.jobs.CancelProjectJobRequest;
import io.github.datasphere.proto.jobs.CloneProjectJobRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobDataRequest;
import io.github.datasphere.proto.jobs.DeleteProjectJobRequest;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.SetProjectJobDataTtlRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each call answers in each state of the job: ok, or why not; a refusal changes nothing. */
class WrongStateTest extends BehaviourTest {
  private static final String TABLE = """
      |                  | CREATING | PREPARING    | EXECUTING    | UPLOADING_OUTPUT | CANCELLING   | SUCCESS   | ERROR     | CANCELLED |
      | EXECUTE          | ok       | ok           | ok           | ok               | ok           | ok        | ok        | ok        |
      | CANCEL           | ok       | ok           | ok           | ok               | ok           | ok        | ok        | ok        |
      | CLONE            | ok       | ok           | ok           | ok               | ok           | ok        | ok        | ok        |
      | SET_TTL          | ok       | ok           | ok           | ok               | ok           | ok        | ok        | ok        |
      | DELETE           | ok       | PRECONDITION | PRECONDITION | PRECONDITION     | PRECONDITION | ok        | ok        | ok        |
      | DELETE_DATA      | PRECONDITION | PRECONDITION | PRECONDITION | PRECONDITION | PRECONDITION | ok        | ok        | ok        |
      | DOWNLOAD         | NOT_FOUND | NOT_FOUND   | NOT_FOUND    | NOT_FOUND        | NOT_FOUND    | NOT_FOUND | NOT_FOUND | NOT_FOUND |
      | DOWNLOAD_NOTHING | ok       | ok           | ok           | ok               | ok           | ok        | ok        | ok        |
      """;

  /** The calls on one job. */
  enum Call {
    EXECUTE((id, s) ->
        s.jobs().execute(ExecuteProjectJobRequest.newBuilder().setJobId(id).build())),
    CANCEL((id, s) ->
        s.jobs().cancel(CancelProjectJobRequest.newBuilder().setJobId(id).build())),
    CLONE((id, s) ->
        s.jobs().clone(CloneProjectJobRequest.newBuilder().setSourceJobId(id).build())),
    SET_TTL((id, s) -> s.jobs()
        .setDataTtl(SetProjectJobDataTtlRequest.newBuilder().setJobId(id).build())),
    DELETE((id, s) ->
        s.jobs().delete(DeleteProjectJobRequest.newBuilder().setJobId(id).build())),
    DELETE_DATA((id, s) -> s.jobs()
        .deleteData(DeleteProjectJobDataRequest.newBuilder().setJobId(id).build())),
    DOWNLOAD((id, s) -> s.jobs()
        .downloadJobFiles(DownloadProjectJobFilesRequest.newBuilder()
            .setJobId(id)
            .addFiles(File.newBuilder().setDesc(FileDesc.newBuilder().setPath("out.txt")))
            .build())),
    DOWNLOAD_NOTHING((id, s) -> s.jobs()
        .downloadJobFiles(
            DownloadProjectJobFilesRequest.newBuilder().setJobId(id).build()));

    private final BiConsumer<String, Stubs> call;

    Call(BiConsumer<String, Stubs> call) {
      this.call = call;
    }
  }

  /** A cell of the table. */
  record Cell(Call call, JobStatus status, String answer) {}

  static Stream<Cell> cells() {
    var rows = TABLE.lines().map(WrongStateTest::cells).toList();
    var header = rows.get(0);
    return rows.stream()
        .skip(1)
        .flatMap(row -> Stream.iterate(1, i -> i < row.size(), i -> i + 1)
            .map(i ->
                new Cell(Call.valueOf(row.get(0)), JobStatus.valueOf(header.get(i)), row.get(i))));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void everyCallInEveryStateAnswersWhatTheTableSays(Cell cell) {
    var job = jobIn(cell.status());
    var before = get(job);
    assertThat(before.getStatus()).isEqualTo(cell.status());

    assertThat(answer(cell.call(), job)).isEqualTo(cell.answer());
    if (!cell.answer().equals("ok")) {
      assertThat(get(job)).isEqualTo(before);
    }
  }

  private String answer(Call call, String job) {
    try {
      call.call.accept(job, stubs);
      return "ok";
    } catch (StatusRuntimeException e) {
      var code = e.getStatus().getCode();
      return code == Status.Code.FAILED_PRECONDITION ? "PRECONDITION" : code.name();
    }
  }

  private String jobIn(JobStatus status) {
    return switch (status) {
      case CREATING -> create();
      case PREPARING -> preparing();
      case EXECUTING -> executing();
      case UPLOADING_OUTPUT -> {
        var job = executing();
        world.runner().exited(new JobId(job), 0);
        yield job;
      }
      case CANCELLING -> {
        var job = executing();
        Call.CANCEL.call.accept(job, stubs);
        yield job;
      }
      case SUCCESS -> ended(0);
      case ERROR -> ended(1);
      case CANCELLED -> {
        var job = create();
        Call.CANCEL.call.accept(job, stubs);
        yield job;
      }
      case JOB_STATUS_UNSPECIFIED, UNRECOGNIZED -> throw new AssertionError(status);
    };
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.strip().split("\\|")).skip(1).map(String::strip).toList();
  }
}
