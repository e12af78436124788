package io.github.datasphere.junit.bench;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Run in a JVM of its own: prints how many nanoseconds each run of {@link SampleClass} took. */
public final class SampleRun {
  private SampleRun() {}

  /**
   * Runs the class again and again, from the discovery of its tests to the end of the last one.
   *
   * @param args how often, and whether its tests run in parallel
   */
  public static void main(String[] args) {
    for (int run = 0; run < Integer.parseInt(args[0]); run++) {
      var start = System.nanoTime();
      once(args[1]);
      System.out.println("nanos " + (System.nanoTime() - start));
    }
    System.exit(0);
  }

  private static void once(String parallel) {
    var request = LauncherDiscoveryRequestBuilder.request()
        .selectors(selectClass(SampleClass.class))
        .configurationParameter("junit.jupiter.execution.parallel.enabled", parallel)
        // The emulator's tests have an extension for all of theirs, which no user meets
        .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .build();
    var listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    var passed = listener.getSummary().getTestsSucceededCount();
    if (passed != SampleClass.TESTS) {
      listener.getSummary().printFailuresTo(new PrintWriter(System.err), 1);
      throw new IllegalStateException("only " + passed + " tests passed");
    }
  }
}
