package io.github.datasphere.emulator.gateway.tls;

import io.github.datasphere.emulator.base.PlainWarning;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers the stored certificate of an authority, and replaces it before it expires while the server
 * runs.
 */
final class RenewingKeys extends ServerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(RenewingKeys.class);

  private final CertificateAuthority authority;
  private final Collection<String> names;
  private Pair pair;

  /** The present certificate and the one before, which serves the handshakes that began with it. */
  private record Pair(IssuedCertificate current, IssuedCertificate before) {}

  RenewingKeys(CertificateAuthority authority, Collection<String> names) throws IOException {
    this.authority = authority;
    this.names = List.copyOf(names);
    var first = authority.kept(names);
    this.pair = new Pair(first, first);
  }

  @Override
  synchronized String chooseAlias() {
    if (authority.isDue(pair.current())) {
      renew();
    }
    return alias(pair.current());
  }

  @Override
  synchronized IssuedCertificate byAlias(String alias) {
    return alias.equals(alias(pair.before())) ? pair.before() : pair.current();
  }

  private void renew() {
    try {
      pair = new Pair(authority.kept(names), pair.current());
    } catch (IOException e) {
      // The old certificate is valid for some more weeks; after that, clients refuse it
      PlainWarning.tell(LOG, e, "The TLS certificate could not be renewed");
    }
  }

  private static String alias(IssuedCertificate certificate) {
    return certificate.certificate().getSerialNumber().toString(16);
  }
}
