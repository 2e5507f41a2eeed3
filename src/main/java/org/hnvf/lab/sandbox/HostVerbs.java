package org.hnvf.lab.sandbox;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.hnvf.sim.CommandPattern;
import org.hnvf.sim.DhcpServer;
import org.hnvf.sim.HostAction;
import org.hnvf.sim.Reachability.Vantage;
import org.hnvf.sim.SimulatedGuest;

/** The verbs of {@code DIR/host}: the host's side of the guest, and the faults. */
final class HostVerbs {

  private static final String USAGE =
      """
      usage: host plug HN [DRIVER]                the host gives HN a VF (mlxen, mce, mana)
             host unplug HN                       the host takes it away
             host migrate HN [DRIVER [SECONDS]]   it goes, and comes back so much later
             host carrier HN on|off               the VF's wire
             host passes HN on|off                whether the VF passes what it is given
             host association HN on|off           whether the VF's association is allocated
             host link HN on|off                  HN's wire
             host gateway HN on|off               whether there is a gateway
             host dhcp HN ADDRESS|off             what the DHCP server gives
             host notify LINE                     devd gets this line, without a cause
             host fail WHICH [TIMES]              the next such commands fail, with nothing done
             host fail-late WHICH [TIMES]         they fail, with everything done
             host hang WHICH [TIMES]              they do nothing and never end
             host hang-late WHICH [TIMES]         they do their work and never end
             host heal                            nothing goes wrong any more
             host reach                           which addresses answer from beyond the gateway
             host stop                            ends the sandbox; the guest is kept
      WHICH is the name of a program, or a regular expression for a whole command line.
      """;

  private static final Pattern WORD = Pattern.compile("[a-z0-9]+");
  private static final Duration MIGRATION = Duration.ofSeconds(5);
  private static final int FAILS = 1;
  private static final String SAYS = "the sandbox lets it fail\n";
  private static final int MOST_FAULTS = 1000;

  private final LiveGuest live;
  private final Runnable stop;

  HostVerbs(LiveGuest live, Runnable stop) {
    this.live = live;
    this.stop = stop;
  }

  /** Does what the words say; what it prints is what devd tells of it. */
  ShellAnswer run(List<String> words) throws InterruptedException {
    try {
      return new ShellAnswer(0, act(words), "");
    } catch (HnvfException e) {
      return ShellAnswer.fault(e.exitCode().status(), "host: " + e.getMessage());
    }
  }

  private String act(List<String> words) throws HnvfException, InterruptedException {
    String verb = words.isEmpty() ? "" : words.get(0);
    switch (verb) {
      case "stop" -> {
        stop.run();
        return "";
      }
      case "heal" -> {
        return devd(guest -> guest.faults().clear());
      }
      case "reach" -> {
        return reachable();
      }
      case "notify" -> {
        String line = word(words, 1).orElseThrow(HostVerbs::usage);
        return devd(guest -> guest.host().notify(line));
      }
      case "fail", "fail-late", "hang", "hang-late" -> {
        return fault(verb, words);
      }
      default -> {
        return onUnit(verb, words);
      }
    }
  }

  private String onUnit(String verb, List<String> words)
      throws HnvfException, InterruptedException {
    HnUnit unit = unit(word(words, 1).orElseThrow(HostVerbs::usage));
    Optional<String> value = word(words, 2);
    return switch (verb) {
      case "plug" -> {
        String driver = driver(value);
        yield devd(guest -> guest.host().plug(unit, driver));
      }
      case "unplug" -> devd(guest -> guest.host().unplug(unit));
      case "migrate" -> {
        String driver = driver(value);
        Duration pause = pause(word(words, 3));
        yield devd(
            guest -> {
              guest.host().unplug(unit);
              guest.host().after(pause, HostAction.plug(unit, driver));
            });
      }
      case "carrier" -> now(HostAction.vfCarrier(unit, isOn(value)));
      case "passes" -> now(HostAction.vfPassesTraffic(unit, isOn(value)));
      case "association" -> now(HostAction.association(unit, isOn(value)));
      case "link" -> now(HostAction.hnLink(unit, isOn(value)));
      case "gateway" -> now(HostAction.gateway(unit, isOn(value)));
      case "dhcp" -> now(HostAction.dhcp(unit, server(value.orElseThrow(HostVerbs::usage))));
      default -> throw usage();
    };
  }

