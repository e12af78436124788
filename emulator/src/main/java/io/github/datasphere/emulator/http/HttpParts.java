package io.github.datasphere.emulator.http;

import com.sun.net.httpserver.HttpHandler;
import io.github.datasphere.emulator.engine.files.FileTraffic;
import io.github.datasphere.emulator.files.UrlSigner;
import io.github.datasphere.emulator.tokens.TokenService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The parts that the HTTP side uses.
 *
 * @param files asked for at each transfer, so that a reset of the emulator needs no new server
 * @param face answers what concerns neither files nor tokens; asked for at the first such request
 * @param authority the file with the certificate that clients of the TLS port trust; empty as long
 *     as there is no such port
 * @param signer the signer of the URLs
 * @param tokens asked for at each request, since a reset ends revocations
 * @param clock tells when a URL has expired
 * @param interceptor stands between each transfer and the engine
 */
public record HttpParts(
    Supplier<? extends FileTraffic> files,
    Supplier<? extends HttpHandler> face,
    Supplier<Optional<Path>> authority,
    UrlSigner signer,
    Supplier<TokenService> tokens,
    Clock clock,
    TransferInterceptor interceptor) {}
