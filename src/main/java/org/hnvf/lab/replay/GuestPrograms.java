package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.lab.StockScripts;
import org.hnvf.lab.replay.Trace.Effect;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.sim.GuestFiles;
import org.hnvf.sim.SimulatedGuest;

/** The programs that a transcript's lines use: the guest's, the rig's, and those on files. */
final class GuestPrograms {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration EDITOR = Duration.ofMillis(70);
  private static final Duration RIG = Duration.ofMillis(60);

  /** Programs that only look. */
  private static final ImmutableSet<String> LOOKS =
      ImmutableSet.of(
          "awk",
          "date",
          "expr",
          "freebsd-version",
          "head",
          "hexdump",
          "id",
          "kdump",
          "kldstat",
          "ls",
          "ps",
          "pgrep",
          "sort",
          "tail",
          "tcpdump",
          "tr",
          "uname",
          "uniq",
          "uptime",
          "vmstat",
          "wait",
          "wc",
          "dmesg",
          "who",
          "/root/gap",
          "gap",
          "grep",
          "netstat",
          "sysctl",
          "cat",
          "sed",
          "true",
          "nc",
          "[",
          "test",
          "which",
          "stat",
          "file",
          "od",
          "md5");

  private static final Pattern SCRIPT =
      Pattern.compile("(?:/bin/)?sh(?: -x)? /usr/libexec/hyperv/hyperv_vfup (hn[0-9]+)");
  private static final Pattern SERVICE =
      Pattern.compile("service dhclient force(start|stop) ([a-z]+[0-9]+)");

  private final SimulatedGuest guest;
  private final GuestFiles files;
  private final Rig rig;
  private final StockScripts stock;
  private final boolean stockRules;
  private Trace trace = new Trace();

  /**
   * The programs of this guest.
   *
   * @param stockRules whether devd starts the stock scripts
   */
  GuestPrograms(SimulatedGuest guest, StockScripts stock, boolean stockRules) {
    this.guest = guest;
    this.stock = stock;
    this.stockRules = stockRules;
    this.files = guest.files();
    this.rig = new Rig(guest);
  }

  Rig rig() {
    return rig;
  }

  void traceInto(Trace newTrace) {
    trace = newTrace;
  }

  static Duration seconds(String text) {
    return text.matches("[0-9]{1,6}(\\.[0-9]+)?")
        ? Duration.ofMillis((long) (Double.parseDouble(text) * 1000))
        : Duration.ZERO;
  }

