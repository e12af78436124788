package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.UnsafeByteOperations;
import io.github.datasphere.proto.jobs.LogMessage;
import io.github.datasphere.proto.jobs.ReadProjectJobLogsResponse;
import io.github.datasphere.proto.jobs.StandardStream;
import java.time.Instant;

/** A message of ReadLogs (service-behaviour 5.5). */
public final class AllLogsPage implements LogPageMessage<ReadProjectJobLogsResponse> {
  private final ReadProjectJobLogsResponse.Builder page = ReadProjectJobLogsResponse.newBuilder();

  @Override
  public void stdout(Instant createdAt, byte[] content) {
    page.addLogs(message(createdAt, content).setStandardStream(StandardStream.OUT));
  }

  @Override
  public void stderr(Instant createdAt, byte[] content) {
    page.addLogs(message(createdAt, content).setStandardStream(StandardStream.ERR));
  }

  @Override
  public void file(String path, Instant createdAt, byte[] content) {
    page.addLogs(message(createdAt, content).setFilePath(path));
  }

  @Override
  public boolean isEmpty() {
    return page.getLogsCount() == 0;
  }

  @Override
  public ReadProjectJobLogsResponse build(long offset) {
    return page.setOffset(offset).build();
  }

  private static LogMessage.Builder message(Instant createdAt, byte[] content) {
    // The array is never changed (LogReceiver), so it need not be copied
    return LogMessage.newBuilder()
        .setContent(UnsafeByteOperations.unsafeWrap(content))
        .setCreatedAt(TimeMapping.toProto(createdAt));
  }
}
