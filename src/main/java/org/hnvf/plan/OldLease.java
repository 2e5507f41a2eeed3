package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.model.Action;
import org.hnvf.model.Configuration;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Prefix;

/**
 * The address of an expired lease. dhclient-script(8) deletes the first address of the interface,
 * and a rollback may have changed the order: then the interface has both the old and the new
 * address, and the server may lease the old one to another host.
 */
public final class OldLease {

  private OldLease() {}

  /** Returns the address if {@code name} still has it. */
  public static Optional<Prefix> standingOn(
      InterfaceName name, GuestState guest, Configuration configuration) {
    return configuration
        .expiredLease()
        .filter(
            over ->
                guest.find(name).stream()
                    .flatMap(holder -> holder.inet())
                    .anyMatch(v4 -> v4.prefix().equals(over)));
  }

  /** Deletes the address and adds the routes that were bound to it again. */
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
