package io.github.datasphere.emulator.gateway.tls;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The host names under which clients reach the emulator (docs/clients.md section 0). */
public final class ServerNames {
  private static final Set<String> OFFICIAL = Set.of(
      "api.cloud.yandex.net",
      "datasphere.api.cloud.yandex.net",
      "operation.api.cloud.yandex.net",
      "iam.api.cloud.yandex.net",
      "api.cloud-preprod.yandex.net",
      "datasphere.api.cloud-preprod.yandex.net",
      "operation.api.cloud-preprod.yandex.net",
      "iam.api.cloud-preprod.yandex.net");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private static final Pattern LOOPBACK_ADDRESS =
      Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|::1|(0:){7}1");

  private ServerNames() {}

  /** Returns the eight public names of the services that the emulator stands in for. */
  public static Set<String> official() {
    return OFFICIAL;
  }

  /**
   * Returns every name in the TLS port's certificate: the official ones, loopback, and what the
   * emulator advertises.
   *
   * @param advertised further names or addresses, as given to {@code --advertise}; may be empty
   */
  public static Set<String> certified(Collection<String> advertised) {
    var names = new LinkedHashSet<String>();
    OFFICIAL.stream().sorted().forEach(names::add);
    LOOPBACK.stream().sorted().forEach(names::add);
    advertised.forEach(name -> names.add(normalise(name)));
    return names;
  }

  public static boolean isOfficial(String host) {
    return OFFICIAL.contains(normalise(host));
  }

  public static boolean isLoopback(String host) {
    var name = normalise(host);
    return name.equals("localhost") || LOOPBACK_ADDRESS.matcher(name).matches();
  }

  /**
   * Returns the host in lower case, without a final dot and without the brackets of an IPv6
   * address.
   */
  public static String normalise(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    if (name.startsWith("[") && name.endsWith("]")) {
      name = name.substring(1, name.length() - 1);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
