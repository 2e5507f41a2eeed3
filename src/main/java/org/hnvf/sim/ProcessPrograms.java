package org.hnvf.sim;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ps(1), kill(1), pgrep(1) and pkill(1): the processes of the guest, of which only dhclient's can
 * end.
 */
final class ProcessPrograms {
  /** A process that has slept for more than 20 seconds is idle (MAXSLP of sys/vmmeter.h). */
  private static final long IDLE = 21 * Micros.SECOND;

  /** The option that columns stand behind. */
  private static final Pattern COLUMNS = Pattern.compile("-[axw]*o");

  /** The user of dhclient(8)'s worker, and its number in master.passwd(5). */
  private static final String DHCP_USER = "_dhcp";

  private static final String DHCP_UID = "65";

  private final SimState state;
  private final Dhclients dhclients;
  private final GuestFiles files;

  ProcessPrograms(SimState state, Dhclients dhclients, GuestFiles files) {
    this.state = state;
    this.dhclients = dhclients;
    this.files = files;
  }

  private record Entry(int pid, int parent, String user, String stat, String command) {}

  private ImmutableList<Entry> processes() {
    List<Entry> all = new ArrayList<>();
    all.add(new Entry(0, 0, "root", "DLs", "[kernel]"));
    all.add(new Entry(1, 0, "root", "ILs", "/sbin/init"));
    all.add(new Entry(415, 1, "root", "Ss", "/sbin/devd"));
    all.add(new Entry(611, 1, "root", "Ss", "/usr/sbin/syslogd -s"));
    all.add(new Entry(842, 1, "root", "Is", "/usr/sbin/cron -s"));
    for (DhclientProc proc : state.dhclients) {
      String name = "dhclient: " + proc.ifName;
      String stat = state.now - proc.scriptAt > IDLE ? "Is" : "Ss";
      all.add(new Entry(proc.syslogPid, 1, "root", stat, "dhclient: system.syslog (dhclient)"));
      all.add(new Entry(proc.privPid, 1, "root", stat, name + " [priv] (dhclient)"));
      all.add(new Entry(proc.pid, 1, DHCP_USER, "SCs", name + " (dhclient)"));
    }
    all.sort(Comparator.comparingInt(Entry::pid));
    return ImmutableList.copyOf(all);
  }

  /** {@code ps -axww -o pid= -o ruid= -o jid= -o command=}, and other columns of the same. */
  void ps(Job job) {
    List<String> columns = new ArrayList<>();
    List<String> args = job.args();
    for (int i = 0; i + 1 < args.size(); i++) {
      if (COLUMNS.matcher(args.get(i)).matches()) {
        columns.addAll(List.of(args.get(i + 1).split(",", -1)));
      }
    }
    if (columns.isEmpty()) {
      job.fail(1, "ps: the simulated guest knows only -axww -o COLUMNS");
      return;
    }
    if (columns.stream().anyMatch(c -> !c.endsWith("="))) {
      job.out(header(columns) + "\n");
    }
    boolean crowdShown = false;
    for (Entry process : processes()) {
      if (process.pid() > Crowd.FIRST_PID && !crowdShown) {
        job.out(job.crowd().processes());
        crowdShown = true;
      }
      List<String> cells = new ArrayList<>();
      columns.forEach(c -> cells.add(cell(c.replace("=", ""), process)));
      job.out(String.join(" ", cells) + "\n");
    }
    if (!crowdShown) {
      job.out(job.crowd().processes());
    }
  }

  private String header(List<String> columns) {
    List<String> cells = new ArrayList<>();
    for (String column : columns) {
      String title = column.endsWith("=") ? "" : column.toUpperCase(Locale.ROOT);
      cells.add(padded(column.replace("=", ""), title));
    }
    return String.join(" ", cells);
  }

  private String cell(String column, Entry process) {
    String text =
        switch (column) {
          case "pid" -> Integer.toString(process.pid());
          case "ppid" -> Integer.toString(process.parent());
          case "user" -> process.user();
          case "uid", "ruid" -> process.user().equals(DHCP_USER) ? DHCP_UID : "0";
          case "jid" -> "0";
          case "stat", "state" -> process.stat();
          case "command", "args" -> process.command();
          default -> "-";
        };
    return padded(column, text);
  }

  private String padded(String column, String text) {
    int pidWidth = Integer.toString(state.nextPid).length();
    boolean dhcp = !state.dhclients.isEmpty();
    return switch (column) {
      case "pid", "ppid" -> Strings.padStart(text, pidWidth, ' ');
      case "user" -> Strings.padEnd(text, dhcp ? 5 : 4, ' ');
      case "uid", "ruid" -> Strings.padStart(text, dhcp ? 2 : 1, ' ');
      case "stat", "state" -> Strings.padStart(text, 4, ' ');
      default -> text;
    };
  }

