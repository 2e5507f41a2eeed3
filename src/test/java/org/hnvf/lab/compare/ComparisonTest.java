package org.hnvf.lab.compare;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.model.HnvfException;
import org.hnvf.sim.RcConfShell;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How briefly a guest is cut off, held against the stock scripts. Virtual time: always the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ComparisonTest {

  private static final ImmutableList<Contender> HNVF =
      ImmutableList.of(Contender.ON_VF_UP, Contender.BEFORE_VF_UP);

  private final RcConfShell shell = new RcConfShell(new ProcessRunner());
  private Comparison comparison = new Comparison(ImmutableList.of());

  @BeforeAll
  void compare() throws HnvfException {
    ImmutableList.Builder<Result> results = ImmutableList.builder();
    for (Start start : Start.values()) {
      for (Kind kind : Kind.values()) {
        for (Contender contender : Contender.values()) {
          results.addAll(Comparison.of(contender, kind, 1, start, shell));
        }
      }
    }
    comparison = new Comparison(results.build());
  }

  private Result directly(Contender contender, Kind kind, Occasion occasion) {
    return comparison.find(contender, kind, 1, Start.DIRECTLY, occasion);
  }

  private void isAtMost(int part, Contender contender, Kind kind) {
    Duration stock = directly(Contender.STOCK, kind, Occasion.BRING_UP).cut(Kind.IPV4).longest();
    Duration ours = directly(contender, kind, Occasion.BRING_UP).cut(Kind.IPV4).longest();
    assertThat(ours).isGreaterThan(Duration.ZERO);
    assertWithMessage("%s, %s: %s of %s", contender, kind, ours, stock)
        .that(ours.multipliedBy(part))
        .isAtMost(stock);
  }

  @Test
  void bringUpTakesASmallPartOfTheStockSequence() {
    isAtMost(10, Contender.ON_VF_UP, Kind.DHCP);
    isAtMost(6, Contender.ON_VF_UP, Kind.STATIC);
    isAtMost(25, Contender.BEFORE_VF_UP, Kind.DHCP);
    isAtMost(10, Contender.BEFORE_VF_UP, Kind.STATIC);
  }

  @Test
  void threeProcessesUntilAddressAndDefaultRouteStand() {
    for (Contender contender : HNVF) {
      for (Kind kind : Kind.values()) {
        assertThat(directly(contender, kind, Occasion.BRING_UP).processesInCut()).isAtMost(3);
      }
    }
    assertThat(directly(Contender.STOCK, Kind.DHCP, Occasion.BRING_UP).processesInCut())
        .isAtLeast(14);
  }

  @Test
  void aliasIsAnsweredAsSoonAsTheFirstAddress() {
    for (Contender contender : HNVF) {
      Result result = directly(contender, Kind.STATIC, Occasion.BRING_UP);
      assertThat(result.cut(Kind.ALIAS).longest()).isEqualTo(result.cut(Kind.IPV4).longest());
      // It comes with hn's joining, in the same process.
      assertThat(result.cut(Kind.IPV6).longest()).isLessThan(result.cut(Kind.IPV4).longest());
    }
  }

  @Test
  void revokedAndBackCostNothing() {
    for (Contender contender : HNVF) {
      for (Kind kind : Kind.values()) {
        for (Occasion occasion : ImmutableList.of(Occasion.REVOKED, Occasion.BACK)) {
          for (Cut cut : directly(contender, kind, occasion).cuts()) {
            assertWithMessage("%s %s %s %s", contender, kind, occasion, cut.view())
                .that(cut.total())
                .isEqualTo(Duration.ZERO);
          }
        }
      }
    }
  }

  @Test
  void releaseOfIpv4IsNoLongerThanBringUp() {
    for (Contender contender : HNVF) {
      for (Kind kind : Kind.values()) {
        for (String view : kind.viewNames()) {
          if (!view.equals(Kind.IPV6)) {
            assertThat(directly(contender, kind, Occasion.RELEASE).cut(view).longest())
                .isAtMost(directly(contender, kind, Occasion.BRING_UP).cut(view).longest());
          }
        }
      }
    }
  }

  @Test
  void releaseTakesTheGuestAsAWholeNoLongerThanBringUp() {
    for (Contender contender : HNVF) {
      for (Kind kind : Kind.values()) {
        assertThat(directly(contender, kind, Occasion.RELEASE).worst().longest())
            .isAtMost(directly(contender, kind, Occasion.BRING_UP).worst().longest());
      }
    }
  }

  @Test
  void delayIsSpentPreparing() {
    for (Contender contender : HNVF) {
      for (Kind kind : Kind.values()) {
        assertThat(directly(contender, kind, Occasion.UP_DURING_DELAY).cut(Kind.IPV4).longest())
            .isLessThan(directly(contender, kind, Occasion.UP_BY_OTHERS).cut(Kind.IPV4).longest());
      }
    }
  }

  /** Goals that are not reached are reported: of the release, IPv6 alone takes longer. */
  @Test
  void goalsThatAreNotReachedAreThoseOfIpv6OnTheWayBack() {
    assertThat(
            comparison.goals().stream()
                .filter(goal -> !goal.reached())
                .map(goal -> goal.what() + ": " + goal.is())
                .toList())
        .containsExactly(
            "on-vf-up, STATIC, IPv6: release no longer than bring-up: 140 ms",
            "before-vf-up, STATIC, IPv6: release no longer than bring-up: 140 ms");
  }

  @Test
  void nothingIsLostWithHnvf() {
    for (Result result : comparison.results()) {
      if (result.contender() != Contender.STOCK) {
        for (Cut cut : result.cuts()) {
          assertWithMessage("%s", result).that(cut.lost()).isFalse();
        }
      }
    }
    Result stock = directly(Contender.STOCK, Kind.STATIC, Occasion.BRING_UP);
    assertThat(stock.cut(Kind.ALIAS).lost()).isTrue();
    assertThat(stock.cut(Kind.BEYOND).lost()).isTrue();
  }

  /** hnvf brings the VF up itself: what stands between devd and hnvf is not in the cut. */
  @Test
  void devdDelaysTheStockScriptAlone() {
    for (Kind kind : Kind.values()) {
      for (Contender contender : HNVF) {
        assertThat(
                comparison
                    .find(contender, kind, 1, Start.THROUGH_DEVD, Occasion.BRING_UP)
                    .cut(Kind.IPV4))
            .isEqualTo(directly(contender, kind, Occasion.BRING_UP).cut(Kind.IPV4));
      }
      Duration directly =
          directly(Contender.STOCK, kind, Occasion.BRING_UP).cut(Kind.IPV4).longest();
      assertThat(
              comparison
                  .find(Contender.STOCK, kind, 1, Start.THROUGH_DEVD, Occasion.BRING_UP)
                  .cut(Kind.IPV4)
                  .longest())
          .isAtLeast(directly.plus(Duration.ofMillis(300)));
    }
  }

  /** The second dhclient of transcript 12. */
  @Test
  void stockDhcpGuestIsCutOffWhenTheVfIsBack() {
    Result back = comparison.find(Contender.STOCK, Kind.DHCP, 1, Start.THROUGH_DEVD, Occasion.BACK);
    assertThat(back.cut(Kind.IPV4).lost()).isTrue();
  }

  @Test
  void manyNicsAreCutOffNoLongerThanOne() throws HnvfException {
    for (Kind kind : Kind.values()) {
      Result many = Comparison.of(Contender.ON_VF_UP, kind, 8, Start.DIRECTLY, shell).get(0);
      Result one = directly(Contender.ON_VF_UP, kind, Occasion.BRING_UP);
      assertThat(many.occasion()).isEqualTo(Occasion.BRING_UP);
      assertThat(many.cuts()).isEqualTo(one.cuts());
    }
  }

  @Test
  void theTableShowsBothSidesAndTheirRatio() {
    String table = ComparisonView.table(comparison);
    assertThat(table)
        .containsMatch("VF attached +IPv4 +1795 ms +140 \\+20 ms +1/12\\.8 +70 \\+20 ms +1/25\\.6");
    assertThat(table).containsMatch("VF attached +alias +lost +140 ms +kept +70 ms +kept");
    assertThat(table).contains("NOT REACHED");
    assertThat(ComparisonView.data(comparison)).containsKey("goals");
  }

  @Test
  void ratios() {
    assertThat(Ratio.of(1795, 140)).isEqualTo("1/12.8");
    assertThat(Ratio.of(140, 280)).isEqualTo("2.0");
    assertThat(Ratio.of(140, 0)).isEqualTo("0");
    assertThat(Ratio.of(0, 0)).isEqualTo("=");
    assertThat(Ratio.of(0, 5)).isEmpty();
    Cut lost = new Cut("", Duration.ofDays(1), Duration.ofDays(1), true);
    Cut brief = new Cut("", Duration.ofMillis(70), Duration.ofMillis(90), false);
    assertThat(Ratio.of(lost, brief)).isEqualTo("kept");
    assertThat(Ratio.of(brief, lost)).isEqualTo("lost");
    assertThat(brief.or(lost)).isEqualTo(lost);
    assertThat(lost.or(brief)).isEqualTo(lost);
  }
}
