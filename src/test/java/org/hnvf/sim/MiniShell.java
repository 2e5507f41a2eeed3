package org.hnvf.sim;

import com.google.common.base.Splitter;
import com.google.common.net.InetAddresses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;

/** As much of sh(1), and of the rig behind the transcripts, as the replay needs. */
final class MiniShell {
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|[^\\s]+");
  private static final Pattern LATER =
      Pattern.compile("(.*); \\(sleep (\\d+); sysctl debug.fakehn.link=\"hn0 up\"\\) & (.*)");
  private static final Pattern BACKTICKS = Pattern.compile("`([^`]*)`");

  /** What a line printed. */
  record Said(String stdout, String stderr, int status) {}

  /** The line uses something that is out of scope. */
  static final class OutOfScope extends Exception {
    private static final long serialVersionUID = 1L;

    OutOfScope(String what) {
      super(what);
    }
  }

  private final SimulatedGuest guest;
  private final GuestFiles files;
  private String vfDriver = "mlxen";
  private Optional<String> probed = Optional.empty();
  private Instant probedSince = Instant.EPOCH;
  private final List<Duration> longestGaps = new ArrayList<>();

  MiniShell(SimulatedGuest guest) {
    this.guest = guest;
    this.files = new GuestFiles(guest.root());
  }

  /** The longest gap of every probe so far. */
  List<Duration> longestGaps() {
    return longestGaps;
  }

  Said line(String line) throws OutOfScope {
    Matcher later = LATER.matcher(line);
    if (later.matches()) {
      Said first = line(later.group(1));
      guest
          .host()
          .after(
              Duration.ofSeconds(Long.parseLong(later.group(2))),
              HostAction.hnLink(new HnUnit(0), true));
      Said second = line(later.group(3));
      String out = first.stdout() + "debug.fakehn.link:  -> \n" + second.stdout();
      return new Said(out, first.stderr() + second.stderr(), second.status());
    }
    if (line.matches(".*(&( |$)|[()]|\\bservice\\b|jexec|\\bwhile\\b).*")
        && !line.contains("awk")) {
      takeOver(line);
      throw new OutOfScope(line);
    }
    StringBuilder out = new StringBuilder();
    StringBuilder err = new StringBuilder();
    int status = 0;
    Optional<OutOfScope> outOfScope = Optional.empty();
    for (String part : parts(line)) {
      try {
        Said said = pipeline(part.replace("$?", Integer.toString(status)));
        out.append(said.stdout());
        err.append(said.stderr());
        status = said.status();
      } catch (OutOfScope e) {
        outOfScope = Optional.of(e);
      }
    }
    if (outOfScope.isPresent()) {
      throw outOfScope.get();
    }
    return new Said(out.toString(), err.toString(), status);
  }

  /** What a line that is out of scope leaves behind. */
  private void takeOver(String line) {
    if (line.contains("service dhclient forcestart lagg0")) {
      prepare("dhclient lagg0");
    } else if (line.contains("service dhclient forcestop lagg0")) {
      prepare("pkill dhclient");
    }
  }

