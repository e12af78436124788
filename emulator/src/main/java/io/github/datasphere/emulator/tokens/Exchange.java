package io.github.datasphere.emulator.tokens;

/** The answer to a request for an IAM token. */
public sealed interface Exchange permits IssuedToken, Refused {}
