package org.hnvf.freebsd;

import static com.google.common.truth.Truth.assertThat;

import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines of transcripts 60 and 74, and other possible texts. */
final class VlanLineTest {

  private static Optional<VlanLine> of(String lines) {
    return VlanLine.of(
        Objects.requireNonNull(
            IfconfigParser.parse("vlan7: flags=8843<UP> metric 0 mtu 1400\n" + lines)
                .get("vlan7")));
  }

  @Test
  void itsTagProtocolPriorityAndParent() {
    assertThat(of("\tvlan: 7 vlanproto: 802.1q vlanpcp: 3 parent interface: hn0\n"))
        .hasValue(new VlanLine(7, "802.1q", 3, Optional.of("hn0")));
    assertThat(of("\tvlan: 9 vlanproto: 802.1ad vlanpcp: 0 parent interface: lagg0\n"))
        .hasValue(new VlanLine(9, "802.1ad", 0, Optional.of("lagg0")));
  }

  @Test
  void withoutAParent() {
    VlanLine line =
        of("\tvlan: 0 vlanproto: 0x0000 vlanpcp: 3 parent interface: <none>\n").orElseThrow();
    assertThat(line.parent()).isEmpty();
    assertThat(line.isUsual()).isFalse();
    assertThat(line.isOn("hn0")).isFalse();
  }

  /** FreeBSD 11. */
  @Test
  void withoutProtocolAndPriority() {
    assertThat(of("\tvlan: 5 parent interface: hn0\n"))
        .hasValue(new VlanLine(5, "802.1q", 0, Optional.of("hn0")));
  }

  @Test
  void whatIsNoVlanIsNone() {
    assertThat(of("\tvlan: hn0\n\tvlan: 123456 parent interface: hn0\n")).isEmpty();
    assertThat(of("\tgroups: vlan\n")).isEmpty();
  }

  /** A description of several lines may look like it, and stands before it. */
  @Test
  void theLastOneCounts() {
    String lines =
        """
        \tdescription: x
        \tvlan: 1 parent interface: em0
        \tvlan: 7 vlanproto: 802.1q vlanpcp: 3 parent interface: hn0
        """;
    assertThat(of(lines)).hasValue(new VlanLine(7, "802.1q", 3, Optional.of("hn0")));
  }
}
