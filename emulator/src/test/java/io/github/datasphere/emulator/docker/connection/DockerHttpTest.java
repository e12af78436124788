package io.github.datasphere.emulator.docker.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerHttpTest {
  private final List<Throwable> heard = Collections.synchronizedList(new ArrayList<>());
  private final ThreadGroup callers = new ThreadGroup("callers") {
    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
      heard.add(failure);
    }
  };

  @Test
  void anInputThatTheEngineTakesNoMoreDisturbsNobody() throws Exception {
    var http = new DockerHttp(new EndedContainer(), "1.41");
    var caller = new Thread(
        callers,
        () -> assertThatThrownBy(
                () -> http.hijack("/attach", Map.of(), InputStream.nullInputStream()))
            .isInstanceOf(DockerEngineException.class)
            .hasMessageContaining("the socket is gone"));
    caller.start();
    caller.join();

    assertThat(heard).isEmpty();
  }

  /** Writes the input in a thread of its own, as docker-java's transport does. */
  private static final class EndedContainer implements DockerHttpClient {
    @Override
    public Response execute(Request request) {
      var writer = new Thread(() -> {
        throw new IllegalStateException("Connection is closed");
      });
      writer.start();
      try {
        writer.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      throw new IllegalStateException("the socket is gone");
    }

    @Override
    public void close() {}
  }
}
