package org.hnvf.sim;

import java.util.List;
import java.util.Optional;

/** rtsol(8): asks for a router advertisement, and waits for it. */
final class RtsolProgram implements GuestCommand {

  /** RS go out after a random delay of up to a second. */
  private static final long DELAY = Micros.SECOND / 2;

  /** MAX_RTR_SOLICITATIONS, RTR_SOLICITATION_INTERVAL; it gives up a little before the fourth. */
  private static final long PATIENCE = 10 * Micros.SECOND;

  private final Kernel kernel;
  private final Scheduler engine;

  RtsolProgram(Kernel kernel, Scheduler engine) {
    this.kernel = kernel;
    this.engine = engine;
  }

  @Override
  public void act(Job job) throws OutOfTime {
    List<String> names = job.args().stream().filter(a -> !a.startsWith("-")).toList();
    if (names.isEmpty()) {
      job.fail(1, "usage: rtsol [-dDFiu] [-A scriptname] [-m ifname] [-M scriptname] interface...");
      return;
    }
    for (String name : names) {
      Optional<Iface> iface = kernel.interfaces().find(name);
      if (iface.isEmpty()) {
        job.fail(1, "rtsol: failed to initialize interface " + name);
        return;
      }
      solicit(job, iface.get());
    }
  }

  private void solicit(Job job, Iface iface) throws OutOfTime {
    long giveUp = kernel.state().now + PATIENCE;
    while (Inet6.linkLocal(iface).map(Ip6::isTentative).orElse(false)) {
      job.waitForNext();
    }
    job.sleep(DELAY);
    Optional<Segment> network =
        kernel.path().frames(iface).filter(s -> s.advertises && s.gatewayThere);
    if (network.isEmpty() || iface.is(Iface.IFDISABLED) || Inet6.linkLocal(iface).isEmpty()) {
      job.waitUntil(giveUp);
      return;
    }
    long asked = kernel.state().now;
    engine.solicited(network.get());
    while (network.get().lastAdvertisement < asked && kernel.state().now < giveUp) {
      job.waitUntil(Math.min(giveUp, Math.max(kernel.state().now, engine.nextDue())));
    }
  }
}
