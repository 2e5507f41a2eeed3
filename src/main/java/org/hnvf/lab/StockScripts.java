package org.hnvf.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.sim.DevdNotice;
import org.hnvf.sim.ScriptCosts;
import org.hnvf.sim.SimulatedGuest;

/**
 * Simulates devd(8) with the rules of the base system, and the scripts that they start: {@code
 * hyperv_vfattach}, {@code hyperv_vfup}, {@code pccard_ether} and {@code service dhclient
 * quietstart}. They run the programs of transcripts 10 to 15 and 53, one event after the other:
 * devd waits for each.
 *
 * <p>Each program has the cost in {@code costs.json}; awk, grep and tr run in pipes beside an
 * ifconfig and cost nothing. A script that devd starts is dispatched and loaded first. One that is
 * started by hand ({@link #vfUp}) is counted from its first command on: with the 0.2 s of loading,
 * the static cut of transcript 53 would be a third too long, and a slow baseline would make hnvf
 * look better.
 */
public final class StockScripts {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration STEP = Duration.ofMillis(50);

  private static final Pattern EVENT =
      Pattern.compile("!system=(\\S+) subsystem=([a-z]+[0-9]+) type=([A-Z_]+).*");

  /** Which hyperv_vfup it is. */
  public enum Edition {
    /**
     * It deletes addresses until that fails, which it never does with the ifconfig of FreeBSD 14
     * and later.
     */
    UNTIL_DELETING_FAILS,
    /** The newest: it ends, and moves IPv6. */
    MENDED
  }

  private record Attaching(Instant at, String vf) {}

  private final SimulatedGuest guest;
  private final Edition edition;
  private final StockConfiguration configuration;
  private final boolean deletingNeverFails;
  private final Consumer<DevdNotice> witness;
  private final Deque<String> waiting = new ArrayDeque<>();
  private final Deque<Attaching> attaching = new ArrayDeque<>();
  private boolean inEndlessLoop;

  /**
   * The scripts on this guest.
   *
   * @param deletingNeverFails whether {@code ifconfig IF -alias} answers 0 when nothing is left
   * @param witness is told of each event
   */
  public StockScripts(
      SimulatedGuest guest,
      Edition edition,
      boolean deletingNeverFails,
      Consumer<DevdNotice> witness) {
    this.guest = guest;
    this.edition = edition;
    this.deletingNeverFails = deletingNeverFails;
    this.witness = witness;
    this.configuration = new StockConfiguration(guest);
  }

  /** Lets this much virtual time pass, while devd and its scripts work. */
  public void pass(Duration duration) throws InterruptedException {
    Instant end = guest.timer().now().plus(duration);
    work();
    while (guest.timer().now().isBefore(end)) {
      Duration left = Duration.between(guest.timer().now(), end);
      guest.timer().sleep(left.compareTo(STEP) < 0 ? left : STEP);
      work();
    }
  }

  /** Looks at the events that have come, without working on them. */
  public void collect() {
    for (DevdNotice event : guest.drainEvents()) {
      witness.accept(event);
      waiting.add(event.line());
    }
  }

  /** A hyperv_vfup runs that does not end. */
  public void loopsAlready() {
    inEndlessLoop = true;
  }

  /** Kills the hyperv_vfup that does not end; devd continues. */
  public void killLoop() {
    inEndlessLoop = false;
  }

  private void work() throws InterruptedException {
    collect();
    Attaching next = attaching.peek();
    if (next != null && !guest.timer().now().isBefore(next.at())) {
      attaching.remove();
      run("ifconfig", next.vf(), "up");
      collect();
    }
    while (!inEndlessLoop && !waiting.isEmpty()) {
      handle(waiting.remove());
      collect();
    }
  }

