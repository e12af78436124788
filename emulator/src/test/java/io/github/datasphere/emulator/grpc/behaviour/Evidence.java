package io.github.datasphere.emulator.grpc.behaviour;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the test of one behaviour; a line of docs/fidelity.md. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Evidence {
  Known value();

  /** Where the reference says it, such as {@code 3.5}. */
  String at();

  /** The behaviour in a few words, for users. */
  String says();
}
