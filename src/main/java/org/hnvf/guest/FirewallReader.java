package org.hnvf.guest;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.CommandRunner;
import org.hnvf.freebsd.Ipfw;
import org.hnvf.freebsd.Pfctl;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.FirewallAnswer;
import org.hnvf.model.Firewalls;
import org.hnvf.model.SystemException;

/**
 * Reads the loaded rules of the packet filters. The files of rules are never read: macros, anchors
 * and tables change their meaning.
 */
public final class FirewallReader {

  private static final Splitter LINES = Splitter.on('\n').omitEmptyStrings();

  private final CommandRunner runner;

  /** Creates a reader that runs commands through {@code runner}. */
  public FirewallReader(CommandRunner runner) {
    this.runner = runner;
  }

  /**
   * Returns the rules. A packet filter that the kernel does not have costs no process if time
   * matters, and at most one otherwise.
   *
   * @param there the packet filters that sysctl(8) reports
   * @param hurried whether time matters: then pfctl(8) is not run for a pf(4) that sysctl(8) does
   *     not report; it would report the same
   */
  public FirewallAnswer ask(Firewalls there, boolean hurried) {
    List<String> unanswered = new ArrayList<>();
    Optional<FirewallAnswer.Pf> pf =
        (there.pf() || !hurried) && isPfEnabled(there, unanswered)
            ? pf(unanswered)
            : Optional.empty();
    return new FirewallAnswer(
        pf,
        there.ipfw() ? ipfw(unanswered) : Optional.empty(),
        there.ipf(),
        ImmutableList.copyOf(unanswered));
  }

  private boolean isPfEnabled(Firewalls there, List<String> unanswered) {
    CommandResult result = runner.run(Pfctl.status());
    boolean absent =
        result.ending() instanceof CommandResult.NotFound
            || (!result.succeeded() && result.outputContains(Pfctl.NO_DEVICE));
    if (absent && !there.pf()) {
      return false;
    }
    try {
      Optional<Boolean> enabled = Pfctl.isEnabled(result.wholeText());
      if (enabled.isEmpty()) {
        unanswered.add(result.summary() + " without a status");
      }
      return enabled.orElse(false);
    } catch (SystemException e) {
      unanswered.add(String.valueOf(e.getMessage()));
      return false;
    }
  }

  private Optional<FirewallAnswer.Pf> pf(List<String> unanswered) {
    Optional<ImmutableList<String>> rules = lines(Pfctl.rules(), unanswered);
    Optional<ImmutableList<String>> nat = lines(Pfctl.nat(), unanswered);
    Optional<ImmutableList<String>> interfaces = lines(Pfctl.interfaces(), unanswered);
    return rules.isPresent() && nat.isPresent() && interfaces.isPresent()
        ? Optional.of(new FirewallAnswer.Pf(rules.get(), nat.get(), interfaces.get()))
        : Optional.empty();
  }

  private Optional<FirewallAnswer.Ipfw> ipfw(List<String> unanswered) {
    Optional<ImmutableList<String>> rules = lines(Ipfw.rules(), unanswered);
    Optional<ImmutableList<String>> tables = lines(Ipfw.tables(), unanswered);
    // Without a rule, an instance translates nothing. Without the NAT module no rule can use one,
    // the question fails, and the kernel writes a line to its message buffer.
    boolean translates =
        rules.stream().flatMap(ImmutableList::stream).anyMatch(rule -> rule.contains(" nat "));
    Optional<ImmutableList<String>> nat =
        translates ? lines(Ipfw.nat(), unanswered) : Optional.of(ImmutableList.of());
    if (rules.isEmpty() || tables.isEmpty() || nat.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new FirewallAnswer.Ipfw(
            ImmutableList.<String>builder()
                .addAll(rules.get())
                .addAll(nat.get())
                .addAll(tables.get())
                .build()));
  }

  private Optional<ImmutableList<String>> lines(Command command, List<String> unanswered) {
    try {
      return Optional.of(
          LINES
              .splitToStream(runner.run(command).wholeText())
              .collect(ImmutableList.toImmutableList()));
    } catch (SystemException e) {
      unanswered.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
