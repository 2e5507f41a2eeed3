package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Collectors;

/** One action of a step: a command, a check of the guest, or the copy of a file. */
public sealed interface Action {

  /** The line that {@code hnvf plan} prints for this action. */
  String line();

  /**
   * Runs a command.
   *
   * @param command the command
   * @param tolerated error texts that mean that the guest is already in the wanted state; a failed
   *     command whose output contains one of them counts as successful; the empty text matches
   *     every output
   * @param onlyIfFile an absolute path; the command is skipped if this file does not exist
   */
  record Run(Command command, ImmutableList<String> tolerated, Optional<String> onlyIfFile)
      implements Action {

    /** Runs a command; the step fails if the command fails. */
    public static Run of(Command command) {
      return new Run(command, ImmutableList.of(), Optional.empty());
    }

    /**
     * Runs a command whose failure counts as success if its output contains one of these error
     * texts.
     */
    public static Run tolerating(Command command, String... complaints) {
      return new Run(command, ImmutableList.copyOf(complaints), Optional.empty());
    }

    /** Runs a command and ignores its failure. */
    public static Run optional(Command command) {
      return tolerating(command, "");
    }

    /** Returns this action, to be run only if the file exists. */
    public Run ifFile(String path) {
      return new Run(command, tolerated, Optional.of(path));
    }

    @Override
    public String line() {
      return command.line()
          + onlyIfFile.map(path -> "    # only if " + path + " exists").orElse("");
    }
  }

  /**
   * Adds a default route. While the pair's default route is absent in the critical section, a
   * dhclient(8) of another interface that is bound adds its own. {@code route add} then fails on a
   * kernel without {@code options ROUTE_MPATH}, and such a route is replaced. A default route
   * through {@code onto} is left as it is.
   *
   * @param add the command that adds the route; its tolerated text means that a default route
   *     exists
   * @param show the command that shows the default route
   * @param replace the command that replaces it
   * @param onto the interface through which the route goes
   */
  record AddDefaultRoute(Run add, Command show, Run replace, InterfaceName onto) implements Action {
    @Override
    public String line() {
      return add.line();
    }
  }

  /**
   * Runs a command that shows, before anything is moved, whether the VF can be used.
   *
   * @param run the command
   * @param complaint its error text if the VF cannot be used; after any other error the step fails
   * @param refusal the refusal for the administrator, with the remedy
   */
  record Demand(Run run, String complaint, String refusal) implements Action {
    @Override
    public String line() {
      return run.line();
    }
  }

  /**
   * Sends a router solicitation with rtsol(8), which takes up to ten seconds if no router answers.
   * The guest's reachability does not depend on the answer, so the engine checks a rollback before
   * this action and not after it.
   *
   * @param run the command
   */
  record AskForRouter(Run run) implements Action {
    @Override
    public String line() {
      return run.line();
    }
  }

  /**
   * Runs a command on which the traffic does not depend. Its failure is reported, and the plan goes
   * on: a rollback would cut the guest off for less than it costs.
   *
   * @param run the command
   */
  record Incidental(Run run) implements Action {
    @Override
    public String line() {
      return run.line();
    }
  }

  /**
   * Copies the lease file of dhclient(8) of one interface to another's, with the name in it
   * changed, so that the client there confirms the lease (REQUEST) instead of looking for one
   * (DISCOVER).
   *
   * @param from the interface that has the lease
   * @param to the interface whose dhclient confirms the lease
   */
  record CarryLease(InterfaceName from, InterfaceName to) implements Action {
    @Override
    public String line() {
      return "(file) /var/db/dhclient.leases."
          + to
          + " = /var/db/dhclient.leases."
          + from
          + " with interface \""
          + to
          + "\"";
    }
  }

  /**
   * Copies dhclient.conf(5) to a file of hnvf's own and changes the interface name of one block.
   *
   * @param from the interface that the block names
   * @param to the interface that the copied block names
   * @param file the path of the copy
   */
  record DeriveDhclientConf(InterfaceName from, InterfaceName to, String file) implements Action {
    @Override
    public String line() {
      return "(file) "
          + file
          + " = /etc/dhclient.conf with interface \""
          + to
          + "\" for \""
          + from
          + "\"";
    }
  }

