package io.github.datasphere.emulator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.github.datasphere.proto.jobs.CloudInstanceType;
import io.github.datasphere.proto.jobs.CreateProjectJobRequest;
import io.github.datasphere.proto.jobs.CreateProjectJobResponse;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.JobParameters;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc.ProjectJobServiceBlockingStub;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent, nothing breaks, hangs, leaks, or is told as a fault of the server. By hand,
 * with {@code -Pfuzz}: {@code -Dfuzz.requests=5000000} for so many, {@code -Dfuzz.minutes=60} for
 * as many as can be sent meanwhile, {@code -Dfuzz.seed=N} for others, {@code -Dfuzz.first=N} to
 * begin with that round of ten thousand, which a complaint names.
 */
@Timeout(value = 10, unit = TimeUnit.HOURS)
class FuzzIT {
  private static final String CONTROL = "datasphere.emulator.v1.ControlService";
  private static final String PROJECT = "bt1fuzz";
  private static final int ROUND = 10_000;

  private final long seed = Long.getLong("fuzz.seed", 1);
  private final long minutes = Long.getLong("fuzz.minutes", 0);
  private final int requests = Integer.getInteger("fuzz.requests", 60_000);
  private final int first = Integer.getInteger("fuzz.first", 2);

  @Test
  void oddRequestsAndConnectionsAreAnsweredAndLeaveNothing(@TempDir Path folder) throws Exception {
    var complaints = new Complaints();
    try (var server = FuzzedServer.start(folder)) {
      round(server, 0, complaints);
      round(server, 1, complaints);
      var before = server.idle();
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
      for (int i = Math.max(2, first);
          minutes > 0 ? System.nanoTime() < end : i * ROUND < requests;
          i++) {
        round(server, i, complaints);
        if (i % 50 == 0) {
          System.out.println((i + 1) * ROUND + " requests sent, complaints: " + complaints.list());
        }
      }
      var softly = new SoftAssertions();
      softly
          .assertThat(complaints.list())
          .as("seed %s: repeat with -Dfuzz.seed=%s", seed, seed)
          .isEmpty();
      softly.assertThat(server.traces()).isEmpty();
      // Threads of pools end when they have had nothing to do for a minute
      await().atMost(3, TimeUnit.MINUTES).pollInterval(1, TimeUnit.SECONDS).untilAsserted(() -> {
        var after = server.idle();
        assertThat(after.threads()).as("threads").isLessThan(before.threads() + 10);
        assertThat(after.descriptors()).as("files").isLessThan(before.descriptors() + 10);
        assertThat(after.heapBytes()).as("heap").isLessThan(before.heapBytes() + (8 << 20));
        System.out.println("before " + before + ", after " + after);
      });
      softly.assertAll();
    }
  }

  /** Four parts are calls of the API, one is calls of the control service to another emulator. */
  private void round(FuzzedServer server, int number, Complaints complaints) throws Exception {
    complaints.begin("round " + number, server::threads);
    var own = seed * 1_000_003 + number;
    for (var control : List.of(false, true)) {
      var ports = server.renew();
      try (var pulse = ProcessWatch.start(server)) {
        calls(ports, own, control, pulse, complaints);
      }
    }
  }

  private static void calls(
      FuzzedServer.Ports ports,
      long seed,
      boolean control,
      ProcessWatch pulse,
      Complaints complaints)
      throws Exception {
    var channel = Grpc.newChannelBuilder(ports.grpc(), InsecureChannelCredentials.create())
        .build();
    try {
      var jobs = jobs(channel);
      var created = create(jobs);
      var offered = OfferedCalls.of(channel).stream()
          .filter(call -> call.getService().getFullName().equals(CONTROL) == control)
          .toList();
      var odd = new OddCalls(channel, pulse, complaints);
      odd.send(
          offered,
          Seeds.of(PROJECT, created.getJobId()),
          new Mutations(seed, List.of(PROJECT, created.getJobId(), "bt1community")),
          control ? ROUND / 5 : ROUND * 4 / 5);
      if (!control) {
        new OddConnections(ports, created.getUploadFiles(0).getUrl(), pulse, complaints)
            .send(seed, ROUND / 50);
        assertThat(names(OfferedCalls.of(channel))).containsAll(names(offered));
      }
    } finally {
      channel.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
    }
  }

  private static List<String> names(List<MethodDescriptor> calls) {
    return calls.stream().map(MethodDescriptor::getFullName).toList();
  }

  private static ProjectJobServiceBlockingStub jobs(ManagedChannel channel) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer fuzz");
    return ProjectJobServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** A job with an input that is not there yet. */
  private static CreateProjectJobResponse create(ProjectJobServiceBlockingStub jobs)
      throws Exception {
    var input = File.newBuilder()
        .setDesc(FileDesc.newBuilder().setPath("in.txt"))
        .setSha256("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb")
        .setSizeBytes(1);
    return jobs.create(CreateProjectJobRequest.newBuilder()
            .setProjectId(PROJECT)
            .setName("fuzz")
            .setJobParameters(JobParameters.newBuilder()
                .setCmd("true")
                .addInputFiles(input)
                .addCloudInstanceTypes(CloudInstanceType.newBuilder().setName("c1.4")))
            .build())
        .getResponse()
        .unpack(CreateProjectJobResponse.class);
  }
}
