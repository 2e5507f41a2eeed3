package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Comparator;

/**
 * The result of {@code hnvf doctor}.
 *
 * @param mode the mode of hn(4)
 * @param checks the number of checks that were made
 * @param findings the findings, the worst first
 * @param notKnown the checks that could not be made, with the reason
 */
public record Diagnosis(
    String mode,
    int checks,
    ImmutableList<Finding> findings,
    ImmutableMap<String, String> notKnown) {

  /** Returns the exit status: that of the worst finding. */
  public ExitCode exitCode() {
    return findings.stream()
        .map(Finding::severity)
        .max(Comparator.naturalOrder())
        .map(Severity::exitCode)
        .orElse(ExitCode.OK);
  }
}
