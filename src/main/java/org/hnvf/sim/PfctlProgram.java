package org.hnvf.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * pfctl(8): what it tells, as transcript 73 shows it, and {@code -f FILE}, {@code -e} and {@code
 * -d}. The rules of a file have to be in the kernel's own words, one a line: there is no parser of
 * pf.conf here, and none is evaluated. Of {@code -si} only the first lines are shown.
 */
final class PfctlProgram implements GuestCommand {

  private static final String NO_ALTQ =
      "No ALTQ support in kernel\nALTQ related functions disabled\n";
  private static final Pattern SKIP = Pattern.compile("set skip on (\\S+)");
  private static final Pattern BOUND = Pattern.compile("\\bon (?:! )?([A-Za-z][A-Za-z0-9_.]*)");
  private static final Pattern NAT = Pattern.compile("(no )?(nat|rdr|binat)\\b.*|.*-anchor .*");

  private final SimState state;
  private final GuestFiles files;

  PfctlProgram(SimState state, GuestFiles files) {
    this.state = state;
    this.files = files;
  }

  /** The options. */
  private static final class Asked {
    boolean everyAnchor;
    boolean verbose;
    String show = "";
    String file = "";
    String interfaceName = "";
    boolean enable;
    boolean disable;
  }

  @Override
  public void act(Job job) {
    Optional<Asked> asked = asked(job);
    if (asked.isEmpty()) {
      return;
    }
    if (!state.filters.pfLoaded) {
      job.fail(1, "pfctl: /dev/pf: No such file or directory");
      return;
    }
    if (asked.get().verbose) {
      job.err(NO_ALTQ);
    }
    show(job, asked.get());
    if (!asked.get().file.isEmpty()) {
      load(job, asked.get().file);
    }
    if (asked.get().enable || asked.get().disable) {
      enable(job, asked.get().enable);
    }
  }

  private static Optional<Asked> asked(Job job) {
    Asked asked = new Asked();
    List<String> words = new ArrayList<>(job.args());
    while (!words.isEmpty()) {
      String word = words.remove(0);
      for (int i = 1; i < word.length(); i++) {
        String rest = word.substring(i + 1);
        switch (word.charAt(i)) {
          case 'v' -> asked.verbose = true;
          case 'e' -> asked.enable = true;
          case 'd' -> asked.disable = true;
          case 'a', 's', 'f', 'i' -> {
            String value = !rest.isEmpty() ? rest : words.isEmpty() ? "" : words.remove(0);
            switch (word.charAt(i)) {
              case 'a' -> asked.everyAnchor = value.equals("*");
              case 's' -> asked.show = value;
              case 'f' -> asked.file = value;
              default -> asked.interfaceName = value;
            }
            i = word.length();
          }
          default -> {
            return unknown(job);
          }
        }
      }
      if (!word.startsWith("-")) {
        return unknown(job);
      }
    }
    return Optional.of(asked);
  }

  private static Optional<Asked> unknown(Job job) {
    job.fail(
        1,
        "pfctl: the simulated guest knows only [-a '*'] -sr | -sn, -si, [-v] -sI [-i IF], -f FILE,"
            + " -e, -d");
    return Optional.empty();
  }

  private void show(Job job, Asked asked) {
    switch (asked.show) {
      case "" -> {}
      case "r", "rules" -> lines(job, state.filters.pfRules, asked.everyAnchor);
      case "n", "nat" -> lines(job, state.filters.pfNat, asked.everyAnchor);
      case "i", "info" -> job.out(status());
      case "I", "Interfaces" -> interfaces(job, asked);
      default -> {
        Optional<Asked> unused = unknown(job);
      }
    }
  }

  /** Without {@code -a '*'} an anchor is shown closed. */
  private static void lines(Job job, List<String> rules, boolean everyAnchor) {
    int depth = 0;
    for (String rule : rules) {
      boolean closes = rule.strip().equals("}");
      boolean opens = rule.endsWith(" {");
      if (everyAnchor) {
        job.out(rule + "\n");
      } else if (depth == 0 && !closes) {
        job.out((opens ? rule.substring(0, rule.length() - 2) : rule) + "\n");
      }
      depth += opens ? 1 : closes ? -1 : 0;
    }
  }

  private String status() {
    long seconds = (state.now - state.filters.pfSince) / Micros.SECOND;
    String since =
        String.format(
            Locale.ROOT,
            "Status: %s for %d days %02d:%02d:%02d",
            state.filters.pfEnabled ? "Enabled" : "Disabled",
            seconds / 86_400,
            seconds / 3_600 % 24,
            seconds / 60 % 60,
            seconds % 60);
    return String.format(Locale.ROOT, "%-44s%15s\n\n", since, "Debug: Urgent")
        + "State Table                          Total             Rate\n";
  }

  private void interfaces(Job job, Asked asked) {
    for (String name : known()) {
      boolean wanted =
          asked.interfaceName.isEmpty()
              || name.equals(asked.interfaceName)
              || state.ifaces.stream()
                  .anyMatch(
                      iface ->
                          iface.name.equals(name) && iface.groups.contains(asked.interfaceName));
      if (wanted) {
        boolean skipped = asked.verbose && state.filters.pfSkip.contains(name);
        job.out(name + (skipped ? " (skip)" : "") + "\n");
      }
    }
  }

  /** The interfaces and groups there are, and those that rules name. */
  private Set<String> known() {
    Set<String> names = new TreeSet<>(state.filters.pfSkip);
    names.add("all");
    state.ifaces.forEach(
        iface -> {
          names.add(iface.name);
          names.addAll(iface.groups);
        });
    List<String> rules = new ArrayList<>(state.filters.pfRules);
    rules.addAll(state.filters.pfNat);
    for (String rule : rules) {
      for (Matcher bound = BOUND.matcher(rule); bound.find(); ) {
        names.add(bound.group(1));
      }
    }
    return names;
  }

  private void load(Job job, String file) {
    Optional<String> text = files.read(file);
    if (text.isEmpty()) {
      job.fail(1, "pfctl: " + file + ": open: No such file or directory");
      return;
    }
    FilterState filters = state.filters;
    List<String> rules = new ArrayList<>();
    List<String> nat = new ArrayList<>();
    List<String> skip = new ArrayList<>();
    for (String line : text.get().split("\n", -1)) {
      Matcher skipped = SKIP.matcher(line);
      if (skipped.matches()) {
        skip.add(skipped.group(1));
      } else if (line.contains("$") || line.startsWith("set ") || line.contains("=\"")) {
        job.fail(1, "pfctl: the simulated guest takes rules in the kernel's own words alone");
        return;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        (NAT.matcher(line).matches() ? nat : rules).add(line);
      }
    }
    filters.pfRules = rules;
    filters.pfNat = nat;
    filters.pfSkip = skip;
  }

  private void enable(Job job, boolean on) {
    if (on == state.filters.pfEnabled) {
      job.fail(1, on ? "pfctl: pf already enabled" : "pfctl: pf not enabled");
      return;
    }
    state.filters.pfEnabled = on;
    state.filters.pfSince = state.now;
    job.err(on ? "pf enabled\n" : "pf disabled\n");
  }
}
