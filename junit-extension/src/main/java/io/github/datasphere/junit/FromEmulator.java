package io.github.datasphere.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a field or parameter that the emulator provides: the emulator itself, a channel or a stub
 * (see {@link DataSphereEmulator}). A field of a test class, neither static nor final, is set
 * before each test. On a parameter the annotation is needed in two cases: with
 * {@link DataSphereEmulator#onlyAnnotated}, and in a parameterised test whose source could also
 * provide it, as {@code @MethodSource} can.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
public @interface FromEmulator {}
