package io.github.datasphere.emulator.cli.recording;

import io.github.datasphere.emulator.check.ServiceTarget;
import io.github.datasphere.emulator.record.Upstream;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** The service, asked with one IAM token. */
public final class ServiceByToken implements ServiceTarget {
  private final Upstream upstream;
  private final Metadata headers = new Metadata();

  /** @param token of the user, who is asked for nothing else */
  public ServiceByToken(Upstream upstream, String token) {
    this.upstream = upstream;
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
  }

  @Override
  public Channel channel(String host) throws IOException {
    return ClientInterceptors.intercept(
        upstream.channel(host, "datasphere-emulator-check"),
        MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
