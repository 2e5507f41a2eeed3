package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.stream.Collectors;

/** One thing that a step does: a command, a look, or the one file that moves along. */
public sealed interface Action {

  /** How {@code hnvf plan} shows it. */
  String line();

  /**
   * Runs a command.
   *
   * @param command the command
   * @param tolerated complaints that mean "it is so already"; with one of these in its output a
   *     failure counts as success; the empty one is in every output
   * @param onlyIfFile an absolute path; the command is left out where there is no such file
   */
  record Run(Command command, ImmutableList<String> tolerated, Optional<String> onlyIfFile)
      implements Action {

    /** A command whose failure is a failure. */
    public static Run of(Command command) {
      return new Run(command, ImmutableList.of(), Optional.empty());
    }

    /** A command that may find its work done. */
    public static Run tolerating(Command command, String... complaints) {
      return new Run(command, ImmutableList.copyOf(complaints), Optional.empty());
    }

    /** A command whose failure is no failure, whatever it complains of. */
    public static Run optional(Command command) {
      return tolerating(command, "");
    }

    /** The same, but only where this file exists. */
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
   * Runs a command that shows, before anything is moved, whether the VF can be used at all.
   *
   * @param run the command
   * @param complaint what it says where the VF cannot; any other failure is a failure
   * @param refusal what an operator is told then, with what to do about it
   */
  record Demand(Run run, String complaint, String refusal) implements Action {
    @Override
    public String line() {
      return run.line();
    }
  }

  /**
   * Asks for a router, which may take ten seconds where none answers. Nothing that the guest needs
   * to be reachable depends on it: what is undone is looked at before it, not after it.
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
   * Copies the lease file of dhclient(8) of one interface to another's, with the name in it
   * changed, so that the client there confirms the lease (REQUEST) instead of looking for one
   * (DISCOVER).
   *
   * @param from whose lease it is
   * @param to who is to confirm it
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
   * Copies dhclient.conf(5) to a file of hnvf's own in which the block of one interface is that of
   * another.
   *
   * @param from whose block it is
   * @param to for whom it is to hold
   * @param file where it is written
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
   * Gives a virtual host of carp(4) to another interface, with the password that it has where it
   * stands. The password is in no plan, journal or log.
   *
   * @param from where it stands
   * @param to who gets it
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
   * Looks whether a gateway is there, before the traffic moves, so that it is known afterwards
   * whether its silence means anything. It changes nothing and cannot fail.
   *
   * @param gateway the gateway
   */
  record SeeGateway(Gateway gateway) implements Action {
    @Override
    public String line() {
      return "(look) whether the gateway " + gateway + " is there";
    }
  }

  /**
   * Waits, for a few seconds at most, until traffic passes through a VF: until it is the active
   * port of its lagg, and the gateway, unless it was silent before, answers anew. Where the host
   * has not switched the data path to it yet, nothing is cut off, and that is no fault.
   *
   * @param unit the pair
   * @param lagg the lagg
   * @param vf its port
   * @param gateway the gateway, where the pair has one
   * @param ofVlans gateways of the pair's VLANs, each of which counts where it answered before
   */
  record AwaitTraffic(
      HnUnit unit,
      InterfaceName lagg,
      InterfaceName vf,
      Optional<Gateway> gateway,
      ImmutableList<Gateway> ofVlans)
      implements Action {
    @Override
    public String line() {
      return "(look) until "
          + vf
          + " is the active port of "
          + lagg
          + gateway.map(g -> " and the gateway " + g + " answers").orElse("")
          + (ofVlans.isEmpty()
              ? ""
              : ofVlans.stream()
                  .map(Gateway::toString)
                  .collect(Collectors.joining(", ", ", and of VLANs ", " where that did before")));
    }
  }
}
