package io.github.datasphere.junit;

import io.github.datasphere.proto.operation.Operation;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.Assertions;

/** Leads from one assertion to the next, so that a soft one leads to a soft one. */
interface Navigation {
  /** Leads to assertions that fail at once. */
  Navigation HARD = new Navigation() {
    @Override
    public JobAssert to(EmulatedJob job) {
      return new JobAssert(job);
    }

    @Override
    public OperationAssert to(Operation operation) {
      return new OperationAssert(operation);
    }

    @Override
    public AbstractByteArrayAssert<?> to(byte[] content) {
      return Assertions.assertThat(content);
    }
  };

  JobAssert to(EmulatedJob job);

  OperationAssert to(Operation operation);

  AbstractByteArrayAssert<?> to(byte[] content);
}