  void pass(Duration duration) {
    try {
      if (stockRules) {
        stock.pass(duration);
      } else {
        guest.timer().sleep(duration);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("virtual time was interrupted", e);
    }
  }

  /** Writes redirected output to a file. */
  void write(String file, String text, boolean append) {
    if (file.equals("/dev/null")) {
      return;
    }
    if (!file.startsWith("/") || !files.canHold(file)) {
      trace.outOfScope("> " + file, Effect.NONE);
    } else {
      files.write(file, (append ? files.read(file).orElse("") : "") + text);
      trace.makes(Facet.file(file));
    }
  }

  Said run(List<String> words, String input, int lastStatus) {
    String program = words.get(0);
    List<String> arguments = words.subList(1, words.size());
    return switch (program) {
      case "sleep" -> {
        pass(seconds(arguments.isEmpty() ? "" : arguments.get(0)));
        yield Said.NOTHING;
      }
      case ":" -> new Said("", "", 0);
      case "echo" -> Said.out(String.join(" ", arguments) + "\n");
      case "printf" -> printf(arguments);
      case "cat" -> arguments.isEmpty() ? Said.out(input) : cat(arguments);
      case "cp" -> copy(arguments);
      case "rm" -> remove(arguments);
      case "sed" -> sed(arguments, input);
      case "awk" -> filtered(words, arguments.isEmpty() ? Optional.empty() : awk(arguments, input));
      case "grep" -> filtered(words, Filters.grep(arguments, input));
      case "probe" -> {
        trace.touches(Facet.of(Facet.NETWORK));
        reach();
        yield rig.probe(arguments, this::pass).orElseGet(() -> outOfScope(words, Effect.NONE));
      }
      case "jexec" -> {
        boolean known = rig.onSwitch(arguments);
        yield outOfScope(words, known ? Effect.NONE : Effect.NETWORK);
      }
      case "service" -> service(words);
      case "sysctl" -> sysctl(words);
      default -> guest(words);
    };
  }

  /** {@code service dhclient forcestart IF} and {@code forcestop IF} do what is simulated. */
  private Said service(List<String> words) {
    String line = String.join(" ", words);
    Matcher dhclient = SERVICE.matcher(line);
    if (!dhclient.matches()) {
      boolean looks = line.matches(".* (one|force)?status( .*)?");
      return outOfScope(words, looks ? Effect.NONE : Effect.ANYTHING);
    }
    String name = dhclient.group(2);
    if (dhclient.group(1).equals("start")) {
      guest(List.of("dhclient", name));
    } else {
      String pid = files.read("/var/run/dhclient/dhclient." + name + ".pid").orElse("0");
      guest(List.of("kill", pid));
    }
    return outOfScope(words, Effect.NONE);
  }

  private Said outOfScope(List<String> words, Effect effect) {
    trace.outOfScope(String.join(" ", words), effect);
    return Said.NOTHING;
  }

  private Said filtered(List<String> words, Optional<Said> said) {
    return said.orElseGet(() -> outOfScope(words, Effect.NONE));
  }

  private static Optional<Said> awk(List<String> arguments, String input) {
    return arguments.size() == 1
        ? Filters.awk(arguments.get(0), input).map(Said::out)
        : Optional.empty();
  }

  private Said printf(List<String> arguments) {
    if (arguments.isEmpty() || arguments.size() > 1) {
      return outOfScope(List.of("printf"), Effect.NONE);
    }
    return Said.out(
        arguments
            .get(0)
            .replace("%%", "%")
            .replace("\\\\", "\u0000")
            .replace("\\n", "\n")
            .replace("\\t", "\t")
            .replace("\u0000", "\\"));
  }

  private Said cat(List<String> names) {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      trace.touches(Facet.file(name));
      Optional<String> text = files.read(name);
      if (text.isEmpty() && !isGuestFile(name)) {
        return outOfScope(List.of("cat", name), Effect.NONE);
      }
      if (text.isEmpty()) {
        return Said.failed(1, "cat: " + name + ": No such file or directory");
      }
      out.append(text.get());
    }
    return Said.out(out.toString());
  }

  /** The files that are the guest's own, of those that the replay knows of. */
  private static boolean isGuestFile(String name) {
    return name.startsWith("/var/db/dhclient.leases.")
        || name.startsWith("/var/run/dhclient/")
        || name.startsWith("/etc/rc.conf")
        || name.equals("/etc/resolv.conf");
  }

  private Said copy(List<String> arguments) {
    Optional<String> text = arguments.size() == 2 ? files.read(arguments.get(0)) : Optional.empty();
    if (text.isEmpty() || !canHold(arguments.get(1))) {
      if (arguments.size() == 2) {
        trace.forgets(Facet.file(arguments.get(1)));
      }
      return outOfScope(List.of("cp", String.join(" ", arguments)), Effect.NONE);
    }
    files.write(arguments.get(1), text.get());
    trace.makes(Facet.file(arguments.get(1)));
    return Said.NOTHING;
  }

  private boolean canHold(String file) {
    return file.startsWith("/") && files.canHold(file);
  }

