package io.github.datasphere.emulator.attacks;

import static io.github.datasphere.emulator.attacks.TokenAttacksTest.emulator;
import static io.github.datasphere.emulator.attacks.TokenAttacksTest.secrets;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.config.AccessConfig;
import io.github.datasphere.emulator.grpc.Stubs;
import io.github.datasphere.proto.jobs.CloneProjectJobRequest;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.DownloadProjectJobFilesRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobRequest;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.Job;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.JobStatus;
import io.github.datasphere.proto.jobs.ListProjectJobRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody with a project of his own wants what lies in another's. */
class ProjectAttacksTest {
  private static final String ALICES = "bt1alices00000000000";
  private static final String BOBS = "bt1bobs0000000000000";
  private static final byte[] SECRET = "quarterly figures".getBytes(UTF_8);

  private Emulator emulator;
  private ManagedChannel channel;
  private Stubs alice;
  private Stubs bob;
  private String alicesJob;

  @BeforeEach
  void start() {
    emulator = emulator(new AccessConfig(
        secrets("alice", "bob"),
        List.of(),
        Map.of(ALICES, secrets("alice"), BOBS, secrets("bob"))));
    channel = emulator.channel();
    alice = new Stubs(channel, "Bearer alice");
    bob = new Stubs(channel, "Bearer bob");
    alicesJob =
        emulator.givenJob(job -> job.project(ALICES).name("figures").output("q.csv", SECRET));
  }

  @AfterEach
  void end() {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  /** Where content is known by its digest, whoever knows the digest must still not get it. */
  @Test
  void aDigestOfAnothersFileHasToBeUploadedWithItsContent() throws Exception {
    var created = createWithInput(bob, BOBS, alicesFile());

    assertThat(created.getUploadFilesList()).hasSize(1);
    assertThat(outcome(() -> bob.jobs()
            .execute(ExecuteProjectJobRequest.newBuilder()
                .setJobId(created.getJobId())
                .build())))
        .isEqualTo(Code.FAILED_PRECONDITION);
  }

  @Test
  void aFileOfAnothersJobIsNotGivenForAJobOfOnesOwn() {
    var own = emulator.givenJob(job -> job.project(BOBS).output("o", new byte[] {1}));
    var request = DownloadProjectJobFilesRequest.newBuilder().setJobId(own).addFiles(alicesFile());

    assertThat(outcome(() -> bob.jobs().downloadJobFiles(request.build()))).isNotEqualTo(Code.OK);
  }

  @Test
  void anothersJobIsNotCopied() {
    var before = job(alice, alicesJob);

    assertThat(outcome(() -> bob.jobs()
            .clone(CloneProjectJobRequest.newBuilder().setSourceJobId(alicesJob).build())))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(job(alice, alicesJob)).isEqualTo(before);
  }

  @Test
  void aPageOfAnothersListIsNotGoneOnWith() {
    var second = emulator.givenJob(job -> job.project(ALICES).name("more"));
    var page = alice.jobs().list(list(ALICES).setPageSize(1).build());

    var got = answer(() -> bob.jobs()
        .list(list(BOBS).setPageToken(page.getNextPageToken()).build())
        .getJobsList());

    assertThat(got).extracting(Job::getId).doesNotContain(alicesJob, second);
  }

  /** Each names a project of its own, or none. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "BT1ALICES00000000000",
        " bt1alices00000000000",
        "bt1alices00000000000 ",
        "bt1alices00000000000\0",
        "bt1alices00000000000/",
        "../bt1alices00000000000",
        "./bt1alices00000000000",
        "bt1bobs0000000000000/../bt1alices00000000000",
        "bt1alices00000000000%20",
        "bt1alices0000000000\u043e",
        "*",
        "%",
        "bt1alices%",
        "' OR '1'='1"
      })
  void anotherSpellingOfAnothersProjectLeadsToNothingOfHers(String spelled) {
    var listed = answer(() -> bob.jobs().list(list(spelled).build()).getJobsList());
    var upload = answer(() -> createWithInput(bob, spelled, alicesFile()).getUploadFilesList());

    assertThat(listed).isEmpty();
    assertThat(upload).allSatisfy(file -> assertThat(file.getUrl()).isNotEmpty());
    assertThat(alice.jobs().list(list(ALICES).build()).getJobsList())
        .extracting(Job::getId)
        .containsExactly(alicesJob);
  }

  /** The filter of List has a language of its own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "project_id = 'bt1alices00000000000'",
        "status = SUCCESS OR project_id = 'bt1alices00000000000'",
        "' OR 1=1 --",
        "status = 'SUCCESS' UNION SELECT payload FROM job"
      })
  void aFilterDoesNotLeadOutOfAProject(String filter) {
    var listed =
        answer(() -> bob.jobs().list(list(BOBS).setFilter(filter).build()).getJobsList());

    assertThat(listed).extracting(Job::getId).doesNotContain(alicesJob);
  }

  @Test
  void anotherSpellingOfAnothersJobIsNoJob() {
    assertThat(job(alice, alicesJob).getStatus()).isEqualTo(JobStatus.SUCCESS);
    assertThat(outcome(() -> job(bob, alicesJob))).isEqualTo(Code.PERMISSION_DENIED);
    for (var spelled : List.of(alicesJob.toUpperCase(Locale.ROOT), alicesJob + " ", "%", "../x")) {
      assertThat(outcome(() -> job(bob, spelled))).isIn(Code.NOT_FOUND, Code.INVALID_ARGUMENT);
    }
  }

  private static ListProjectJobRequest.Builder list(String project) {
    return ListProjectJobRequest.newBuilder().setProjectId(project);
  }

  private static Job job(Stubs who, String id) {
    return who.jobs().get(GetProjectJobRequest.newBuilder().setJobId(id).build());
  }

  private static File alicesFile() {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(SECRET);
      return File.newBuilder()
          .setDesc(FileDesc.newBuilder().setPath("q.csv"))
          .setSha256(HexFormat.of().formatHex(digest))
          .setSizeBytes(SECRET.length)
          .build();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static CreateProjectJobResponse createWithInput(Stubs who, String project, File file) {
    var operation = who.jobs()
        .create(CreateProjectJobRequest.newBuilder()
            .setProjectId(project)
            .setJobParameters(JobParameters.newBuilder()
                .setCmd("true")
                .addInputFiles(file)
                .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
            .build());
    try {
      return operation.getResponse().unpack(CreateProjectJobResponse.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** What is answered; nothing if that is a refusal in words. */
  private static <T> List<T> answer(Supplier<List<T>> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isNotIn(Code.INTERNAL, Code.UNKNOWN);
      assertThat(e.getStatus().getDescription()).isNotBlank();
      return List.of();
    }
  }

  private static Code outcome(Runnable call) {
    var refused = catchThrowableOfType(StatusRuntimeException.class, call::run);
    return refused == null ? Code.OK : refused.getStatus().getCode();
  }
}
