package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.stream.Stream;
import org.hnvf.model.Finding;
import org.hnvf.model.Severity;

/**
 * One check: a pure function of the facts.
 *
 * @param id its name, which never changes
 * @param severity how much a finding of it hurts
 * @param subject the condition that it finds, for docs/doctor.md
 * @param why why the condition matters
 * @param fix the command that fixes it, for docs/doctor.md
 * @param question finds the condition
 */
record Check(
    String id, Severity severity, String subject, String why, String fix, Question question) {

  /** Finds the condition in the facts. */
  @FunctionalInterface
  interface Question {
    Stream<Found> in(GuestFacts facts) throws NotKnownException;
  }

  /** Returns the findings; usually there is none. */
  ImmutableList<Finding> examine(GuestFacts facts) throws NotKnownException {
    return question
        .in(facts)
        .map(
            found -> new Finding(id, severity, found.text(), why, found.remedy(), found.commands()))
        .collect(ImmutableList.toImmutableList());
  }
}