  private static List<String> parts(String line) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && (c == '\'' || c == '"' || c == '`')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      if (c == ';' && quote == 0) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString().strip());
    return parts;
  }

  private Said pipeline(String part) throws OutOfScope {
    Matcher ticks = BACKTICKS.matcher(part);
    if (ticks.find()) {
      String value = pipeline(ticks.group(1)).stdout().strip();
      return pipeline(ticks.replaceFirst(Matcher.quoteReplacement(value)));
    }
    List<String> stages = Splitter.on(" | ").splitToList(part);
    Said said = simple(stages.get(0));
    for (String stage : stages.subList(1, stages.size())) {
      String filtered = filter(stage, said.stdout());
      said = new Said(filtered, said.stderr(), filtered.isEmpty() ? 1 : 0);
    }
    return said;
  }

  private static String filter(String command, String text) throws OutOfScope {
    List<String> words = words(command);
    if (words.get(0).equals("awk")) {
      Matcher awk = Pattern.compile("/([^/]*)/\\{print \\$2(;exit)?\\}").matcher(words.get(1));
      if (awk.matches()) {
        return text.lines()
            .filter(l -> l.contains(awk.group(1)))
            .map(l -> Splitter.on(' ').splitToList(l.strip()).get(1) + "\n")
            .findFirst()
            .orElse("");
      }
    }
    if (!words.get(0).equals("grep")) {
      throw new OutOfScope(command);
    }
    boolean invert = words.contains("-v");
    Pattern pattern = Pattern.compile(words.get(words.size() - 1));
    StringBuilder out = new StringBuilder();
    text.lines()
        .filter(l -> pattern.matcher(l).find() != invert)
        .forEach(l -> out.append(l).append('\n'));
    return out.toString();
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      String word = matcher.group();
      boolean quoted = word.startsWith("\"") || word.startsWith("'");
      words.add(quoted ? word.substring(1, word.length() - 1) : word.replace("\"", ""));
    }
    return words;
  }

  private Said simple(String command) throws OutOfScope {
    List<String> words = words(command);
    if (words.get(0).equals("time")) {
      words.remove(0);
    }
    Optional<String> into = Optional.empty();
    if (words.size() > 2 && words.get(words.size() - 2).equals(">")) {
      into = Optional.of(words.remove(words.size() - 1));
      words.remove(words.size() - 1);
    }
    Said said = run(words);
    if (into.isPresent()) {
      if (!into.get().equals("/dev/null")) {
        files.write(into.get(), said.stdout());
      }
      return new Said("", said.stderr(), said.status());
    }
    return said;
  }

  private Said run(List<String> words) throws OutOfScope {
    switch (words.get(0)) {
      case "sleep" -> pass(Duration.ofMillis((long) (Double.parseDouble(words.get(1)) * 1000)));
      case "echo" -> {
        return new Said(String.join(" ", words.subList(1, words.size())) + "\n", "", 0);
      }
      case "cat" -> {
        return cat(words.subList(1, words.size()));
      }
      case "cp" -> files.write(words.get(2), files.read(words.get(1)).orElse(""));
      case "rm" -> {
        String name = words.get(words.size() - 1);
        String directory = name.substring(0, name.lastIndexOf('/'));
        String stem = name.substring(name.lastIndexOf('/') + 1).replace("*", "");
        files.list(directory).stream()
            .filter(f -> f.startsWith(stem))
            .forEach(f -> files.delete(directory + "/" + f));
      }
      case "sed" -> {
        pass(Duration.ofMillis(70));
        String text = files.read(words.get(2)).orElse("");
        for (String script : Splitter.on("; ").split(words.get(1))) {
          List<String> fields = Splitter.on(script.charAt(1)).splitToList(script);
          StringBuilder edited = new StringBuilder();
          text.lines()
              .forEach(
                  l -> edited.append(l.replaceFirst(fields.get(1), fields.get(2))).append('\n'));
          text = edited.toString();
        }
        return new Said(text, "", 0);
      }
      case "probe" -> {
        return probe(words);
      }
      case "sysctl" -> {
        if (words.size() > 1 && words.get(1).startsWith("debug.fakehn.")) {
          pass(Duration.ofMillis(60));
          return rig(words.get(1));
        }
        return guest(words);
      }
      default -> {
        return guest(words);
      }
    }
    return new Said("", "", 0);
  }

  private Said cat(List<String> names) throws OutOfScope {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      Optional<String> text = files.read(name);
      if (text.isEmpty()) {
        throw new OutOfScope("cat " + name);
      }
      out.append(text.get());
    }
    return new Said(out.toString(), "", 0);
  }

  private void pass(Duration duration) {
    try {
      guest.timer().sleep(duration);
    } catch (InterruptedException e) {
      throw new IllegalStateException("virtual time was interrupted", e);
    }
  }

  private Said guest(List<String> words) throws OutOfScope {
    if (words.get(0).equals("netstat") && (words.contains("--libxo") || words.contains("-rnW"))) {
      throw new OutOfScope("netstat of another kind");
    }
    if (words.get(0).equals("ps") && words.toString().contains("wchan")) {
      throw new OutOfScope("columns of ps that are not simulated");
    }
    if (words.get(0).equals("sysctl") && isAboutTheRigAlone(words)) {
      throw new OutOfScope("the rig differs from hn(4) here");
    }
    Command command =
        Command.changing(
            Duration.ofMinutes(5),
            words.get(0),
            words.subList(1, words.size()).toArray(String[]::new));
    CommandResult result = guest.run(command);
    if (!(result.ending() instanceof CommandResult.Exited exited)) {
      throw new OutOfScope(command.line());
    }
    return new Said(result.stdout(), result.stderr(), exited.status());
  }

  /** hw.hn.vf_transparent could be written there, and hw.hn.vfmap was missing. */
  private static boolean isAboutTheRigAlone(List<String> words) {
    return words.contains("-a")
        || words.contains("-N")
        || words.stream().anyMatch(w -> w.startsWith("hw.hn.vf_transparent="))
        || words.equals(List.of("sysctl", "-n", "hw.hn.vf_transparent"));
  }

  private Said rig(String assignment) throws OutOfScope {
    String name = assignment.substring("debug.fakehn.".length(), assignment.indexOf('='));
    String value = assignment.substring(assignment.indexOf('=') + 1);
    String shown = "debug.fakehn." + name + ": -1 -> -1\n";
    switch (name) {
      case "vf_plug" -> guest.host().plug(new HnUnit(Integer.parseInt(value)), vfDriver);
      case "vf_unplug" -> guest.host().unplug(new HnUnit(Integer.parseInt(value)));
      case "vfdname" -> {
        shown = "debug.fakehn.vfdname: " + vfDriver + " -> " + value + "\n";
        vfDriver = value;
      }
      case "link" -> {
        shown = "debug.fakehn.link:  -> \n";
        boolean up = value.endsWith(" up");
        HnUnit unit = new HnUnit(0);
        if (value.startsWith("hn0")) {
          guest.host().hnLink(unit, up);
        } else {
          guest.host().vfCarrier(unit, up);
        }
      }
      default -> throw new OutOfScope(assignment);
    }
    return new Said(shown, "", 0);
  }

  private Said probe(List<String> words) {
    if (words.get(1).equals("start")) {
      pass(Duration.ofMillis(1600));
      probed = Optional.of(words.get(2));
      probedSince = guest.timer().now();
      return new Said("", "", 0);
    }
    pass(Duration.ofSeconds(words.size() > 2 ? Long.parseLong(words.get(2)) : 2));
    Duration longest = Duration.ZERO;
    for (Reachability.Outage outage :
        guest
            .reachability()
            .outages(
                InetAddresses.forString(probed.orElseThrow()),
                Reachability.Vantage.ON_LINK,
                probedSince,
                guest.timer().now())) {
      longest = outage.length().compareTo(longest) > 0 ? outage.length() : longest;
    }
    longestGaps.add(longest);
    // A packet goes out every 20 ms, so that a shorter gap may not be seen.
    boolean lost = longest.toMillis() >= 20;
    return new Said(lost ? "gap\n" : " 0.0% packet loss\n", "", 0);
  }

  /** Not used by the replay: for the commands that bring a guest to where a transcript begins. */
  void prepare(String... lines) {
    for (String line : lines) {
      try {
        line(line);
      } catch (OutOfScope e) {
        throw new IllegalArgumentException(line, e);
      }
    }
  }
}
