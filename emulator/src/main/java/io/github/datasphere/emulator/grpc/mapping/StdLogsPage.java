package io.github.datasphere.emulator.grpc.mapping;

import com.google.protobuf.UnsafeByteOperations;
import io.github.datasphere.proto.jobs.ReadProjectJobStdLogsResponse;
import io.github.datasphere.proto.jobs.StdLog;
import java.time.Instant;

/** A message of the deprecated ReadStdLogs; newlines at the end go (service-behaviour 5.11). */
public final class StdLogsPage implements LogPageMessage<ReadProjectJobStdLogsResponse> {
  private final ReadProjectJobStdLogsResponse.Builder page =
      ReadProjectJobStdLogsResponse.newBuilder();

  @Override
  public void stdout(Instant createdAt, byte[] content) {
    add(StdLog.Type.OUT, content);
  }

  @Override
  public void stderr(Instant createdAt, byte[] content) {
    add(StdLog.Type.ERR, content);
  }

  @Override
  public void file(String path, Instant createdAt, byte[] content) {
    throw new IllegalArgumentException("not a standard stream: " + path);
  }

  @Override
  public boolean isEmpty() {
    return page.getLogsCount() == 0;
  }

  @Override
  public ReadProjectJobStdLogsResponse build(long offset) {
    return page.setOffset(offset).build();
  }

  private void add(StdLog.Type type, byte[] content) {
    int length = content.length;
    while (length > 0 && content[length - 1] == '\n') {
      length--;
    }
    page.addLogs(StdLog.newBuilder()
        .setType(type)
        .setContent(UnsafeByteOperations.unsafeWrap(content, 0, length)));
  }
}
