package org.hnvf.lab.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Further configuration around hn0. It is drawn from a separate stream, so that a seed still draws
 * what it drew before this class existed.
 *
 * @param firewall the interfaces in the loaded rules of pf(4)
 * @param grouped whether hn0 is in groups
 * @param jumbo the MTU of hn0, and of VFs
 * @param dhclientConf whether dhclient.conf(5) has a block for hn0
 * @param beside another user of hn0
 */
record Extras(
    Firewall firewall, boolean grouped, Jumbo jumbo, boolean dhclientConf, Beside beside) {

  /** None of it. */
  static final Extras NONE = new Extras(Firewall.NONE, false, Jumbo.NO, false, Beside.NOBODY);

  /** The interfaces in the loaded rules of pf(4). */
  enum Firewall {
    /** There is no pf. */
    NONE,
    /** hn0: it must never move. */
    NAMES_HN,
    /** hn0, and the same for lagg0. */
    TWIN,
    /** A group that hn0 is in. */
    GROUP
  }

  /** The MTU of hn0, and of VFs. */
  enum Jumbo {
    NO,
    /** 9000 everywhere. */
    YES,
    /** 9000, of a lagg(4) that refuses a port of another MTU. */
    OLD_LAGG,
    /** 9000, and a VF takes 1500. */
    VF_CANNOT
  }

  private static final int SHARE = 0x5eed;

  /** Returns the draw of this seed, mostly without extras. */
  static Extras of(long seed) {
    SplittableRandom random = new SplittableRandom(seed * 31 + SHARE).split();
    Firewall firewall =
        random.nextInt(100) < 12
            ? Firewall.values()[1 + random.nextInt(Firewall.values().length - 1)]
            : Firewall.NONE;
    boolean grouped = firewall == Firewall.GROUP || random.nextInt(100) < 10;
    Jumbo jumbo =
        random.nextInt(100) < 8
            ? Jumbo.values()[1 + random.nextInt(Jumbo.values().length - 1)]
            : Jumbo.NO;
    boolean dhclientConf = random.nextInt(100) < 8;
    return new Extras(firewall, grouped, jumbo, dhclientConf, Beside.of(seed));
  }

  /** Whether the VF of hn0 is never used, so that it is held down for ever. */
  boolean isShut() {
    return firewall == Firewall.NAMES_HN || jumbo == Jumbo.VF_CANNOT || beside.isRefused();
  }

  /** The same with this firewall. */
  Extras with(Firewall other) {
    return new Extras(other, grouped, jumbo, dhclientConf, beside);
  }

  /** Returns a copy with another user of hn0. */
  Extras with(Beside other) {
    return new Extras(firewall, grouped, jumbo, dhclientConf, other);
  }

  /** The same for a guest whose script makes the lagg: it knows nothing of other uses and MTUs. */
  Extras forScript() {
    boolean takesAnyVf = jumbo == Jumbo.NO || jumbo == Jumbo.YES;
    return new Extras(
        firewall, grouped, takesAnyVf ? jumbo : Jumbo.NO, dhclientConf, Beside.NOBODY);
  }

  /** In words; empty where there is nothing. */
  String text() {
    List<String> words = new ArrayList<>();
    if (firewall != Firewall.NONE) {
      words.add("firewall " + firewall);
    }
    if (grouped) {
      words.add("grouped");
    }
    if (jumbo != Jumbo.NO) {
      words.add("jumbo " + jumbo);
    }
    if (dhclientConf) {
      words.add("dhclient.conf");
    }
    if (beside != Beside.NOBODY) {
      words.add("beside " + beside);
    }
    return String.join(", ", words);
  }
}
