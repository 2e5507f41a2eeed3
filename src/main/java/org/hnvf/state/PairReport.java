package org.hnvf.state;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import java.util.Optional;
import org.hnvf.freebsd.VlanLine;
import org.hnvf.model.BackOff;
import org.hnvf.model.GuestState;
import org.hnvf.model.HalfDoneScript;
import org.hnvf.model.HyperV;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.NetInterface;
import org.hnvf.model.OperatorWord;
import org.hnvf.model.PairStatus;

/** Builds the status of a pair for {@code hnvf status}. */
public final class PairReport {

  private PairReport() {}

  /** Returns the status of an assessed pair. */
  public static PairStatus of(
      GuestState guest,
      Assessment assessment,
      OperatorWord word,
      Optional<BackOff> backOff,
      Optional<Instant> delayEnds,
      Optional<HalfDoneScript> halfDone,
      Optional<String> unstored) {
    InterfaceName hn = assessment.pair().hn();
    InterfaceName holder = assessment.pair().lagg().orElse(hn);
    ImmutableList.Builder<InterfaceName> members = ImmutableList.builder();
    members.add(hn);
    assessment.pair().vf().ifPresent(members::add);
    assessment.pair().lagg().ifPresent(members::add);
    return new PairStatus(
        assessment.pair(),
        assessment.state(),
        reasons(guest, assessment, halfDone, unstored),
        assessment.activePort(),
        Optional.ofNullable(guest.hyperV().devices().get(assessment.pair().unit()))
            .flatMap(HyperV.Device::rxVf),
        guest.find(holder).stream()
            .flatMap(NetInterface::prefixesBeyondLink)
            .map(prefix -> prefix.toString())
            .collect(ImmutableList.toImmutableList()),
        members.build().stream()
            .flatMap(guest::routesOn)
            .filter(route -> route.isDefault() && !route.ipv6())
            .map(
                route ->
                    route.gateway()
                        + " via "
                        + route.netif()
                        + (route.fib() == 0 ? "" : " in FIB " + route.fib()))
            .findFirst(),
        members.build().stream()
            .flatMap(member -> VlanLine.on(guest, member.value()))
            .map(NetInterface::name)
            .collect(ImmutableList.toImmutableList()),
        InterfaceUsers.of(guest, members.build()),
        members.build().stream()
            .filter(name -> !guest.dhcpClientsOn(name).isEmpty())
            .map(InterfaceName::value)
            .collect(ImmutableList.toImmutableList()),
        word,
        backOff,
        waitsForDelay(guest, assessment) ? delayEnds : Optional.empty(),
        false,
        Optional.empty());
  }

  private static ImmutableList<String> reasons(
      GuestState guest,
      Assessment assessment,
      Optional<HalfDoneScript> halfDone,
      Optional<String> unstored) {
    ImmutableList.Builder<String> reasons = ImmutableList.builder();
    reasons.addAll(assessment.reasons());
    halfDone.ifPresent(
        script -> reasons.addAll(ScriptLeft.reasons(guest, assessment.pair(), script)));
    unstored.ifPresent(why -> reasons.add(notStored(why)));
    return reasons.build();
  }

  /**
   * Returns the note that an operator's word could not be stored.
   *
   * @param why the reason
   */
  public static String notStored(String why) {
    return "the command is in force, but could not be stored: "
        + why
        + "; after a restart of hnvf, or without a daemon at the next event, the "
        + "VF may be used again";
  }

  /** Returns whether a delay is running for the VF; only a VF that is attached and down has one. */
  private static boolean waitsForDelay(GuestState guest, Assessment assessment) {
    return assessment.pair().vf().flatMap(guest::find).map(vf -> !vf.isUp()).orElse(false);
  }
}
