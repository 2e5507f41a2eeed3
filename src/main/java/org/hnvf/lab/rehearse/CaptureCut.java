package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import com.google.common.net.InetAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hnvf.freebsd.Sysctl;
import org.hnvf.lab.replay.Transcript.Recorded;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Prefix;
import org.hnvf.model.Route;

/**
 * Cuts something out of a capture: the lines of each command that show it. The result need not be
 * consistent. Who uses it builds the guest and compares.
 */
final class CaptureCut {

  private static final String MEMBER = "\tmember: ";

  /** The line of sysctl(8) that shows the mode. */
  private static final Pattern TRANSPARENT =
      Pattern.compile("^(?<mode>hw\\.hn\\.vf_transparent: )1$", Pattern.MULTILINE);

  private CaptureCut() {}

  /** Returns a capture without an interface, its routes, its variables and its files. */
  static Capture anInterface(Capture capture, String name) {
    Capture shown =
        mapped(
            without(
                capture,
                entry ->
                    entry.command().equals("ifconfig " + name)
                        || isMentionOf(entry.command(), name)
                        || entry.command().endsWith("." + name)),
            CaptureCommands::isIfconfig,
            text ->
                blocks(text).stream()
                    .filter(block -> !block.startsWith(name + ": "))
                    .map(block -> filtered(block, line -> !line.startsWith(MEMBER + name + " ")))
                    .collect(Collectors.joining()));
    Capture routed =
        mapped(shown, CaptureCommands::isRoutes, text -> filtered(text, row -> !isOn(row, name)));
    Capture served =
        mapped(
            routed,
            command -> command.startsWith("ps ") || command.startsWith("ls "),
            text ->
                filtered(
                    text, line -> !line.equals(name) && !line.contains("dhclient: " + name + " ")));
    return rc(served, variables -> RcCut.anInterface(variables, name));
  }

  private static boolean isMentionOf(String command, String name) {
    return CaptureCommands.isMentions(command) && CaptureCommands.mentioned(command).equals(name);
  }

  /** Returns a capture in which a command was not run. */
  static Capture aCommand(Capture capture, String command) {
    return without(capture, entry -> entry.command().equals(command));
  }

  /** Returns a capture without a route. */
  static Capture aRoute(Capture capture, Route route) {
    Capture routed =
        mapped(
            capture,
            CaptureCommands.ROUTES::equals,
            text -> filtered(text, row -> !isTo(row, route.destination(), route.gateway())));
    return rc(routed, variables -> RcCut.aRoute(variables, route));
  }

  /** Returns a capture without a variable of rc.conf(5). */
  static Capture aVariable(Capture capture, String line) {
    return rc(capture, variables -> RcCut.aVariable(variables, line));
  }

  /** Returns a capture without an address, and the routes that the kernel has for it. */
  static Capture anAddress(Capture capture, CapturedGuest guest, String name, Prefix prefix) {
    String host = prefix.host();
    Capture shown = anIfconfigLine(capture, name, line -> isAddress(line, host));
    NetInterface there = guest.interfaces().get(name);
    boolean isAlone =
        there == null
            || there.addresses().stream()
                .map(address -> address.prefix())
                .noneMatch(other -> !other.equals(prefix) && prefix.contains(other.address()));
    Capture routed =
        mapped(
            shown,
            CaptureCommands::isRoutes,
            text ->
                filtered(
                    text,
                    row -> !isOwn(row, host) && !(isAlone && isOfNetwork(row, name, prefix))));
    return rc(routed, variables -> RcCut.anAddress(variables, host));
  }

  /** Returns whether the guest of a capture is in transparent mode. */
  static boolean isTransparent(Capture capture) {
    return capture
        .output(Sysctl.hyperV().line())
        .filter(text -> TRANSPARENT.matcher(text).find())
        .isPresent();
  }

  /** Returns a capture of the same guest in non-transparent mode. */
  static Capture nonTransparent(Capture capture) {
    return mapped(
        capture,
        Sysctl.hyperV().line()::equals,
        text -> TRANSPARENT.matcher(text).replaceAll("${mode}0"));
  }

  /** Returns a capture without a line of an interface. */
  static Capture aLine(Capture capture, String name, String start) {
    return anIfconfigLine(capture, name, line -> line.startsWith("\t" + start));
  }

  private static Capture anIfconfigLine(Capture capture, String name, Predicate<String> unwanted) {
    return mapped(
        capture,
        CaptureCommands::isIfconfig,
        text ->
            blocks(text).stream()
                .map(
                    block ->
                        block.startsWith(name + ": ") ? filtered(block, unwanted.negate()) : block)
                .collect(Collectors.joining()));
  }

  private static boolean isAddress(String line, String host) {
    return line.startsWith("\tinet " + host + " ")
        || line.startsWith("\tinet6 " + host + " ")
        || line.startsWith("\tinet6 " + host + "%");
  }

  private static boolean isOn(String row, String name) {
    String[] words = row.strip().split(" +", -1);
    return words.length >= 4 && words[3].equals(name);
  }

  private static boolean isTo(String row, String destination, String gateway) {
    String[] words = row.strip().split(" +", -1);
    return words.length >= 4 && words[0].equals(destination) && words[1].equals(gateway);
  }

  /** Whether it is a route of the kernel to an address of the guest. */
  private static boolean isOwn(String row, String host) {
    String[] words = row.strip().split(" +", -1);
    return words.length >= 4
        && words[1].startsWith("link#")
        && (words[0].equals(host) || words[0].startsWith(host + "/"));
  }

  /** Whether it is the route of the kernel to the network of an address. */
  private static boolean isOfNetwork(String row, String name, Prefix prefix) {
    String[] words = row.strip().split(" +", -1);
    return words.length >= 4
        && words[1].startsWith("link#")
        && words[3].equals(name)
        && words[0].endsWith("/" + prefix.length())
        && !words[0].contains("%")
        && InetAddresses.isInetAddress(words[0].replaceFirst("/.*", ""))
        && prefix.contains(Prefix.of(words[0]).address());
  }

  private static Capture rc(Capture capture, UnaryOperator<List<String>> edit) {
    return mapped(
        capture,
        CaptureCommands.RC_CONF::equals,
        text ->
            edit.apply(text.lines().toList()).stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining()));
  }

  private static Capture without(Capture capture, Predicate<Recorded> unwanted) {
    return capture.with(
        capture.entries().stream()
            .filter(unwanted.negate())
            .collect(ImmutableList.toImmutableList()));
  }

  private static Capture mapped(
      Capture capture, Predicate<String> commands, UnaryOperator<String> edit) {
    return capture.with(
        capture.entries().stream()
            .map(
                entry ->
                    commands.test(entry.command())
                        ? new Recorded(
                            entry.line(),
                            entry.command(),
                            edit.apply(entry.stdout()),
                            entry.stderr(),
                            entry.status(),
                            entry.took())
                        : entry)
            .collect(ImmutableList.toImmutableList()));
  }

  private static String filtered(String text, Predicate<String> wanted) {
    return text.lines().filter(wanted).map(line -> line + "\n").collect(Collectors.joining());
  }

  /** The text of each interface. */
  private static List<String> blocks(String text) {
    List<StringBuilder> blocks = new ArrayList<>();
    text.lines()
        .forEach(
            line -> {
              if (blocks.isEmpty() || !line.startsWith("\t")) {
                blocks.add(new StringBuilder());
              }
              blocks.get(blocks.size() - 1).append(line).append('\n');
            });
    return blocks.stream().map(StringBuilder::toString).toList();
  }
}
