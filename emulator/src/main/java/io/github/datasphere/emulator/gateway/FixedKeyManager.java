package io.github.datasphere.emulator.gateway;

/** Always the same certificate. */
final class FixedKeyManager extends ServerKeyManager {
  private final IssuedCertificate certificate;

  FixedKeyManager(IssuedCertificate certificate) {
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
