package io.github.datasphere.emulator.face;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the Chromium of this run, started when the first of them asks and ended after the
 * last. Where there is none, they are left out, unless the run requires them.
 */
final class ChromiumParameter implements ParameterResolver, ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Chromium.program().isPresent() || Chromium.isRequired()
        ? ConditionEvaluationResult.enabled("there is a Chromium, or there has to be")
        : ConditionEvaluationResult.disabled(
            "there is no Chromium here: .ci/run brings it and sets DATASPHERE_EMULATOR_TEST_CHROMIUM");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chromium.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(ChromiumParameter.class))
        .getOrComputeIfAbsent(Chromium.class, key -> start(), Chromium.class);
  }

  private static Chromium start() {
    try {
      return Chromium.start();
    } catch (IOException e) {
      throw new UncheckedIOException("Chromium cannot be started: " + e.getMessage(), e);
    }
  }
}
