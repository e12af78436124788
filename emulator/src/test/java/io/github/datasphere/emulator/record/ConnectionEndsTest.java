package io.github.datasphere.emulator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.datasphere.emulator.session.Api;
import io.github.datasphere.emulator.session.Event;
import io.github.datasphere.emulator.session.Event.WentAway;
import io.github.datasphere.emulator.session.Recording;
import io.github.datasphere.emulator.session.redact.Options;
import io.github.datasphere.proto.jobs.GetProjectJobRequest;
import io.github.datasphere.proto.jobs.ProjectJobServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that ends streams and connections as HTTP/2 does, without a word of gRPC. */
class ConnectionEndsTest {
  private static final int HEADERS = 1;
  private static final int RESET = 3;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final byte[] ENHANCE_YOUR_CALM = {0, 0, 0, 11};
  private static final Metadata.Key<String> EARLIER =
      Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);

  private ServerSocket service;
  private Recorder recorder;
  private ManagedChannel channel;

  @TempDir
  Path folder;

  /** What the service does at the headers of a call. */
  private interface Answer {
    void to(int stream, DataOutputStream out) throws IOException;
  }

  @BeforeEach
  void open() throws Exception {
    service = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws Exception {
    if (channel != null) {
      channel.shutdownNow();
    }
    if (recorder != null) {
      recorder.close();
    }
    if (service != null) {
      service.close();
    }
  }

  @Test
  void aStreamThatTheServiceResetsIsRecordedAsThat() throws Exception {
    answering((stream, out) -> frame(out, RESET, stream, ENHANCE_YOUR_CALM));
    assertThatThrownBy(() -> jobs().get(GetProjectJobRequest.getDefaultInstance()))
        .hasMessageContaining("RST_STREAM");
    var warnings = recorder.finish();
    var end = recording().calls().get(0).ended().orElseThrow();

    assertThat(end.by()).isEqualTo("reset");
    assertThat(end.text()).contains("RST_STREAM", "ENHANCE_YOUR_CALM");
    assertThat(warnings).anyMatch(text -> text.contains("was not ended by the service"));
  }

  @Test
  void aConnectionThatTheServiceEndsIsAnEventAndTold() throws Exception {
    answering((stream, out) -> {
      var text = "too many pings".getBytes(StandardCharsets.UTF_8);
      var content = new byte[8 + text.length];
      System.arraycopy(ENHANCE_YOUR_CALM, 0, content, 4, 4);
      System.arraycopy(text, 0, content, 8, text.length);
      frame(out, GO_AWAY, 0, content);
    });
    assertThatThrownBy(() -> jobs().get(GetProjectJobRequest.getDefaultInstance()))
        .hasMessageContaining("GOAWAY");
    var warnings = recorder.finish();

    assertThat(events())
        .filteredOn(WentAway.class::isInstance)
        .singleElement()
        .isEqualTo(new WentAway("127.0.0.1", "ENHANCE_YOUR_CALM", "too many pings"));
    assertThat(recording().calls().get(0).ended().orElseThrow().by()).isEqualTo("go-away");
    assertThat(warnings)
        .contains(
            "Connections that the service ended (GOAWAY): 1 with ENHANCE_YOUR_CALM, too many pings.");
  }

  @Test
  void aCallThatItsClientMakesAgainIsTold() throws Exception {
    answering((stream, out) -> frame(out, RESET, stream, ENHANCE_YOUR_CALM));
    var again = new Metadata();
    again.put(EARLIER, "2");
    var jobs = jobs().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(again));
    assertThatThrownBy(() -> jobs.get(GetProjectJobRequest.getDefaultInstance()))
        .hasMessageContaining("RST_STREAM");

    assertThat(recorder.finish())
        .contains("Call 1 ProjectJobService.Get is made again by its client, which has tried 2"
            + " times before: attempts that never came this far are not in the recording.");
    assertThat(recording().calls().get(0).started().metadata())
        .containsEntry("grpc-previous-rpc-attempts", List.of("2"));
  }

  private ProjectJobServiceGrpc.ProjectJobServiceBlockingStub jobs() throws Exception {
    var settings = new RecordSettings(
        folder.resolve("out"),
        Optional.of("plaintext:127.0.0.1:" + service.getLocalPort()),
        Optional.empty(),
        false,
        new Options(List.of(), List.of(), Map.of(), true, new Random(1)),
        Files.createDirectories(folder.resolve("work")),
        "test");
    recorder = new Recorder(settings, Clock.systemUTC(), System::nanoTime);
    channel = Grpc.newChannelBuilder(recorder.grpc(), InsecureChannelCredentials.create())
        .build();
    return ProjectJobServiceGrpc.newBlockingStub(channel);
  }

  private Recording recording() {
    return Recording.read(folder.resolve("out"), new Api());
  }

  private List<Event> events() {
    var all = new ArrayList<Event>();
    Recording.read(folder.resolve("out"), new Api(), timed -> all.add(timed.event()));
    return all;
  }

  private void answering(Answer answer) {
    var thread = new Thread(() -> serve(answer), "ending-service");
    thread.setDaemon(true);
    thread.start();
  }

  private void serve(Answer answer) {
    while (!service.isClosed()) {
      try (var connection = service.accept()) {
        var in = new DataInputStream(connection.getInputStream());
        var out = new DataOutputStream(connection.getOutputStream());
        in.readNBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
        frame(out, SETTINGS, 0, new byte[0]);
        while (true) {
          int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
          int type = in.readUnsignedByte();
          in.readUnsignedByte();
          int stream = in.readInt();
          in.readNBytes(length);
          if (type == HEADERS) {
            answer.to(stream, out);
          }
        }
      } catch (IOException e) {
        // The client has gone; the next may come
      }
    }
  }

  private static void frame(DataOutputStream out, int type, int stream, byte[] content)
      throws IOException {
    out.writeByte(content.length >> 16);
    out.writeShort(content.length);
    out.writeByte(type);
    out.writeByte(0);
    out.writeInt(stream);
    out.write(content);
    out.flush();
  }
}
