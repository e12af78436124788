package io.github.datasphere.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What came of running some test classes. */
record Run(int succeeded, List<Throwable> failures) {

  static Run of(Class<?>... tests) {
    return of(Map.of(), tests);
  }

  static Run of(Map<String, String> configuration, Class<?>... tests) {
    var request = LauncherDiscoveryRequestBuilder.request()
        .selectors(Arrays.stream(tests).map(test -> selectClass(test)).toList())
        .configurationParameters(configuration)
        .build();
    var listener = new Listener();
    LauncherFactory.create().execute(request, listener);
    return new Run(listener.succeeded, List.copyOf(listener.failures));
  }

  /** Everything that its author reads of the failures. */
  String failureText() {
    var text = new StringWriter();
    failures.forEach(failure -> failure.printStackTrace(new PrintWriter(text, true)));
    return text.toString();
  }

  private static final class Listener implements TestExecutionListener {
    private final List<Throwable> failures = new ArrayList<>();
    private int succeeded;

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
      result.getThrowable().ifPresent(failures::add);
      if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
        succeeded++;
      }
    }
  }
}
