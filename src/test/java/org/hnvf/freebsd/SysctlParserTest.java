package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HyperV;
import org.junit.jupiter.api.Test;

final class SysctlParserTest {

  @Test
  void readsWhatWasRecorded() {
    HyperV hyperV =
        SysctlParser.hyperV(
            Transcripts.stdout("20", "sysctl hw.hn", 0)
                + Transcripts.stdout("20", "sysctl dev.hn", 0));

    assertThat(hyperV.transparent()).hasValue(false);
    assertThat(hyperV.vfList().orElseThrow()).containsExactly("mlxen0");
    assertThat(hyperV.vfMap()).isEmpty();
    assertThat(hyperV.devices())
        .containsExactly(
            new HnUnit(0),
            new HyperV.Device(Optional.of("mlxen0"), Optional.of("mlxen0")),
            new HnUnit(1),
            new HyperV.Device(Optional.empty(), Optional.empty()))
        .inOrder();
  }

  /** A capture comes from outside; such a line must not exhaust the stack. */
  @Test
  void readsALongHostileLine() {
    String name = "dev" + ".a".repeat(100_000);
    assertThat(SysctlParser.values(name + ": 1\n" + name + "\n")).containsExactly(name, "1");
  }

  @Test
  void readsAGuestOfSeveralPairs() {
    HyperV hyperV =
        SysctlParser.hyperV(
            """
            hw.hn.vf_transparent: 1
            hw.hn.vflist: mlxen0 mce1
            hw.hn.vfmap: mlxen0:hn0 mce1:hn12
            dev.hn.12.vf: mce1
            dev.hn.12.%desc: Hyper-V Network Interface
            dev.hn.2.ndis_version: 6.30
            dev.hn.%parent:\s
            """);

    assertThat(hyperV.isTransparent()).isTrue();
    assertThat(hyperV.vfList().orElseThrow()).containsExactly("mlxen0", "mce1").inOrder();
    assertThat(hyperV.vfMap()).containsExactly("mlxen0", "hn0", "mce1", "hn12").inOrder();
    assertThat(hyperV.devices())
        .containsExactly(
            new HnUnit(2),
            new HyperV.Device(Optional.empty(), Optional.empty()),
            new HnUnit(12),
            new HyperV.Device(Optional.of("mce1"), Optional.empty()))
        .inOrder();
  }

  @Test
  void tellsMissingFromEmpty() {
    HyperV missing = SysctlParser.hyperV("kern.ostype: FreeBSD\n");
    assertThat(missing.transparent()).isEmpty();
    assertThat(missing.vfList()).isEmpty();
    assertThat(missing.devices()).isEmpty();

    HyperV empty = SysctlParser.hyperV("hw.hn.vflist: \nhw.hn.vfmap: \n");
    assertThat(empty.vfList().orElseThrow()).isEmpty();
    assertThat(empty.vfMap()).isEmpty();
  }

  @Test
  void survivesNonsense() {
    HyperV hyperV =
        SysctlParser.hyperV(
            """
            sysctl: unknown oid 'hw.hn.nosuch'
            hw.hn.vf_transparent: abc
            hw.hn.vfmap: :hn0 mlxen0: hn1 mce0:hn0 mce0:hn1
            dev.hn.99999999999.vf: mce0
            dev.hn.x.vf: mce0
            further line: of something
            """);

    assertThat(hyperV.transparent()).isEmpty();
    assertThat(hyperV.vfMap()).containsExactly("mce0", "hn1");
    assertThat(hyperV.devices()).isEmpty();
  }

  @Test
  void readsTheBootTime() {
    String value = "{ sec = 1795353589, usec = 427942 } Sun Nov 22 13:19:49 2026";
    assertThat(SysctlParser.bootTime("kern.boottime: " + value + "\n"))
        .hasValue(Instant.parse("2026-11-22T13:19:49.427942Z"));
    assertThat(SysctlParser.bootTime("kern.boottime: soon\n")).isEmpty();
    assertThat(SysctlParser.bootTime("hw.hn.vflist: \n")).isEmpty();
  }
}
