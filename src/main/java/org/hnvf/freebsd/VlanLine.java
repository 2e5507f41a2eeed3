package org.hnvf.freebsd;

import com.google.common.collect.Streams;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hnvf.model.GuestState;
import org.hnvf.model.NetInterface;

/**
 * The line of ifconfig(8) that only a vlan(4) has: {@code vlan: 7 vlanproto: 802.1q vlanpcp: 3
 * parent interface: hn0}. Without a parent it is {@code vlan: 0 vlanproto: 0x0000 vlanpcp: 3 parent
 * interface: <none>} (transcripts 60 and 74).
 *
 * @param tag its tag
 * @param protocol {@code 802.1q}, {@code 802.1ad}, or the value shown instead
 * @param pcp its priority
 * @param parent the parent interface
 */
public record VlanLine(int tag, String protocol, int pcp, Optional<String> parent) {

  private static final Pattern LINE =
      Pattern.compile(
          "vlan: (\\d{1,5})(?: vlanproto: (\\S+))?(?: vlanpcp: (\\d))? parent interface: (\\S+)");
  private static final String NO_PARENT = "<none>";
  private static final String USUAL = "802.1q";

  /** Returns the VLAN line of an interface; empty if it is not a VLAN. */
  public static Optional<VlanLine> of(NetInterface shown) {
    return Streams.findLast(shown.others().stream().map(LINE::matcher).filter(Matcher::matches))
        .map(VlanLine::read);
  }

  private static VlanLine read(Matcher line) {
    return new VlanLine(
        Integer.parseInt(line.group(1)),
        Optional.ofNullable(line.group(2)).orElse(USUAL),
        Optional.ofNullable(line.group(3)).map(Integer::parseInt).orElse(0),
        Optional.of(line.group(4)).filter(name -> !name.equals(NO_PARENT)));
  }

  /** Returns the VLANs of a guest whose parent has this name. */
  public static Stream<NetInterface> on(GuestState guest, String parent) {
    return guest.interfaces().values().stream()
        .filter(shown -> of(shown).filter(line -> line.isOn(parent)).isPresent());
  }

  /** Returns whether the protocol is 802.1q. */
  public boolean isUsual() {
    return protocol.equals(USUAL);
  }

  /** Returns whether the parent has this name. */
  public boolean isOn(String name) {
    return parent.filter(name::equals).isPresent();
  }
}
