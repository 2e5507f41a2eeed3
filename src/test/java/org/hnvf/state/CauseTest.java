package org.hnvf.state;

import static com.google.common.truth.Truth.assertThat;

import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Pair;
import org.junit.jupiter.api.Test;

/** The same failure is the same cause, whatever varies in what is told of it. */
final class CauseTest {

  private static Pair pair(String vf, String lagg) {
    return new Pair(
        new HnUnit(0), new InterfaceName("hn0"), InterfaceName.of(vf), InterfaceName.of(lagg));
  }

  private static final Pair PAIR = pair("mlxen0", "lagg0");

  @Test
  void aNameThatChangesIsToldByWhatItNames() {
    assertThat(Cause.of("put hn0 and mlxen0 into lagg0: `ifconfig lagg0 x` exited 1: busy", PAIR))
        .isEqualTo(
            Cause.of(
                "put hn0 and mce1 into lagg2: `ifconfig lagg2 x` exited 1", pair("mce1", "lagg2")));
  }

  @Test
  void aNumberThatChangesIsNoOtherCause() {
    assertThat(Cause.of("stop dhclient on hn0: `kill -TERM 1404` exited 1: No such process", PAIR))
        .isEqualTo(Cause.of("stop dhclient on hn0: `kill -TERM 88` exited 1: x\ny", PAIR));
    assertThat(Cause.of("see: `arp` did not end within 5000 ms and was killed", PAIR))
        .isEqualTo("see: `arp` did not end within # ms and was killed");
  }

  @Test
  void anotherStepIsAnotherCauseAndSoIsAnotherEnd() {
    String up = Cause.of("bring mlxen0 up: `ifconfig mlxen0 up` exited 1: busy", PAIR);
    assertThat(Cause.of("bring mlxen0 down: `ifconfig mlxen0 down` exited 1: busy", PAIR))
        .isNotEqualTo(up);
    assertThat(Cause.of("bring mlxen0 up: `ifconfig mlxen0 up` did not end within 5 ms", PAIR))
        .isNotEqualTo(up);
  }

  @Test
  void whatConcernsTheVfIsKnown() {
    String gateway = "the gateway 10.0.2.2 does not answer through mlxen0";
    assertThat(Cause.isOfVf(Cause.of(gateway, PAIR))).isTrue();
    assertThat(Cause.isOfVf(Cause.of("take 10.0.2.15/24 off hn0: `x` exited 1", PAIR))).isFalse();
  }

  /** mlxen01 and hn0.100 are others. */
  @Test
  void aNameInsideAnotherIsNotItsOwn() {
    assertThat(Cause.withRoles("mlxen01 hn0.100 xhn0 hn0", pair("mlxen0", "lagg0")))
        .isEqualTo("mlxen01 hn.100 xhn0 hn");
    assertThat(
            Cause.withRoles(
                "mlxen0",
                new Pair(
                    new HnUnit(0), new InterfaceName("hn0"), Optional.empty(), Optional.empty())))
        .isEqualTo("mlxen0");
  }
}
