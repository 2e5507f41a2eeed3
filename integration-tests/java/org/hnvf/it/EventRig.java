package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/**
 * A copy of {@code scripts/event} in a directory of fake programs. Changing commands are written to
 * a log; reading commands are answered from files. The script finds only these programs.
 *
 * <p>At first: hnvf is enabled and works, and {@code lagg0} has the ports {@code hn0} and {@code
 * mlxen0}, which is up; {@code hn1} has neither VF nor lagg; {@code em0} is a NIC of another kind.
 */
final class EventRig {

  /** Of the shells that are like FreeBSD's, those that this machine has; sh it has always. */
  static final ImmutableList<String> SHELLS =
      Stream.of("/usr/bin/dash", "/usr/bin/bash --posix", "/bin/sh")
          .filter(shell -> Files.isExecutable(Path.of(shell.replace(" --posix", ""))))
          .collect(ImmutableList.toImmutableList());

  /** The one of them for tests that do not turn on the shell. */
  static final String SHELL = SHELLS.get(0);

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final String UP = "flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST,LOWER_UP>";
  private static final String DOWN = "flags=1008802<BROADCAST,SIMPLEX,MULTICAST,LOWER_UP>";

  /** Writes the program and its arguments to the log, arguments with a space in quotes. */
  private static final String LOG =
      """
      log() {
        line=$1; shift
        for word; do
          case $word in *' '*) word="'$word'" ;; esac
          line="$line $word"
        done
        printf '%s\\n' "$line" >>"$rig/log"
      }
      """;

  private final Path root;
  private final Path script;

