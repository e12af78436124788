package io.github.datasphere.emulator.gateway.tls;

/** Offers always the same certificate. */
public final class FixedKeys extends ServerKeys {
  private final IssuedCertificate certificate;

  public FixedKeys(IssuedCertificate certificate) {
    this.certificate = certificate;
  }

  @Override
  String chooseAlias() {
    return "only";
  }

  @Override
  IssuedCertificate byAlias(String alias) {
    return certificate;
  }
}
