package io.github.datasphere.emulator.client;

import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import io.github.datasphere.proto.jobs.ExecuteProjectJobResponse;
import io.github.datasphere.proto.jobs.File;
import io.github.datasphere.proto.jobs.FileCompressionType;
import io.github.datasphere.proto.jobs.FileDesc;
import io.github.datasphere.proto.jobs.FileUploadError;
import io.github.datasphere.proto.jobs.JobResult;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.StandardStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Messages that a service answers with, short to write in a test. */
final class Answers {
  private static final Timestamp AT =
      Timestamp.newBuilder().setSeconds(61).setNanos(5_000_000).build();

  private Answers() {}

  static LogMessage out(String text) {
    return message(text).setStandardStream(StandardStream.OUT).build();
  }

  static LogMessage err(String text) {
    return message(text).setStandardStream(StandardStream.ERR).build();
  }

  static LogMessage to(String path, String text) {
    return message(text).setFilePath(path).build();
  }

  private static LogMessage.Builder message(String text) {
    return LogMessage.newBuilder().setContent(FakeService.bytes(text)).setCreatedAt(AT);
  }

  static ExecuteProjectJobResponse result(long code) {
    return ExecuteProjectJobResponse.newBuilder()
        .setResult(JobResult.newBuilder().setReturnCode(code))
        .build();
  }

  static File file(String path, String content) {
    return File.newBuilder()
        .setDesc(FileDesc.newBuilder().setPath(path))
        .setSha256(sha256(content))
        .setSizeBytes(content.length())
        .setCompressionType(FileCompressionType.NONE)
        .build();
  }

  static FileUploadError missing(String path, String description) {
    return FileUploadError.newBuilder()
        .setOutputFileDesc(FileDesc.newBuilder().setPath(path))
        .setDescription(description)
        .setType(FileUploadError.ErrorType.NOT_FOUND)
        .build();
  }

  static BadRequest.FieldViolation violation(String field, String description) {
    return BadRequest.FieldViolation.newBuilder()
        .setField(field)
        .setDescription(description)
        .build();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String sha256(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
