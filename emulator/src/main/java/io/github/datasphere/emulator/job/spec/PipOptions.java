package io.github.datasphere.emulator.job.spec;

import java.util.List;

/** Options of {@code pip install}; an empty {@code indexUrl} means the default index. */
public record PipOptions(
    String indexUrl, List<String> extraIndexUrls, List<String> trustedHosts, boolean noDeps) {
  public static final PipOptions NONE = new PipOptions("", List.of(), List.of(), false);

  public PipOptions {
    extraIndexUrls = List.copyOf(extraIndexUrls);
    trustedHosts = List.copyOf(trustedHosts);
  }
}
