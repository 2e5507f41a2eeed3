package org.hnvf.journal;

import com.google.common.base.Splitter;
import com.google.common.primitives.Ints;
import java.util.List;
import java.util.Optional;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.Vlan;

/**
 * A VLAN as four words, name, tag, priority and MTU. Each word is checked, because it becomes an
 * argument.
 */
final class VlanWords {

  private static final int HIGHEST_MTU = 65535;

  private VlanWords() {}

  static String of(Vlan vlan) {
    return vlan.name() + " " + vlan.tag() + " " + vlan.pcp() + " " + vlan.mtu();
  }

  static Optional<Vlan> vlan(String text) {
    List<String> words = Splitter.on(' ').splitToList(text);
    if (words.size() != 4) {
      return Optional.empty();
    }
    Optional<InterfaceName> name = InterfaceName.of(words.get(0));
    Optional<Integer> tag = number(words.get(1), 1, Vlan.HIGHEST_TAG);
    Optional<Integer> pcp = number(words.get(2), 0, Vlan.HIGHEST_PCP);
    Optional<Integer> mtu = number(words.get(3), 1, HIGHEST_MTU);
    return name.isPresent() && tag.isPresent() && pcp.isPresent() && mtu.isPresent()
        ? Optional.of(new Vlan(name.get(), tag.get(), pcp.get(), mtu.get()))
        : Optional.empty();
  }

  private static Optional<Integer> number(String word, int least, int most) {
    return Optional.ofNullable(Ints.tryParse(word)).filter(n -> n >= least && n <= most);
  }
}
