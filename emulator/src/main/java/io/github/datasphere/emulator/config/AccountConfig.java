package io.github.datasphere.emulator.config;

import io.github.datasphere.emulator.config.reading.Fields;
import io.github.datasphere.emulator.config.reading.Value;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A service account that gets IAM tokens for what it signed.
 *
 * @param key RSA, public, in PEM; the account signs with the other half
 * @param projects ids of limited projects that it may use
 */
public record AccountConfig(PublicKey key, List<String> projects) {
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");

  public AccountConfig {
    projects = List.copyOf(projects);
  }

  static AccountConfig read(Value value) {
    var fields = Fields.of(value);
    var key = fields.require("key", AccountConfig::readKey);
    var projects = fields.read("projects", List.<String>of(), v -> v.list(Value::text));
    fields.end();
    return new AccountConfig(key, projects);
  }

  private static PublicKey readKey(Value value) {
    var pem = PEM.matcher(Fields.secret(value).reveal());
    try {
      if (pem.find()) {
        var bytes = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes));
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // Told below: what is there may be a secret key
    }
    throw value.problem("expected an RSA public key: a text with -----BEGIN PUBLIC KEY-----, as"
        + " `openssl rsa -pubout` writes it");
  }
}
