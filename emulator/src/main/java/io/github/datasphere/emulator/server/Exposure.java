package io.github.datasphere.emulator.server;

import io.github.datasphere.emulator.base.ExplainedException;
import io.github.datasphere.emulator.config.EmulatorConfig;
import io.github.datasphere.emulator.config.NetworkConfig;
import io.github.datasphere.emulator.config.RunnerKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.List;

/** Tells who else can reach an emulator's ports than this machine, and what they may do then. */
public final class Exposure {
  private Exposure() {}

  /**
   * Whether other machines can reach what listens there; a name that does not resolve is not
   * reachable.
   */
  public static boolean isOpen(NetworkConfig network) {
    try {
      return !InetAddress.getByName(network.bind()).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Refuses to open ports to others unless the configuration allows it.
   *
   * @throws ExplainedException if it is not allowed; the message says what would be open, and what
   *     to do
   */
  public static void check(EmulatorConfig config) {
    if (isOpen(config.network())
        && !config.access().isClosed()
        && !config.access().open()) {
      throw new ExplainedException(
          "--bind " + config.network().bind()
              + " is open to everyone who can reach this machine: " + whatOthersMayDo(config)
              + ". List the tokens that are good in the configuration (tokens: {accepted: [...]}), or"
              + " say with --open that this is meant.",
          null);
    }
  }

  /** Says in words what others may do, for the user who opens ports. */
  public static String whatOthersMayDo(EmulatorConfig config) {
    var runs = config.jobs().runner() == RunnerKind.SCRIPTED
        ? "they may order scripts, faults and the time"
        : "they may run any command as user " + System.getProperty("user.name")
            + (config.jobs().runner().isContained() ? "'s containers" : "")
            + ", move the clock";
    return runs + " and read and delete all jobs and files";
  }

  /**
   * Returns the addresses at which others may reach this machine: those of the bound network,
   * without loopback.
   */
  public static List<String> addresses(NetworkConfig network) throws IOException {
    var bound = InetAddress.getByName(network.bind());
    if (!bound.isAnyLocalAddress()) {
      return List.of(network.bind());
    }
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .map(InetAddress::getHostAddress)
        .map(address -> address.replaceAll("%.*", ""))
        .sorted()
        .toList();
  }
}
