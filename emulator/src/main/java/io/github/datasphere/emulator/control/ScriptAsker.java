package io.github.datasphere.emulator.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.datasphere.emulator.runner.scripted.JobView;
import io.github.datasphere.emulator.runner.scripted.Script;
import io.github.datasphere.proto.emulator.JobFacts;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Asks a test in another process of this machine what a job does. */
final class ScriptAsker {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST_ANSWER = 64 << 20;
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");

  private final URI address;
  private final ScriptReader reader;

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException if this is no address of this machine; the message names the
   *     field
   */
  ScriptAsker(String address, ScriptReader reader) {
    this.address = checked(address);
    this.reader = reader;
  }

  private static URI checked(String address) {
    try {
      var uri = URI.create(address);
      if ("http".equals(uri.getScheme())
          && uri.getHost() != null
          && THIS_MACHINE.contains(uri.getHost())
          && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Told below
    }
    throw new IllegalArgumentException("ask: must be an address of this machine, such as"
        + " http://127.0.0.1:1234/decide, not '" + address + "'");
  }

  /**
   * Returns what the test answers.
   *
   * @throws IllegalStateException if that is no script; the message says what it was
   */
  Script ask(JobView job) {
    var script = io.github.datasphere.proto.emulator.Script.newBuilder();
    try {
      JsonFormat.parser().merge(posted(JsonFormat.printer().print(facts(job))), script);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "The test at " + address + " answered with no script: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The test at " + address + " does not answer: " + e.getMessage(), e);
    }
    return reader.read(script.build(), "script");
  }

  private String posted(String question) throws IOException {
    var body = question.getBytes(UTF_8);
    var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    try {
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setInstanceFollowRedirects(false);
      connection.setDoOutput(true);
      // Else the JDK asks a second time where the first answer breaks off
      connection.setFixedLengthStreamingMode(body.length);
      try (var out = connection.getOutputStream()) {
        out.write(body);
      }
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException(refusal(connection));
      }
      return text(connection.getInputStream().readNBytes(LARGEST_ANSWER));
    } finally {
      connection.disconnect();
    }
  }

  /** What the test says of an error in its own code, else the bare status. */
  private static String refusal(HttpURLConnection connection) throws IOException {
    try (var told = connection.getErrorStream()) {
      var words = told == null ? "" : text(told.readNBytes(2_000)).strip();
      return words.isEmpty() ? "HTTP status " + connection.getResponseCode() : words;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static JobFacts facts(JobView job) {
    return JobFacts.newBuilder()
        .setJobId(job.id())
        .setProjectId(job.projectId())
        .setName(job.name())
        .setDescription(job.description())
        .setCmd(job.cmd())
        .putAllArguments(job.arguments())
        .putAllEnvironment(job.environment())
        .addAllInstanceTypes(job.instanceTypes())
        .addAllInputs(job.inputs())
        .build();
  }
}
