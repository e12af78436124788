package io.github.datasphere.emulator.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Checks the variables that lead the official client's version check to an offline emulator
 * (docs/clients.md, 1). Python's {@code requests} prefers the lower-case names.
 */
record OfflineVariables(
    Map<String, String> environment, Map<String, String> expected, String mend) {
  private static final String INDEX_HOST = "pypi.org";
  private static final String ROOTS = "REQUESTS_CA_BUNDLE";

  /** Returns the findings; none if the server is not offline. */
  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    var proxy = expected.get("https_proxy");
    if (proxy == null) {
      return findings;
    }
    var used = preferred("https_proxy");
    if (!given(used).equals(proxy)) {
      findings.add(Finding.problem(
          (given(used).isEmpty() ? used + " is not set" : used + "=" + given(used) + " wins")
              + ": the official client's version check goes past the offline server at " + proxy,
          mend));
    }
    var exclusions = preferred("no_proxy");
    if (excludesTheIndex(given(exclusions))) {
      findings.add(Finding.problem(
          exclusions + "=" + given(exclusions)
              + " leads the official client's version check out of the machine",
          mend));
    }
    if (!given(ROOTS).equals(expected.get(ROOTS))) {
      findings.add(Finding.problem(
          ROOTS + (given(ROOTS).isEmpty() ? " is not set" : "=" + given(ROOTS) + " is another")
              + ": the official client's version check does not trust the server",
          mend));
    }
    return findings;
  }

  private static boolean excludesTheIndex(String exclusions) {
    for (var exclusion : exclusions.split(",")) {
      var name = exclusion.strip().toLowerCase(Locale.ROOT);
      if (name.equals("*") || (!name.isEmpty() && INDEX_HOST.endsWith(name))) {
        return true;
      }
    }
    return false;
  }

  private String preferred(String name) {
    var upper = name.toUpperCase(Locale.ROOT);
    return given(name).isEmpty() && !given(upper).isEmpty() ? upper : name;
  }

  private String given(String variable) {
    return environment.getOrDefault(variable, "");
  }
}