  private void handle(String line) throws InterruptedException {
    Matcher event = EVENT.matcher(line);
    if (!event.matches()) {
      return;
    }
    String name = event.group(2);
    guest.timer().sleep(ScriptCosts.devdDispatch());
    switch (event.group(1) + " " + event.group(3)) {
      case "ETHERNET IFATTACH" -> vfAttach(name);
      case "HYPERV_NIC_VF VF_UP" -> {
        guest.timer().sleep(ScriptCosts.loading());
        vfUp(name);
      }
      case "IFNET LINK_UP", "IFNET ATTACH" -> {
        if (configuration.isDhcp(name)) {
          guest.timer().sleep(ScriptCosts.loading());
          run("dhclient", name);
        }
      }
      default -> {}
    }
  }

  private void vfAttach(String name) throws InterruptedException {
    guest.timer().sleep(ScriptCosts.loading());
    List<String> vfs = List.of(run("sysctl", "-n", "hw.hn.vflist").stdout().strip().split(" ", -1));
    if (vfs.contains(name)) {
      attaching.add(new Attaching(guest.timer().now().plusSeconds(configuration.delay()), name));
    }
  }

  /** The commands of {@code hyperv_vfup hnX}. */
  public void vfUp(String hn) throws InterruptedException {
    guest.timer().sleep(ScriptCosts.program("sed"));
    String unit = hn.replaceAll("[^0-9]", "");
    String lagg = "lagg" + unit;
    String vf = run("sysctl", "-n", "dev.hn." + unit + ".vf").stdout().strip();
    boolean stands = exited(run("ifconfig", lagg)) == 0;
    if (stands) {
      // A port stays a port: adding hn again would delete its IPv6 addresses (transcript 11).
      run("ifconfig", lagg, "laggport", vf);
      return;
    }
    Optional<StockConfiguration.Static> fixed = configuration.fixed(hn);
    boolean dhcp = configuration.isDhcp(hn);
    run("ifconfig", lagg, "create");
    if (edition == Edition.MENDED) {
      runRepair(hn, vf, lagg, fixed);
    } else {
      run("ifconfig", lagg, "laggproto", "failover", "laggport", hn, "laggport", vf);
      run("ifconfig", lagg, "inet6", "no_dad");
      while (!guest.inetOf(hn).isEmpty()) {
        run("ifconfig", hn, "-alias");
      }
      if (deletingNeverFails) {
        inEndlessLoop = true;
        return;
      }
      run("ifconfig", hn, "-alias");
    }
    if (dhcp) {
      run("ifconfig", lagg, "up");
      run("dhclient", lagg);
    } else if (fixed.isPresent()) {
      address(lagg, fixed.get());
    }
  }

  private void address(String lagg, StockConfiguration.Static fixed) {
    run("ifconfig", lagg, "inet", fixed.inet());
    if (edition == Edition.MENDED && fixed.inet6().isPresent()) {
      run("ifconfig", lagg, "inet6", "-ifdisabled", "up");
      run("ifconfig", lagg, "inet6", fixed.inet6().get());
    }
  }

  private void runRepair(
      String hn, String vf, String lagg, Optional<StockConfiguration.Static> fixed)
      throws InterruptedException {
    run("sysctl", "-n", "kern.features.inet6");
    run("ifconfig", hn, "inet6", "-accept_rtadv");
    run("ifconfig", lagg, "laggproto", "failover", "laggport", hn, "laggport", vf);
    run("ifconfig", hn, "inet6", "ifdisabled");
    run("ifconfig", hn, "inet6");
    run("ifconfig", lagg, "inet6", "no_dad");
    run("sysctl", "-n", "kern.features.inet");
    if (fixed.isPresent()) {
      for (String alias : fixed.get().aliases()) {
        run("ifconfig", hn, "inet", alias, "-alias");
      }
    }
    while (!guest.inetOf(hn).isEmpty()) {
      String shown = run("ifconfig", hn).stdout();
      guest.timer().sleep(ScriptCosts.program("expr"));
      Matcher first = Pattern.compile("\tinet (\\S+)").matcher(shown);
      if (!first.find()) {
        break;
      }
      run("ifconfig", hn, "inet", first.group(1), "delete");
    }
  }

  private CommandResult run(String program, String... arguments) {
    return guest.run(Command.changing(LIMIT, program, arguments));
  }

  private static int exited(CommandResult result) {
    return result.ending() instanceof CommandResult.Exited it ? it.status() : -1;
  }
}
