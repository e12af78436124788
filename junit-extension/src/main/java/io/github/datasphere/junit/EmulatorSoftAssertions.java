package io.github.datasphere.junit;

import io.github.datasphere.emulator.Emulator;
import io.github.datasphere.proto.operation.Operation;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.StandardSoftAssertionsProvider;

/**
 * AssertJ's soft assertions, extended for emulators and their jobs. If an assertion goes on to a
 * job, operation or file that does not exist, it fails at once, since there is nothing to continue
 * with.
 */
public class EmulatorSoftAssertions extends AbstractSoftAssertions
    implements StandardSoftAssertionsProvider {

  /**
   * Makes the assertions, then fails with all failures together.
   *
   * <pre>{@code
   * assertSoftly(softly -> {
   *   softly.assertThat(emulator).wasCalledOnce("Create").jobNamed("train").exitedWith(0);
   *   softly.assertThat(printed).contains("epoch 2");
   * });
   * }</pre>
   */
  public static void assertSoftly(Consumer<EmulatorSoftAssertions> assertions) {
    var softly = new EmulatorSoftAssertions();
    assertions.accept(softly);
    softly.assertAll();
  }

  /** Begins soft assertions on an emulator, and from there on its jobs, operations and files. */
  public EmulatorAssert assertThat(Emulator emulator) {
    return proxy(EmulatorAssert.class, Emulator.class, emulator).leading(new Soft());
  }

  /**
   * Begins soft assertions on a job.
   *
   * @throws AssertionError if there is no such job
   */
  public JobAssert assertThatJob(Emulator emulator, String id) {
    return new Soft().to(EmulatedJob.of(emulator, id));
  }

  private final class Soft implements Navigation {
    @Override
    public JobAssert to(EmulatedJob job) {
      return proxy(JobAssert.class, EmulatedJob.class, job).leading(this);
    }

    @Override
    public OperationAssert to(Operation operation) {
      return proxy(OperationAssert.class, Operation.class, operation);
    }

    @Override
    public AbstractByteArrayAssert<?> to(byte[] content) {
      return EmulatorSoftAssertions.this.assertThat(content);
    }
  }
}
