package org.hnvf;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Skips every test after the first that failed. Only {@code scripts/mutate} has JUnit use it, by
 * {@code junit.jupiter.extensions.autodetection.enabled}: Surefire's own skipAfterFailureCount does
 * nothing with JUnit 5.
 */
public final class FirstFailure implements ExecutionCondition, TestWatcher {

  private static final Namespace OWN = Namespace.create(FirstFailure.class);

  private static Store store(ExtensionContext context) {
    return context.getRoot().getStore(OWN);
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return store(context).get(OWN) == null
        ? ConditionEvaluationResult.enabled("nothing has failed")
        : ConditionEvaluationResult.disabled("a test has failed already");
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    store(context).put(OWN, context.getUniqueId());
  }
}
