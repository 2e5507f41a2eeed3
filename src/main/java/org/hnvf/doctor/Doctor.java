package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.Diagnosis;
import org.hnvf.model.Finding;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;

/** Examines a guest: the verb {@code doctor}. Nothing is changed. */
public final class Doctor {

  private final FactReader reader;

  /**
   * Creates a doctor.
   *
   * @param machine the guest
   * @param owner the required owner of its override scripts
   * @param daemon asks its daemon
   * @param path the PATH of the caller, if the caller is on the guest
   */
  public Doctor(Machine machine, OwnerPolicy owner, DaemonProbe daemon, Optional<String> path) {
    this.reader = new FactReader(machine, owner, daemon, path);
  }

  /** Reads the guest and makes every check. */
  public Diagnosis examine() {
    return diagnose(reader.read());
  }

  static Diagnosis diagnose(GuestFacts facts) {
    List<Finding> findings = new ArrayList<>();
    ImmutableMap.Builder<String, String> notKnown = ImmutableMap.builder();
    for (Check check : Checks.ALL) {
      try {
        findings.addAll(check.examine(facts));
      } catch (NotKnownException e) {
        notKnown.put(check.id(), String.valueOf(e.getMessage()));
      }
    }
    // The sort is stable: findings of one severity stay in the order of the checks.
    findings.sort(Comparator.comparing(Finding::severity).reversed());
    return new Diagnosis(
        mode(facts), Checks.ALL.size(), ImmutableList.copyOf(findings), notKnown.buildOrThrow());
  }

  private static String mode(GuestFacts facts) {
    try {
      return facts.isTransparent()
          ? "transparent: the kernel does the failover, and hnvf changes nothing"
          : "non-transparent: hnvf does the failover";
    } catch (NotKnownException e) {
      return "not known: " + e.getMessage();
    }
  }
}
