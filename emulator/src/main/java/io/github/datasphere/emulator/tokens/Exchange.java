package io.github.datasphere.emulator.tokens;

/** What comes of asking for an IAM token. */
public sealed interface Exchange permits IssuedToken, Refused {}
