package io.github.datasphere.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what is the emulator's to give: the emulator, a channel or a stub (see
 * {@link DataSphereEmulator}). A field of a test class, not static and not final, is set before
 * each test. On a parameter it is needed only where the parameter could be another's to give: with
 * {@link DataSphereEmulator#onlyAnnotated}, and in a parameterised test whose source could give it,
 * as {@code @MethodSource} can.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
public @interface FromEmulator {}
