package io.github.datasphere.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives every test of a class an emulator of its own, as a parameter or in a {@link FromEmulator}
 * field: the {@link io.github.datasphere.emulator.Emulator} itself, a
 * {@link io.grpc.ManagedChannel} to it, or any stub of its services, also the official Java SDK's.
 * Since each test has its own, classes and methods may run in parallel. When a test fails, what
 * happened to its jobs and every call are printed.
 *
 * <pre>{@code
 * @DataSphereEmulator
 * class TrainerTest {
 *   @Test
 *   void trains(Emulator emulator, ManagedChannel channel) { ... }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(DataSphereEmulatorExtension.class)
public @interface DataSphereEmulator {
  /** How channels and stubs reach the emulator. */
  Transport transport() default Transport.IN_PROCESS;

  /**
   * Whether a test fails if it leaves a running job, an unused script, a job without script, a
   * fault that never happened, or an open stream.
   */
  boolean strict() default false;

  /**
   * The folder of a recording that answers all calls instead of an emulator, on virtual time;
   * relative to the working directory of the tests. Then only channels and stubs can be injected.
   */
  String replay() default "";

  /** How long an emulator lives. */
  Lifetime lifetime() default Lifetime.TEST;

  /**
   * Whether the emulator provides only parameters with {@link FromEmulator}: for tests in which
   * another extension also provides channels or stubs.
   */
  boolean onlyAnnotated() default false;

  /** The IAM token that injected stubs send; an injected channel sends none by itself. */
  String token() default "test-token";

  /**
   * How many jobs may be active; 0 for any number. The operation of an Execute beyond the quota
   * ends after three seconds of the emulator's time with RESOURCE_EXHAUSTED, as on the real
   * service.
   */
  int quota() default 0;
}
