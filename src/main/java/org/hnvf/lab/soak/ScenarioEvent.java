package org.hnvf.lab.soak;

import java.time.Duration;
import java.util.Optional;
import org.hnvf.sim.HostAction;

/** Something that happens to a guest, in virtual time since the story began. */
sealed interface ScenarioEvent {

  /** When. */
  Duration at();

  /** Which hn it happens to; 0 where it happens to the whole guest. */
  default int unit() {
    return 0;
  }

  /** The host, or the network behind it, does something: also in the middle of a command. */
  record ByHost(Duration at, HostAction action) implements ScenarioEvent {
    @Override
    public int unit() {
      return action.unit();
    }

    @Override
    public String toString() {
      return Words.time(at) + "host: " + Words.of(action);
    }
  }

  /** The operator gives a verb. */
  record ByOperator(Duration at, Verb verb, int unit, Optional<Duration> time)
      implements ScenarioEvent {
    @Override
    public String toString() {
      return Words.time(at)
          + "operator: "
          + verb.name().toLowerCase(java.util.Locale.ROOT)
          + " hn"
          + unit
          + time.map(t -> " for " + t.toSeconds() + " s").orElse("");
    }
  }

  /** Another program works on the guest. */
  record ByOther(Duration at, Stray act, int unit) implements ScenarioEvent {
    @Override
    public String toString() {
      return Words.time(at) + "another program: " + act + " on unit " + unit;
    }
  }

  /** hnvf ends, or is killed, while it waits, and is started again. */
  record Restart(Duration at) implements ScenarioEvent {

    /** Whether it ends in good order: every second one. */
    boolean inGoodOrder() {
      return at.toMillis() % 2 == 0;
    }

    @Override
    public String toString() {
      return Words.time(at)
          + (inGoodOrder() ? "hnvf is told to end" : "hnvf is killed")
          + ", and started anew";
    }
  }

  /** The guest is booted without an orderly shutdown, and rc(8) configures it again. */
  record Reboot(Duration at) implements ScenarioEvent {
    @Override
    public String toString() {
      return Words.time(at) + "the guest boots anew";
    }
  }

  /** The verbs of an operator. */
  enum Verb {
    FAILOVER,
    FAILBACK,
    RELEASE
  }

  /** Changes of a guest by other programs. Each is made only where it makes sense. */
  enum Stray {
    /** The host's VF is brought up by hand. */
    VF_UP,
    /** devd's stock rule starts a dhclient on the port hn. */
    DHCLIENT_ON_PORT,
    /** An alias is put on whichever interface holds the configuration. */
    ALIAS,
    /** An alias is put on hn though it is a port. */
    ALIAS_ON_PORT,
    /** An address is put on the VF. */
    ADDRESS_ON_VF,
    /** The default route is deleted, while the lagg stands. */
    NO_DEFAULT_ROUTE,
    /** hn is taken out of the lagg. */
    PORT_TAKEN_OUT,
    /** hn goes down though it is a port. */
    PORT_DOWN,
    /** The lagg goes down. */
    LAGG_DOWN,
    /** dhclient is killed, while the lagg stands. */
    NO_DHCLIENT,
    /** The static routes of rc.conf are deleted, as {@code service routing restart} does. */
    NO_STATIC_ROUTES
  }
}
