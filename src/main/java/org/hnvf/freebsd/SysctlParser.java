package org.hnvf.freebsd;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Fibs;
import org.hnvf.model.Firewalls;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HyperV;

/** Parses the output of {@code sysctl NAME…}: {@code name: value} lines (sysctl(8)). */
public final class SysctlParser {

  private static final Pattern LINE =
      Pattern.compile("([a-z][A-Za-z0-9_%-]*+(?:\\.[A-Za-z0-9_%-]++)++):(.*)");
  private static final Pattern HN_DEVICE = Pattern.compile("dev\\.hn\\.(0|[1-9][0-9]{0,8})\\..*");
  private static final Pattern BOOT_TIME =
      Pattern.compile("\\{ sec = ([0-9]{1,11}), usec = ([0-9]{1,6}) \\}.*");
  private static final Splitter WORDS = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();

  private SysctlParser() {}

  /**
   * Returns the values by name. Of a value with several lines, the lines after the first are
   * skipped.
   */
  public static ImmutableMap<String, String> values(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : Splitter.on('\n').split(text)) {
      Optional<Map.Entry<String, String>> value = value(line);
      if (value.isPresent()) {
        values.put(value.get().getKey(), value.get().getValue().strip());
      }
    }
    return ImmutableMap.copyOf(values);
  }

  /** Returns the name of a line and all after its colon; empty for a further line of a value. */
  public static Optional<Map.Entry<String, String>> value(String line) {
    Matcher value = LINE.matcher(line);
    return value.matches()
        ? Optional.of(Map.entry(value.group(1), value.group(2)))
        : Optional.empty();
  }

  /** Returns the values of hn(4). A unit exists if any name of its {@code dev.hn.N} exists. */
  public static HyperV hyperV(String text) {
    ImmutableMap<String, String> values = values(text);
    return new HyperV(
        Optional.ofNullable(values.get("hw.hn.vf_transparent"))
            .flatMap(Addresses::number)
            .map(number -> number != 0),
        Optional.ofNullable(values.get("hw.hn.vflist"))
            .map(WORDS::splitToList)
            .map(ImmutableList::copyOf),
        vfMap(values.getOrDefault("hw.hn.vfmap", "")),
        devices(values));
  }

  /** Returns the packet filters. */
  public static Firewalls firewalls(String text) {
    ImmutableMap<String, String> values = values(text);
    return new Firewalls(
        values.keySet().stream().anyMatch(name -> name.startsWith("net.pf.")),
        isOn(values, "net.inet.ip.fw.enable") || isOn(values, "net.inet6.ip6.fw.enable"),
        isOn(values, "net.inet.ipf.fr_running"));
  }

  /** Returns whether a filter runs; ipf(4) reports -1 or -2 while it is stopping or off. */
  private static boolean isOn(ImmutableMap<String, String> values, String name) {
    return Optional.ofNullable(values.get(name))
        .flatMap(Addresses::number)
        .filter(number -> number > 0)
        .isPresent();
  }

  /** {@code net.fibs} and {@code net.add_addr_allfibs}; one FIB if they are missing. */
  public static Fibs fibs(String text) {
    ImmutableMap<String, String> values = values(text);
    return new Fibs(
        Optional.ofNullable(values.get("net.fibs"))
            .flatMap(Addresses::number)
            .filter(count -> count > 0)
            .orElse(1),
        Optional.ofNullable(values.get("net.add_addr_allfibs"))
            .flatMap(Addresses::number)
            .filter(value -> value != 0)
            .isPresent());
  }

  /** {@code kern.boottime}, {@code { sec = 1795353589, usec = 427942 } Sun Nov 22 …}. */
  public static Optional<Instant> bootTime(String text) {
    return Optional.ofNullable(values(text).get("kern.boottime"))
        .map(BOOT_TIME::matcher)
        .filter(Matcher::matches)
        .map(
            time ->
                Instant.ofEpochSecond(
                    Long.parseLong(time.group(1)), Long.parseLong(time.group(2)) * 1000));
  }

  private static ImmutableMap<String, String> vfMap(String value) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : WORDS.split(value)) {
      int colon = pair.lastIndexOf(':');
      if (colon > 0 && colon < pair.length() - 1) {
        map.put(pair.substring(0, colon), pair.substring(colon + 1));
      }
    }
    return ImmutableMap.copyOf(map);
  }

  private static ImmutableMap<HnUnit, HyperV.Device> devices(ImmutableMap<String, String> values) {
    Map<HnUnit, HyperV.Device> devices = new TreeMap<>();
    for (String name : values.keySet()) {
      Matcher device = HN_DEVICE.matcher(name);
      if (device.matches()) {
        HnUnit unit = new HnUnit(Integer.parseInt(device.group(1)));
        devices.put(unit, device(values, "dev.hn." + unit));
      }
    }
    return ImmutableMap.copyOf(devices);
  }

  /**
   * Returns the values of one device. In transparent mode hn(4) has no {@code rxvf}; {@code
   * vf_xpnt_enabled} is 1 there while the data path is on the VF (sys/dev/hyperv/netvsc/if_hn.c).
   */
  private static HyperV.Device device(ImmutableMap<String, String> values, String node) {
    Optional<String> vf = interfaceOf(values, node + ".vf");
    return new HyperV.Device(
        vf, isOn(values, node + ".vf_xpnt_enabled") ? vf : interfaceOf(values, node + ".rxvf"));
  }

  private static Optional<String> interfaceOf(ImmutableMap<String, String> values, String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }
}