  EventRig(Path root, String shell) throws IOException {
    this.root = root;
    this.script = root.resolve("event");
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("ifconfig"));
    Files.createDirectories(root.resolve("dev"));
    write("log", "");
    write("syslog", "");
    write("locks", "");
    theDaemonMayTake(PATIENCE);
    install(shell);
    fakes();
    hnvfEndsWith(0);
    rcConf("hnvf_enable=\"YES\"\nifconfig_hn0=\"DHCP\"\n");
    hn("hw.hn.vf_transparent: 0", "hw.hn.vflist: mlxen0", "hw.hn.vfmap: mlxen0:hn0");
    write("dev.hn", "dev.hn.1.vf\ndev.hn.0.vf\n");
    write("kern.boottime", "{ sec = 1000, usec = 1 } Thu Jan  1 00:16:40 1970\n");
    write("now", "100000\n");
    write("limits", "");
    write("dev.hn.0.vf", "mlxen0\n");
    write("dev.hn.1.vf", "\n");
    lagg("lagg0", "hn0", "mlxen0");
    isUp("mlxen0", true);
    for (String name : ImmutableList.of("hn0", "hn1", "mlxen0", "lagg0", "em0")) {
      driverName(name, name);
    }
  }

  private void install(String shell) throws IOException {
    String text = Files.readString(Path.of(basedir(), "scripts/event"));
    text = text.replaceFirst("#!/bin/sh", "#!" + shell);
    for (String variable :
        ImmutableList.of(
            "hnvf",
            "rc_subr",
            "pccard_ether",
            "hyperv_vfattach",
            "hyperv_vfup",
            "hv_kvp_daemon",
            "hv_vss_daemon")) {
      String replaced =
          text.replaceFirst(
              "(?m)^" + variable + "=/.*$", variable + "=" + root.resolve("bin/" + variable));
      assertWithMessage("the script sets %s to a path", variable).that(replaced).isNotEqualTo(text);
      text = replaced;
    }
    text = text.replaceFirst("(?m)^stock_lock=.*$", "stock_lock=" + root.resolve("run/stock.lock"));
    text = text.replaceFirst("(?m)^owner=0$", "owner=" + Files.getAttribute(root, "unix:uid"));
    text = text.replaceFirst("(?m)^socket=.*$", "socket=" + socket());
    text = text.replaceFirst("(?m)^watch_locks=.*$", "watch_locks=" + root);
    text = text.replaceFirst("(?m)^ready=.*$", "ready=" + root.resolve("ready"));
    text = text.replaceFirst("(?m)^dev=.*$", "dev=" + root.resolve("dev"));
    write("event", text);
    executable(script);
  }

  private void fakes() throws IOException {
    for (String name :
        ImmutableList.of(
            "pccard_ether",
            "hyperv_vfattach",
            "hyperv_vfup",
            "hv_kvp_daemon",
            "hv_vss_daemon",
            "pkill")) {
      fake(name, "log " + name + " \"$@\"");
    }
    // Tells its descriptors, to show that nothing of devd's comes down to it; find adds its own.
    fake(
        "service",
        """
        log service "$@"
        pwd >"$rig/directory"
        find /proc/self/fd -type l -fprintf "$rig/descriptors" '%f %l\\n'
        """);
    // As daemon(8), but without -f's own redirection: what the job holds is what it was given.
    fake(
        "daemon",
        """
        [ "$1" = -f ] || exit 64
        shift
        (
          ( PATH=$given; exec "$@" )
          echo "$?" >"$rig/ended.new"
          mv "$rig/ended.new" "$rig/ended"
        ) &
        """);
    fake(
        "lockf",
        """
        [ "$1 $2 $3" = "-k -s -t" ] || exit 64
        limit=$4 file=$5
        shift 5
        [ ! -e "$rig/lockf-fails" ] || exit 73
        if [ "$limit" = 0 ]; then
          exec flock -n -E 75 "$file" env PATH="$given" "$@"
        fi
        echo "$limit $file" >>"$rig/locks"
        [ ! -e "$rig/lock-is-held" ] || exit 75
        PATH=$given
        exec "$@"
        """);
    for (String name : ImmutableList.of("ls", "mkdir", "chmod", "rm")) {
      fake(name, "exec " + name + " \"$@\"");
    }
    fake(
        "logger",
        """
        while :; do
          case $1 in
          --) shift; log "logger: $*"; exit ;;
          '') break ;;
          esac
          shift
        done
        cat >>"$rig/syslog"
        echo end >>"$rig/syslog"
        """);
    fake(
        "sysctl",
        """
        case $1 in
        -i) cat "$rig/hn" ;;
        -N) cat "$rig/$2" ;;
        -n) cat "$rig/$2" ;;
        *) exit 64 ;;
        esac
        """);
    fake(
        "ifconfig",
        """
        case ${2-} in
        up | down) log ifconfig "$@"; [ ! -e "$rig/ifconfig-fails" ]; exit ;;
        esac
        cat "$rig/ifconfig/$*"
        """);
    fake("date", "[ \"$1\" = +%s ] && cat \"$rig/now\"");
    fake(
        "timeout",
        """
        [ "$1 $2 $3" = "--foreground -k 10" ] || exit 64
        echo "$4" >>"$rig/limits"
        shift 4
        if [ -e "$rig/hnvf-hangs" ]; then
          log killed "${1##*/}"
          exit 124
        fi
        PATH=$given
        exec "$@"
        """);
    // The script's own limit, which the test is not to meet because the machine is busy.
    fake(
        "nc",
        """
        [ $# -eq 5 ] && [ "$1 $2 $3 $4" = "-U -N -w 3" ] || exit 64
        exec nc -U -N -w "$(cat "$rig/patience")" "$5"
        """);
    fake("pgrep", "[ \"$1\" = -x ] && [ -e \"$rig/runs-$2\" ] && echo 4711");
    fake("sleep", "log sleep \"$@\"; [ ! -e \"$rig/on-sleep\" ] || . \"$rig/on-sleep\"");
    fake(
        "hnvf",
        """
        log hnvf "$@"
        [ ! -e "$rig/gate" ] || read -r _ <"$rig/gate"
        [ ! -e "$rig/on-hnvf" ] || . "$rig/on-hnvf"
        echo "on standard output"
        echo "hnvf says this" >&2
        exit "$(cat "$rig/hnvf-status")"
        """);
    write(
        "bin/rc_subr",
        """
        load_rc_config() {
          . "%1$s/rc.conf"
          [ ! -e "%1$s/rc.conf.$1" ] || . "%1$s/rc.conf.$1"
        }
        checkyesno() {
          eval "_value=\\$$1"
          case $_value in
          [Yy][Ee][Ss]) return 0 ;;
          [Nn][Oo]) return 1 ;;
          esac
          logger -- "$1 is not set properly"
          return 1
        }
        # As the real one: unset variables are read, and files are found by patterns.
        : $not_set_anywhere
        for _file in "%1$s"/rc.con*; do [ -e "$_file" ] || exit 70; done
        """
            .formatted(root));
  }

  /** Where a daemon listens; nothing is there at first. */
  Path socket() {
    return root.resolve("hnvf.sock");
  }

  /** A daemon of this process hears devd, and suppresses the actions for these. */
  void daemonHears(long pid, String suppressed) throws IOException {
    write("ready", pid + "\n" + suppressed + "\n");
  }

  /** The device of an integration service is there. */
  void device(String name) throws IOException {
    write("dev/" + name, "");
  }

  /** How long the daemon may take to answer: little, where it is not going to. */
  void theDaemonMayTake(Duration patience) throws IOException {
    write("patience", patience.toSeconds() + "\n");
  }

  /** Sets the text of rc.conf(5). */
  void rcConf(String text) throws IOException {
    write("rc.conf", text);
  }

  /** Sets the output of {@code sysctl -i hw.hn…}. */
  void hn(String... lines) throws IOException {
    write("hn", String.join("\n", lines) + "\n");
  }

  /** Who alone may enter the directory of the locks, by number. */
  void owner(int uid) throws IOException {
    String text = read("event");
    String changed = text.replaceFirst("(?m)^owner=.*$", "owner=" + uid);
    assertThat(changed).isNotEqualTo(text);
    write("event", changed);
  }

  /** A guest without hn(4) units. */
  void noHn() throws IOException {
    hn("hw.hn.vf_transparent: 0", "hw.hn.vflist: ");
    Files.delete(root.resolve("dev.hn"));
  }

  /** There is this lagg, and no other, with these ports. */
  void lagg(String name, String... ports) throws IOException {
    write("ifconfig/-g lagg", name + "\n");
    StringBuilder text = new StringBuilder(name + ": " + UP + " metric 0 mtu 1500\n");
    text.append("\tlaggproto failover lagghash l2,l3,l4\n");
    for (String port : ports) {
      text.append("\tlaggport: ").append(port).append(" flags=4<ACTIVE>\n");
    }
    write("ifconfig/" + name, text + "\tgroups: lagg\n");
  }

  /** There is no lagg. */
  void noLagg() throws IOException {
    write("ifconfig/-g lagg", "");
  }

  /** Whether an interface is up. */
  void isUp(String name, boolean up) throws IOException {
    write("ifconfig/" + name, name + ": " + (up ? UP : DOWN) + " metric 0 mtu 1500\n");
  }

  /** Sets the driver name that {@code ifconfig -D} prints. */
  void driverName(String name, String driverName) throws IOException {
    write(
        "ifconfig/-D " + name,
        name + ": " + UP + " metric 0 mtu 1500\n\tdrivername: " + driverName + "\n");
  }

  /** hnvf ends with this status. */
  void hnvfEndsWith(int status) throws IOException {
    write("hnvf-status", status + "\n");
  }

  /** There is no hnvf. */
  void removeProgram(String name) throws IOException {
    Files.delete(root.resolve("bin").resolve(name));
  }

  /** A file of the rig. */
  void write(String file, String text) throws IOException {
    Files.writeString(root.resolve(file), text);
  }

  String read(String file) throws IOException {
    return Files.readString(root.resolve(file));
  }

  Path path(String file) {
    return root.resolve(file);
  }

  /** Starts the script, as devd starts it, and returns when it ended: its job may still run. */
  void start(String... words) throws IOException, InterruptedException {
    startThrough(ImmutableList.of(), words);
  }

  /** The same, with the command in front of it. */
  void startThrough(List<String> front, String... words) throws IOException, InterruptedException {
    Files.deleteIfExists(root.resolve("ended"));
    ProcessBuilder builder =
        new ProcessBuilder(
            ImmutableList.<String>builder()
                .addAll(front)
                .add(script.toString())
                .add(words)
                .build());
    devdRuns(builder);
  }

  /** Hands a line to sh, as devd does with an action. The shell is one that knows {@code $'…'}. */
  void startAction(String line) throws IOException, InterruptedException {
    Files.deleteIfExists(root.resolve("ended"));
    String installed = line.replace("/usr/local/libexec/hnvf/event", script.toString());
    devdRuns(new ProcessBuilder("/bin/bash", "--posix", "-c", installed));
  }

  private void devdRuns(ProcessBuilder builder) throws IOException, InterruptedException {
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", root.resolve("bin").toString());
    Process process = builder.directory(root.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    // The output ends when neither the script nor a job has it open.
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(output).isEmpty();
    assertThat(process.exitValue()).isEqualTo(0);
  }

  /** The shells that the script is tried with. */
  static ImmutableList<String> shells() {
    return SHELLS;
  }

  /** A pipe that a fake can wait at; what is written to it lets the fake go on. */
  void makeFifo(String file) throws IOException, InterruptedException {
    Process mkfifo =
        new ProcessBuilder("mkfifo", root.resolve(file).toString()).inheritIO().start();
    assertThat(mkfifo.waitFor()).isEqualTo(0);
  }

  boolean jobHasEnded() {
    return Files.exists(root.resolve("ended"));
  }

  /** Waits for the job, and for what it sent to syslog; then all that was run, in order. */
  ImmutableList<String> ran() throws IOException {
    patiently().until(this::jobHasEnded);
    boolean there = Files.exists(root.resolve("bin/hnvf"));
    long handedOver =
        log().stream()
            .filter(line -> there ? line.startsWith("hnvf event") : line.contains("not serve"))
            .count();
    patiently().until(() -> syslogEnds() == handedOver);
    return log();
  }

  /** Of several jobs the last one that ended counts no more: the next one is waited for. */
  void expectAnotherEnd() throws IOException {
    Files.delete(root.resolve("ended"));
  }

  /** Waits for the job only: another one may still be in the middle of something. */
  ImmutableList<String> jobRan() throws IOException {
    patiently().until(this::jobHasEnded);
    return log();
  }

  /** Waits until the log has this line. */
  void awaitLog(String line) {
    patiently().until(() -> log().contains(line));
  }

  /** Starts the script and waits for all of it. */
  ImmutableList<String> run(String... words) throws IOException, InterruptedException {
    start(words);
    return ran();
  }

  private static ConditionFactory patiently() {
    return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
  }

  private ImmutableList<String> log() throws IOException {
    return ImmutableList.copyOf(Files.readAllLines(root.resolve("log")));
  }

  private long syslogEnds() throws IOException {
    return Files.readAllLines(root.resolve("syslog")).stream().filter("end"::equals).count();
  }

  private void fake(String name, String body) throws IOException {
    write(
        "bin/" + name,
        "#!/bin/sh\ngiven=$PATH\nPATH=/usr/bin:/bin\nrig='" + root + "'\n" + LOG + body + "\n");
    executable(root.resolve("bin").resolve(name));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static String basedir() {
    return System.getProperty("hnvf.basedir", ".");
  }
}
