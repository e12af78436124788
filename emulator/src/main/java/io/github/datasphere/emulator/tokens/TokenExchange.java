package io.github.datasphere.emulator.tokens;

/** The answer to a request for an IAM token. */
public sealed interface TokenExchange permits IssuedToken, Refused {}
