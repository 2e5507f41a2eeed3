package org.hnvf.pairconfig;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.OtherUse;
import org.hnvf.model.Pair;

/**
 * Lists the other users of a pair's hn and whether hnvf moves, tells or refuses each. hnvf
 * evaluates it before the first step of a move. A configuration that no recording of a kernel shows
 * is refused.
 *
 * <p>Each kind has its own class in this package, which returns its rows.
 */
public final class Dependents {

  private static final ImmutableList<Function<Subject, Stream<Dependent>>> QUESTIONS =
      ImmutableList.of(
          RenamedHn::of,
          OwnLagg::of,
          NothingToMove::of,
          BridgeMembers::of,
          VlansOfHn::of,
          CarpAddresses::of,
          OtherDhcpClients::of,
          JailsOfHn::of,
          NetgraphOnHn::of,
          GroupsOfHn::of,
          FirewallOnHn::of,
          DhclientConfOfHn::of,
          SharedNetworks::of,
          Ipv6Marks::of,
          UnclearRoutes::of,
          DaemonRoutes::of,
          FibsOfHn::of,
          AddressesNotLive::of,
          FilesNamingHn::of);

  private Dependents() {}

  /**
   * Returns all rows.
   *
   * @param lagg the lagg that holds the pair's configuration, or will hold it
   * @param use the answers of further commands
   * @param policy the administrator's settings
   */
  public static ImmutableList<Dependent> of(
      GuestState guest,
      Pair pair,
      InterfaceName lagg,
      GuestConfig rc,
      OtherUse use,
      MovePolicy policy) {
    Subject subject = new Subject(guest, pair, lagg, rc, use, policy);
    return QUESTIONS.stream()
        .flatMap(question -> question.apply(subject))
        .collect(toImmutableList());
  }

  /**
   * Returns the reason why the pair's VF cannot be used, with the remedy; empty if it can be used,
   * or if there is no VF.
   */
  public static Optional<String> refusal(Pair pair, ImmutableList<Dependent> dependents) {
    ImmutableList<Dependent> against =
        dependents.stream()
            .filter(one -> one.verdict() == Dependent.Verdict.REFUSE)
            .collect(toImmutableList());
    return against.isEmpty() || pair.vf().isEmpty()
        ? Optional.empty()
        : Optional.of(
            against.stream().map(Dependent::text).collect(Collectors.joining("; "))
                + "; `hnvf release "
                + pair.hn()
                + "` makes hnvf leave the VF unused and not try again");
  }
}