  private String now(HostAction action) throws InterruptedException {
    return devd(guest -> guest.host().now(action));
  }

  private String devd(Consumer<SimulatedGuest> deed) throws InterruptedException {
    ImmutableList<String> lines = live.change(deed);
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private String reachable() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    live.change(
        guest -> {
          for (InetAddress address : guest.reachability().addresses()) {
            if (guest.reachability().isReachable(address, Vantage.BEYOND_GATEWAY)) {
              lines.add(address.getHostAddress() + "\n");
            }
          }
        });
    return String.join("", lines);
  }

  private String fault(String verb, List<String> words) throws HnvfException, InterruptedException {
    CommandPattern which = which(word(words, 1).orElseThrow(HostVerbs::usage));
    int times = times(word(words, 2));
    return devd(
        guest -> {
          for (int i = 0; i < times; i++) {
            switch (verb) {
              case "fail" -> guest.faults().failNext(which, FAILS, SAYS);
              case "fail-late" -> guest.faults().doneButFails(which, FAILS, SAYS);
              case "hang" -> guest.faults().hangNext(which);
              default -> guest.faults().doneButHangs(which);
            }
          }
        });
  }

  private static CommandPattern which(String text) throws UserException {
    if (WORD.matcher(text).matches()) {
      return CommandPattern.program(text);
    }
    try {
      return CommandPattern.line(Pattern.compile(text).pattern());
    } catch (PatternSyntaxException e) {
      throw UserException.usage("\"" + text + "\" is no regular expression: " + e.getDescription());
    }
  }

  private static int times(Optional<String> text) throws UserException {
    Integer times = Ints.tryParse(text.orElse("1"));
    if (times == null || times < 1 || times > MOST_FAULTS) {
      throw UserException.usage(
          "\"" + text.orElse("") + "\" is not how often (1 to " + MOST_FAULTS + ")");
    }
    return times;
  }

  private static Duration pause(Optional<String> text) throws UserException {
    if (text.isEmpty()) {
      return MIGRATION;
    }
    Integer seconds = Ints.tryParse(text.get());
    if (seconds == null || seconds < 0) {
      throw UserException.usage("\"" + text.get() + "\" is no number of seconds");
    }
    return Duration.ofSeconds(seconds);
  }

  private static String driver(Optional<String> name) throws UserException {
    String driver = name.orElse("mlxen");
    InterfaceName.parse(driver + "0");
    return driver;
  }

  private static DhcpServer server(String text) throws UserException {
    try {
      return text.equals("off") ? DhcpServer.silent() : DhcpServer.giving(text);
    } catch (IllegalArgumentException e) {
      throw UserException.usage("\"" + text + "\" is no address that a DHCP server can give");
    }
  }

  private static boolean isOn(Optional<String> text) throws UserException {
    return switch (text.orElse("")) {
      case "on" -> true;
      case "off" -> false;
      default -> throw usage();
    };
  }

  private HnUnit unit(String name) throws HnvfException, InterruptedException {
    HnUnit unit =
        InterfaceName.parse(name)
            .hnUnit()
            .orElseThrow(() -> UserException.noSuchPair(name + " is not a synthetic NIC (hnX)"));
    List<Integer> there = new ArrayList<>();
    live.change(guest -> guest.interfaces().forEach(i -> guest.unitOf(i).ifPresent(there::add)));
    if (!there.contains(unit.number())) {
      throw UserException.noSuchPair("the guest has no " + name);
    }
    return unit;
  }

  private static Optional<String> word(List<String> words, int index) {
    return index < words.size() ? Optional.of(words.get(index)) : Optional.empty();
  }

  private static UserException usage() {
    return UserException.usage("that makes no sense\n" + USAGE.stripTrailing());
  }
}
