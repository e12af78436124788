package io.github.datasphere.emulator.http;

import io.github.datasphere.emulator.engine.FileTraffic;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.job.Job;
import io.github.datasphere.emulator.tokens.TokenService;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the HTTP side stands on.
 *
 * @param files asked at each transfer, so that a reset of the emulator needs no new server
 * @param jobs those that the page shows, newest first
 * @param signer the one that signed the URLs
 * @param tokens likewise: what is revoked goes with a reset
 * @param clock tells when a URL has expired
 * @param interceptor stands between each transfer and the engine
 */
public record HttpParts(
    Supplier<? extends FileTraffic> files,
    Supplier<List<Job>> jobs,
    UrlSigner signer,
    Supplier<TokenService> tokens,
    Clock clock,
    TransferInterceptor interceptor) {}