  private Said remove(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.get(0).equals("-f")) {
      return outOfScope(List.of("rm", String.join(" ", arguments)), Effect.NONE);
    }
    for (String name : arguments.subList(1, arguments.size())) {
      int slash = name.lastIndexOf('/');
      String directory = slash <= 0 ? "/" : name.substring(0, slash);
      String glob = name.substring(slash + 1);
      for (String file : files.list(directory)) {
        if (Glob.matches(glob, file) && files.read(directory + "/" + file).isPresent()) {
          files.delete(directory + "/" + file);
        }
      }
      trace.makes(Facet.file(name));
    }
    return Said.NOTHING;
  }

  private Said sed(List<String> arguments, String input) {
    pass(EDITOR);
    boolean inPlace = false;
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("-i")) {
        inPlace = true;
        i++;
      } else if (!word.equals("-e")) {
        words.add(word);
      }
    }
    if (words.isEmpty() || words.size() > 2 || words.get(0).startsWith("-")) {
      return outOfScope(List.of("sed", String.join(" ", arguments)), Effect.NONE);
    }
    String file = words.size() == 2 ? words.get(1) : "";
    if (!file.isEmpty()) {
      trace.touches(Facet.file(file));
    }
    Optional<String> before = file.isEmpty() ? Optional.of(input) : files.read(file);
    if (before.isEmpty()) {
      return isGuestFile(file)
          ? Said.failed(1, "sed: " + file + ": No such file or directory")
          : outOfScope(List.of("sed", String.join(" ", arguments)), Effect.NONE);
    }
    Optional<String> after = Filters.sed(words.get(0), before.get());
    if (after.isEmpty()) {
      return outOfScope(List.of("sed", String.join(" ", arguments)), Effect.NONE);
    }
    if (inPlace) {
      files.write(file, after.get());
      return Said.NOTHING;
    }
    return Said.out(after.get());
  }

  private Said sysctl(List<String> words) {
    List<String> names =
        words.subList(1, words.size()).stream().filter(w -> !w.startsWith("-")).toList();
    if (names.size() == 1 && Rig.isNode(names.get(0))) {
      pass(RIG);
      Optional<String> shown = rig.set(names.get(0));
      boolean quiet = words.get(1).matches("-[a-z]*q[a-z]*");
      return shown
          .map(s -> Said.out(quiet ? "" : s))
          .orElseGet(() -> outOfScope(words, Effect.NONE));
    }
    if (isAboutTheRigAlone(words)) {
      return outOfScope(words, Effect.NONE);
    }
    names.forEach(n -> trace.touches(Facet.sysctl(n.replaceFirst("=.*", ""))));
    return guest(words);
  }

  /** hw.hn.vf_transparent could be written there, and hw.hn.vfmap was missing. */
  private static boolean isAboutTheRigAlone(List<String> words) {
    return words.contains("-a")
        || words.contains("-aN")
        || words.contains("-N")
        || words.stream().anyMatch(w -> w.startsWith("hw.hn.vf_transparent="))
        || words.equals(List.of("sysctl", "-n", "hw.hn.vf_transparent"));
  }

  private Said guest(List<String> words) {
    String name = words.get(0).substring(words.get(0).lastIndexOf('/') + 1);
    Optional<Said> beyond = beyond(name, words);
    if (beyond.isPresent()) {
      return beyond.get();
    }
    String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
    CommandResult result = guest.run(Command.changing(LIMIT, words.get(0), arguments));
    new Touches(guest, trace).of(name, List.of(arguments), result);
    if (result.ending() instanceof CommandResult.Exited exited) {
      return new Said(result.stdout(), result.stderr(), exited.status());
    }
    boolean looks = LOOKS.contains(words.get(0));
    return outOfScope(words, looks ? Effect.NONE : Effect.ANYTHING);
  }

  /**
   * Returns the answer to a program of the simulated guest with arguments that are not simulated.
   */
  private Optional<Said> beyond(String name, List<String> words) {
    String line = String.join(" ", words);
    if (line.startsWith("pkill -f hyperv_vfup")) {
      stock.killLoop();
      return Optional.of(outOfScope(words, stockRules ? Effect.NONE : Effect.ANYTHING));
    }
    Matcher script = SCRIPT.matcher(line);
    if (script.matches()) {
      byHand(script.group(1));
      return Optional.of(outOfScope(words, Effect.ANYTHING));
    }
    boolean ours =
        switch (name) {
          case "netstat" ->
              line.matches(
                  "netstat( --libxo json)?( -rn| -nr| -r| -n| -4| -6| -f inet6?| -F [0-9]+)+");
          case "ps" ->
              line.matches("ps -axww -o [a-z,]+") && !line.matches(".*(wchan|pgid|time|pcpu).*");
          case "route" -> !line.contains("monitor") && !line.contains("flush");
          case "kldstat" -> line.matches("kldstat (-q )?-q?m \\S+");
          case "pkill" -> line.contains("dhclient");
          // Their rules are a kept text, which no transcript gives in the form that is taken here.
          case "pfctl", "ipfw", "kldload" -> false;
          default -> true;
        };
    boolean looks = !name.equals("pkill") && !line.contains("flush");
    return ours
        ? Optional.empty()
        : Optional.of(outOfScope(words, looks ? Effect.NONE : Effect.ANYTHING));
  }

  /** The stock script, run by hand. */
  private void byHand(String hn) {
    try {
      stock.vfUp(hn);
    } catch (InterruptedException e) {
      throw new IllegalStateException("virtual time was interrupted", e);
    }
  }

  private void reach() {
    new Touches(guest, trace).reach();
  }
}
