package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.GuestState;
import org.hnvf.model.SystemException;
import org.hnvf.override.OverrideScript;
import org.hnvf.rcconf.RcVariables;

/**
 * All that the checks know: one snapshot of the guest.
 *
 * @param places where hnvf is installed
 * @param now the time of the guest
 * @param guest its network
 * @param pairs its pairs
 * @param hooks its hooks, each accepted or refused
 * @param rc the variables of rc.conf
 * @param rcFault the fault of rc.conf, if it has one
 * @param settingsFault the fault of hnvf.json, if it has one
 * @param java the Java that hnvf was installed with
 * @param daemon whether the daemon answers
 * @param files files and their times
 * @param answers the answers of the {@link Questions}, by command line
 * @param path the PATH of the caller, if the caller is on the guest
 */
record GuestFacts(
    Places places,
    Instant now,
    Fact<GuestState> guest,
    Fact<ImmutableList<PairFacts>> pairs,
    Fact<ImmutableList<OverrideScript>> hooks,
    Fact<RcVariables> rc,
    Optional<String> rcFault,
    Optional<String> settingsFault,
    Fact<String> java,
    DaemonState daemon,
    FilesRead files,
    ImmutableMap<ImmutableList<String>, CommandResult> answers,
    Optional<String> path) {

  /**
   * Requires that hnvf is installed on the guest.
   *
   * @throws NotKnownException if it is not: a simulated guest, or a checkout
   */
  void requireInstallation() throws NotKnownException {
    if (!files.exists(places.jar())) {
      throw new NotKnownException("hnvf is not installed on this guest under " + places.prefix());
    }
  }

  /** Returns whether the kernel does the failover by itself. */
  boolean isTransparent() throws NotKnownException {
    return guest.get().hyperV().isTransparent();
  }

  /** Returns whether the service is enabled. */
  boolean isEnabled() throws NotKnownException {
    for (String file : places.serviceConfs()) {
      if (files.exists(file)) {
        throw new NotKnownException(
            "hnvf does not evaluate " + file + ", which may set hnvf_enable");
      }
    }
    return rc.get().yesNo("hnvf_enable").orElse(false);
  }

  /** Returns the result of a question. */
  CommandResult answer(Command question) throws NotKnownException {
    CommandResult result = answers.get(question.argv());
    if (result == null) {
      throw new NotKnownException("`" + question.line() + "` was not run");
    }
    return result;
  }

  /** Returns the whole output of a question. */
  String told(Command question) throws NotKnownException {
    try {
      return answer(question).wholeText();
    } catch (SystemException e) {
      throw new NotKnownException(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the exit status of a question that answers by it. */
  int status(Command question) throws NotKnownException {
    CommandResult result = answer(question);
    if (result.ending() instanceof CommandResult.Exited exited) {
      return exited.status();
    }
    throw new NotKnownException(result.summary());
  }
}