  /** A process that is named by 0 or a negative number is a group, of which there are none. */
  void kill(Job job) {
    List<String> words = new ArrayList<>(job.args());
    String signal = "TERM";
    if (!words.isEmpty() && words.get(0).equals("-s") && words.size() > 1) {
      words.remove(0);
      signal = words.remove(0);
    } else if (!words.isEmpty() && words.get(0).startsWith("-")) {
      signal = words.remove(0).substring(1);
    }
    if (words.isEmpty()) {
      job.status(2);
      job.err(KILL_USAGE);
      return;
    }
    for (String word : words) {
      Integer pid = Ints.tryParse(word);
      if (pid == null) {
        job.fail(2, "kill: illegal process id: " + word);
        return;
      }
      Optional<DhclientProc> target =
          state.dhclients.stream()
              .filter(d -> d.pid == pid || d.privPid == pid || d.syslogPid == pid)
              .findFirst();
      if (target.isPresent()) {
        send(signal, target.get());
      } else if (processes().stream().noneMatch(p -> p.pid() == pid)) {
        job.fail(1, "kill: " + pid + ": No such process");
      }
    }
  }

  private static final String KILL_USAGE =
      """
      usage: kill [-s signal_name] pid ...
             kill -l [exit_status]
             kill -signal_name pid ...
             kill -signal_number pid ...
      """;

  /** Signal 0 only asks whether a process is there; some are ignored, others end it. */
  private void send(String signal, DhclientProc target) {
    String name = signal.toUpperCase(Locale.ROOT);
    String plain = name.startsWith("SIG") ? name.substring(3) : name;
    switch (plain) {
      case "0",
          "CHLD",
          "20",
          "CONT",
          "19",
          "URG",
          "16",
          "WINCH",
          "28",
          "INFO",
          "29",
          "PIPE",
          "13" -> {}
      default -> dhclients.kill(target, !plain.equals("9") && !plain.equals("KILL"));
    }
  }

  /** {@code pkill [-SIGNAL] [-x] [-f] [-F PIDFILE] [PATTERN]}, pkill(1). */
  void pkill(Job job) {
    Optional<Selection> selection = select("pkill", job);
    selection.ifPresent(s -> s.clients().forEach(client -> send(s.signal(), client)));
  }

  /** {@code pgrep [-x] [-f] [-F PIDFILE] [PATTERN]}, pgrep(1). */
  void pgrep(Job job) {
    Optional<Selection> selection = select("pgrep", job);
    selection.ifPresent(s -> s.clients().forEach(client -> job.out(client.pid + "\n")));
  }

  /** The dhclients that are meant, and what is sent to them. */
  private record Selection(String signal, ImmutableList<DhclientProc> clients) {}

  /** Reads the words that pgrep and pkill have in common; 1 is their status where none is meant. */
  private Optional<Selection> select(String program, Job job) {
    String signal = "TERM";
    boolean exact = false;
    boolean full = false;
    Optional<String> pattern = Optional.empty();
    Optional<String> pidFile = Optional.empty();
    Iterator<String> words = job.args().iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (!word.startsWith("-")) {
        pattern = Optional.of(word);
      } else if (word.equals("-x")) {
        exact = true;
      } else if (word.equals("-f")) {
        full = true;
      } else if (word.equals("-F") && words.hasNext()) {
        pidFile = Optional.of(words.next());
      } else {
        signal = word.substring(1);
      }
    }
    OptionalInt only = OptionalInt.empty();
    if (pidFile.isPresent()) {
      Optional<String> text = files.read(pidFile.get());
      Integer pid = text.map(t -> Ints.tryParse(t.strip())).orElse(null);
      if (pid == null) {
        job.fail(3, program + ": Cannot open pidfile `" + pidFile.get() + "'");
        return Optional.empty();
      }
      only = OptionalInt.of(pid);
    }
    Pattern regex = Pattern.compile(pattern.orElse(".*"));
    ImmutableList.Builder<DhclientProc> meant = ImmutableList.builder();
    for (DhclientProc proc : state.dhclients) {
      String name = full ? "dhclient: " + proc.ifName + " (dhclient)" : "dhclient";
      Matcher matcher = regex.matcher(name);
      boolean fits = exact ? matcher.matches() : matcher.find();
      if (fits && (only.isEmpty() || only.getAsInt() == proc.pid)) {
        meant.add(proc);
      }
    }
    ImmutableList<DhclientProc> clients = meant.build();
    job.status(clients.isEmpty() ? 1 : 0);
    return Optional.of(new Selection(signal, clients));
  }
}
