package io.github.datasphere.emulator.runner.docker.container;

import io.github.datasphere.emulator.runner.supervisor.EndMark;
import io.github.datasphere.emulator.runner.supervisor.Report;
import io.github.datasphere.emulator.runner.supervisor.Token;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One stream of a container: the output of one script in it, and how that ended. */
final class MarkedOutput {
  private final EndMark mark;
  private final EndMark.Sink sink;
  private final @Nullable Token last; // of those before the script
  private boolean isBegun;
  private Optional<Report> report = Optional.empty();

  /**
   * Makes one for a stream from its first byte on.
   *
   * @param earlier tokens of the scripts before it, whose output is dropped
   * @param between tokens of marks that may stand in the output
   */
  MarkedOutput(Token token, List<Token> earlier, List<Token> between, EndMark.Sink sink) {
    this.last = earlier.isEmpty() ? null : earlier.get(earlier.size() - 1);
    this.isBegun = earlier.isEmpty();
    this.sink = sink;
    var others = Stream.concat(earlier.stream(), between.stream()).toList();
    this.mark = new EndMark(token, others, found -> isBegun |= found.equals(last));
  }

  void take(byte[] bytes, int offset, int length) throws IOException {
    if (report.isEmpty()) {
      report = mark.take(bytes, offset, length, this::pass);
    }
  }

  /** Notes that the stream broke off. */
  void end() throws IOException {
    mark.end(this::pass);
  }

  Optional<Report> report() {
    return report;
  }

  private void pass(byte[] bytes, int offset, int length) throws IOException {
    if (isBegun) {
      sink.accept(bytes, offset, length);
    }
  }
}
