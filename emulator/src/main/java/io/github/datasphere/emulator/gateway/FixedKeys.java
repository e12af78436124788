package io.github.datasphere.emulator.gateway;

/** Offers always the same certificate. */
final class FixedKeys extends ServerKeys {
  private final IssuedCertificate certificate;

  FixedKeys(IssuedCertificate certificate) {
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
