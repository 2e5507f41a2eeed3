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
 * Who else uses the hn of a pair, and what hnvf does about each: one question before the first step
 * of a move. What no recording of a kernel shows is refused.
 *
 * <p>Each kind has a class of its own here, which answers with its rows.
 */
public final class Dependents {

  private static final ImmutableList<Function<Subject, Stream<Dependent>>> QUESTIONS =
      ImmutableList.of(
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
          DaemonRoutes::of,
          FibsOfHn::of,
          AddressesNotLive::of,
          FilesNamingHn::of);

  private Dependents() {}

  /**
   * All of them.
   *
   * @param lagg the lagg that has the pair's configuration, or is to have it
   * @param use what was asked besides
   * @param policy what the administrator allows
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
   * Why the pair's VF cannot be used, and what can be done about it; empty where it can, or where
   * there is none.
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
