package io.github.datasphere.emulator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.emulator.SmallDisk;
import io.github.datasphere.proto.emulator.AddFaultRequest;
import io.github.datasphere.proto.jobs.JobStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody fills the disk of a server that does something: it works or is refused in words, and
 * once there is room all is served. Needs the right to mount a disk.
 */
@EnabledOnOs(OS.LINUX)
class FullDiskAttacksIT {
  private static final int MEBIBYTE = 1 << 20;
  private static final Set<Status.Code> REFUSALS =
      Set.of(Status.Code.UNAVAILABLE, Status.Code.RESOURCE_EXHAUSTED);
  private static final Set<JobStatus> ENDED =
      Set.of(JobStatus.SUCCESS, JobStatus.ERROR, JobStatus.CANCELLED);

  @TempDir
  private static Path folder;

  private static Path disk;
  private static Path filler;
  private static Emulator emulator;
  private static JobClient client;

  /** What is done before the disk is full, and gives the id of a job. */
  @FunctionalInterface
  interface Before {
    String run() throws Exception;
  }

  /** What is done with that job once it is. */
  @FunctionalInterface
  interface Deed {
    void with(String job) throws Exception;
  }

  /** One attack, and how many bytes of the disk are free meanwhile. */
  record Attack(String name, long free, Before before, Deed deed) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    disk = SmallDisk.mount(folder.resolve("disk"), "64m");
    filler = disk.resolve("filler");
    emulator = DataDirectory.start(disk.resolve("data"));
    client = new JobClient(emulator.addresses().grpc());
  }

  @AfterAll
  static void stop() throws Exception {
    if (client != null) {
      client.close();
    }
    if (emulator != null) {
      emulator.close();
    }
    SmallDisk.unmount(disk);
  }

  static Stream<Attack> attacks() {
    return Stream.concat(calls(), transfers());
  }

  private static Stream<Attack> calls() {
    return Stream.of(
        new Attack("Create", 0, () -> "", job -> client.create("true", random(100))),
        new Attack("many Creates", 0, () -> "", job -> {
          for (int i = 0; i < 100; i++) {
            client.create("true # " + "x".repeat(10_000), random(100));
          }
        }),
        new Attack("Execute", 0, () -> uploaded("true"), job -> client.execute(job)),
        new Attack(
            "Execute with a little room",
            8_192,
            () -> uploaded("true"),
            job -> client.execute(job)),
        new Attack(
            "Get",
            0,
            FullDiskAttacksIT::ended,
            job -> assertThat(client.get(job).getStatus()).isEqualTo(JobStatus.SUCCESS)),
        new Attack(
            "its log",
            0,
            FullDiskAttacksIT::ended,
            job -> assertThat(client.stdout(job, text -> {})).isEqualTo("done\n")),
        new Attack("Cancel", 0, () -> running("sleep 1000"), job -> client.cancel(job)),
        new Attack("Delete", 0, FullDiskAttacksIT::ended, job -> client.delete(job)),
        new Attack("DeleteData", 0, FullDiskAttacksIT::ended, job -> client.deleteData(job)),
        new Attack(
            "an ordered fault",
            0,
            () -> "",
            job -> client.order(AddFaultRequest.newBuilder()
                .setMethod("AddResource")
                .setDelayBy(com.google.protobuf.Duration.newBuilder().setNanos(1))
                .build())));
  }

  private static Stream<Attack> transfers() {
    return Stream.of(
        new Attack("an upload", 0, () -> "", job -> put(100)),
        new Attack("an upload that begins to fit", MEBIBYTE, () -> "", job -> put(4 * MEBIBYTE)),
        new Attack(
            "a download",
            0,
            FullDiskAttacksIT::ended,
            job -> assertThat(client.download(client.get(job))).hasSize(1000)),
        new Attack(
            "an archive that does not fit",
            4 * MEBIBYTE,
            () -> {
              var zip = zeros(30 * MEBIBYTE);
              var created = JobClient.created(client.createWithArchive("true", zip));
              client.put(JobClient.needed(created).get(0), zip);
              return created.getJobId();
            },
            job -> {
              client.execute(job);
              awaitEnd(job);
              assertThat(client.get(job).getStatus()).isEqualTo(JobStatus.ERROR);
            }),
        new Attack(
            "output that does not fit",
            MEBIBYTE,
            () -> running("until [ -e " + filler + " ]; do sleep 0.1; done; cat in.bin > out.bin;"
                + " head -c 4000000 /dev/urandom >> out.bin"),
            job -> {}),
        new Attack(
            "a log that does not fit",
            MEBIBYTE,
            () ->
                running("until [ -e " + filler + " ]; do sleep 0.1; done; head -c 4000000 /dev/zero"
                    + " | tr '\\0' x; cp in.bin out.bin"),
            job -> {}));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void worksOrIsRefusedInWordsAndAllIsServedOnceThereIsRoom(Attack attack) throws Exception {
    var job = attack.before().run();
    fill(attack.free());
    Throwable failure;
    try {
      failure = catchThrowable(() -> attack.deed().with(job));
    } finally {
      Files.delete(filler);
    }
    if (failure instanceof StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).as(refused.toString()).isIn(REFUSALS);
      assertThat(refused).hasMessageMatching("(?s).*(full|disk|No space|written).*");
    } else if (failure != null) {
      assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining("507");
    }
    assertServes();
    if (!job.isEmpty() && isThere(job) && client.get(job).getStatus() != JobStatus.CREATING) {
      awaitEnd(job);
    }
  }

  private static void assertServes() {
    await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
      var job = ended();
      assertThat(client.get(job).getStatus()).isEqualTo(JobStatus.SUCCESS);
      assertThat(client.download(client.get(job))).hasSize(1000);
    });
  }

  private static boolean isThere(String job) {
    try {
      return client.get(job).getId().equals(job);
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static String ended() throws Exception {
    var job = running("cp in.bin out.bin; echo done");
    awaitEnd(job);
    return job;
  }

  private static void awaitEnd(String job) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ENDED.contains(client.get(job).getStatus()));
  }

  private static String running(String command) throws Exception {
    var job = uploaded(command);
    client.execute(job);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.get(job).getStatus() == JobStatus.EXECUTING
            || ENDED.contains(client.get(job).getStatus()));
    return job;
  }

  private static String uploaded(String command) throws Exception {
    var content = random(1000);
    var created = JobClient.created(client.create(command, content));
    client.put(JobClient.needed(created).get(0), content);
    return created.getJobId();
  }

  private static void put(int size) throws Exception {
    var content = random(size);
    var created = JobClient.created(client.create("true", content));
    for (var url : JobClient.needed(created)) {
      client.put(url, content);
    }
  }

  private static void fill(long free) throws Exception {
    SmallDisk.fill(filler);
    try (var file = FileChannel.open(filler, StandardOpenOption.WRITE)) {
      file.truncate(Math.max(0, file.size() - free));
    }
  }

  private static byte[] random(int size) {
    var content = new byte[size];
    new Random().nextBytes(content);
    return content;
  }

  private static byte[] zeros(int size) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var name : List.of("in.bin/a", "in.bin/b")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(new byte[size / 2]);
      }
    }
    return bytes.toByteArray();
  }
}
