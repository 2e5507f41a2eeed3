package org.hnvf.sim;

import com.google.common.primitives.Ints;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of ifconfig(8) that are about vlan(4) (sbin/ifconfig/ifvlan.c). Tag and parent are
 * set together, as soon as both are known; a command that names only one of them fails at its end.
 */
final class IfconfigVlan {
  private final Kernel kernel;
  private @Nullable Integer tag;
  private @Nullable String parent;
  private String protocol = "802.1q";

  IfconfigVlan(Kernel kernel) {
    this.kernel = kernel;
  }

  static boolean isParameter(String word) {
    return switch (word) {
      case "vlan", "vlandev", "vlanproto", "vlanpcp" -> true;
      default -> false;
    };
  }

  /** {@code vlanN}, and {@code IF.N} where IF is there (vlan_clone_match). */
  static boolean isName(Kernel kernel, String name) {
    int dot = name.lastIndexOf('.');
    return name.matches("vlan([0-9]{1,9})?")
        || (dot > 0
            && name.substring(dot + 1).matches("[1-9][0-9]{0,3}")
            && kernel.interfaces().find(name.substring(0, dot)).isPresent());
  }

  /** Makes a VLAN, going by the words after {@code create} that are about it. */
  Iface create(String name, List<String> words) throws IfconfigStop {
    while (words.size() > 1 && isParameter(words.get(0)) && !words.get(0).equals("vlanpcp")) {
      remember(words.remove(0), words.remove(0));
    }
    int dot = name.lastIndexOf('.');
    if (dot > 0 && tag == null && parent == null) {
      parent = name.substring(0, dot);
      tag = number("vlan", name.substring(dot + 1), 4095);
    } else if (tag == null && parent != null) {
      throw new IfconfigStop("must specify a tag for vlan create");
    } else if (tag != null && parent == null) {
      throw new IfconfigStop("must specify a parent device for vlan create");
    }
    Iface vlan = kernel.vlans().create(name);
    try {
      configure(vlan);
    } catch (KernelError e) {
      kernel.interfaces().detach(vlan);
      throw new IfconfigStop(
          e.errno() == Errno.EEXIST
              ? "interface " + name + " already exists"
              : "SIOCIFCREATE2 (" + name + "): " + e.text());
    }
    tag = null;
    parent = null;
    return vlan;
  }

  void parameter(Iface iface, String word, String value) throws IfconfigStop {
    if (word.equals("vlanpcp")) {
      priority(iface, number(word, value, 7));
      return;
    }
    remember(word, value);
    if (word.equals("vlanproto")) {
      return;
    }
    try {
      configure(iface);
    } catch (KernelError e) {
      throw new IfconfigStop("SIOCSETVLAN: " + e.text());
    }
  }

  /** {@code -vlandev}. */
  void withoutParent(Iface iface) throws IfconfigStop {
    if (iface.kind != Iface.Kind.VLAN) {
      throw new IfconfigStop("SIOCGETVLAN: " + Errno.EINVAL.text());
    }
    kernel.vlans().unconfigure(iface);
  }

  /** When all words were read. */
  void end() throws IfconfigStop {
    if ((tag == null) != (parent == null)) {
      throw new IfconfigStop("both vlan and vlandev must be specified");
    }
  }

  private void remember(String word, String value) throws IfconfigStop {
    switch (word) {
      case "vlan" -> tag = number(word, value, 4095);
      case "vlandev" -> parent = value;
      default -> {
        if (!value.equals("802.1q") && !value.equals("802.1ad")) {
          throw new IfconfigStop("invalid value for vlanproto");
        }
        protocol = value;
      }
    }
  }

  private void configure(Iface iface) throws KernelError {
    Integer number = tag;
    String name = parent;
    if (number == null || name == null) {
      return;
    }
    if (iface.kind != Iface.Kind.VLAN) {
      throw new KernelError(Errno.EINVAL);
    }
    Optional<Iface> device = kernel.interfaces().find(name);
    kernel
        .vlans()
        .configure(
            iface, device.orElseThrow(() -> new KernelError(Errno.ENOENT)), number, protocol);
  }

  private static void priority(Iface iface, int pcp) throws IfconfigStop {
    if (iface.kind != Iface.Kind.VLAN) {
      throw new IfconfigStop("SIOCSVLANPCP: " + Errno.EINVAL.text());
    }
    iface.pcp = pcp;
  }

  private static int number(String word, String value, int most) throws IfconfigStop {
    Integer number = Ints.tryParse(value);
    if (number == null || number < 0) {
      throw new IfconfigStop("invalid value for " + word);
    }
    if (number > most) {
      throw new IfconfigStop("value for " + word + " out of range");
    }
    return number;
  }
}
