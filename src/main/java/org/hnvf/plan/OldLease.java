package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;

/**
 * The address of a lease that is over. dhclient-script(8) takes away the first address of the
 * interface, and an undo may have put another one in that place: then the old address stands beside
 * the new one, and its owner may be somebody else soon.
 */
public final class OldLease {

  private OldLease() {}

  /** The address, where {@code name} still has it. */
  public static Optional<Prefix> standingOn(
      InterfaceName name, GuestState guest, Configuration configuration) {
    return configuration
        .over()
        .filter(
            over ->
                guest.find(name).stream()
                    .flatMap(holder -> holder.inet())
                    .anyMatch(v4 -> v4.prefix().equals(over)));
  }

  /** Takes it away; the routes that hang on it stand again at once. */
  static void takeOff(PlanInput s, InterfaceName name, StepList steps) {
    Configuration conf = s.configuration();
    standingOn(name, s.guest(), conf)
        .ifPresent(
            over -> {
              ImmutableList.Builder<Action> actions = ImmutableList.builder();
              actions.add(Actions.removeInet(name, over));
              actions.addAll(Actions.addRoutes(conf.inetRoutes(), name));
              steps.add(
                  "take " + over + ", whose lease is over, off " + name,
                  actions.build(),
                  ImmutableList.of());
            });
  }
}