  /**
   * Configures a virtual host of carp(4) on another interface with the password that the first
   * interface has. The password is never written to a plan, a journal or a log.
   *
   * @param from the interface that has the virtual host
   * @param to the interface that receives it
   * @param group the virtual host
   */
  record CarryCarp(InterfaceName from, InterfaceName to, CarpGroup group) implements Action {
    @Override
    public String line() {
      return "(carp) vhid "
          + group.vhid()
          + " advbase "
          + group.advbase()
          + " advskew "
          + group.advskew()
          + " pass … on "
          + to
          + ", with "
          + group.prefixes().stream().map(Prefix::toString).collect(Collectors.joining(", "))
          + "; the password is read from "
          + from;
    }
  }

  /**
   * Checks before the traffic moves whether a gateway answers. A gateway that did not answer before
   * is not expected to answer afterwards, and one to which a packet filter of the guest lets no
   * ping(8) out is not asked afterwards. This action changes nothing and cannot fail.
   *
   * @param gateway the gateway
   * @param filtered whether the guest has a packet filter: the gateway is then pinged even if it is
   *     a known neighbour
   */
  record SeeGateway(ProbeTarget gateway, boolean filtered) implements Action {
    @Override
    public String line() {
      return "(look) whether the gateway "
          + gateway
          + " is there"
          + (filtered ? " and a packet filter lets ping out to it" : "");
    }
  }

  /**
   * Looks before the traffic moves for a few neighbours that answer: those that the kernel's tables
   * have as resolved on this interface. It is for a pair without a gateway that can be asked. It
   * deletes only entries that the kernel resolves again, and cannot fail.
   *
   * @param holder the interface that has the addresses
   */
  record SeeNeighbours(InterfaceName holder) implements Action {
    @Override
    public String line() {
      return "(look) which neighbours of "
          + holder
          + " answer, because it has no gateway to ask; without any, hnvf does not see whether"
          + " traffic passes";
    }
  }

  /**
   * Waits, for a few seconds at most, until traffic passes through a VF: until it is the active
   * port of its lagg, and one of the gateways or neighbours, unless all were silent before, answers
   * anew. If the host has not yet switched the data path to the VF, the guest is still reachable
   * and the action succeeds.
   *
   * @param unit the pair
   * @param lagg the lagg
   * @param vf its port
   * @param gateways the gateways; one of them must answer, unless all were silent before
   * @param neighbours whether neighbours that answered before count instead of gateways
   * @param ofVlans gateways of the pair's VLANs, each of which counts where it answered before
   */
  record AwaitTraffic(
      HnUnit unit,
      InterfaceName lagg,
      InterfaceName vf,
      ImmutableList<ProbeTarget> gateways,
      boolean neighbours,
      ImmutableList<ProbeTarget> ofVlans)
      implements Action {
    @Override
    public String line() {
      return "(look) until "
          + vf
          + " is the active port of "
          + lagg
          + asked()
          + (ofVlans.isEmpty()
              ? ""
              : ofVlans.stream()
                  .map(ProbeTarget::toString)
                  .collect(Collectors.joining(", ", ", and of VLANs ", " where that did before")));
    }

    /** Returns whether there is no host to ask: the link alone is checked. */
    public boolean asksNoHost() {
      return gateways.isEmpty() && !neighbours && ofVlans.isEmpty();
    }

    /** Returns the note for the operator that a VF's traffic is not checked. */
    public static String noHostToAsk(InterfaceName vf) {
      return "no gateway or neighbour to ask: hnvf does not see whether traffic passes through "
          + vf;
    }

    private String asked() {
      if (gateways.isEmpty()) {
        return neighbours ? " and a neighbour that did before answers" : "";
      }
      return gateways.stream()
          .map(ProbeTarget::toString)
          .collect(Collectors.joining(" or ", " and the gateway ", " answers"));
    }
  }
}
