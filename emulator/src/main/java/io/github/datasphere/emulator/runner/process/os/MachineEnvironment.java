package io.github.datasphere.emulator.runner.process.os;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Picks the variables of the emulator's environment that a job sees: those that lead to programs
 * and the network. It passes nothing else, since in the cloud nothing else would be there, and so
 * jobs do not see the user's tokens.
 */
public final class MachineEnvironment {
  private static final Pattern PASSED =
      Pattern.compile("PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_.*|TZ|TMPDIR|LD_LIBRARY_PATH"
          + "|(?i:https?_proxy|no_proxy|all_proxy)|PIP_.*|SSL_CERT_(FILE|DIR)"
          + "|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|CUDA_.*|NVIDIA_.*");

  private MachineEnvironment() {}

  public static Map<String, String> of(Map<String, String> emulator) {
    var passed = new LinkedHashMap<String, String>();
    emulator.forEach((name, value) -> {
      if (PASSED.matcher(name).matches()) {
        passed.put(name, value);
      }
    });
    passed.putIfAbsent("PATH", "/usr/local/bin:/usr/bin:/bin");
    return passed;
  }
}
