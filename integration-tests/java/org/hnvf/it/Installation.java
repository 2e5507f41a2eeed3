package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;

/**
 * The installed hnvf on a sandbox that replaces the machine, as separate processes: the files of
 * section 9 of the design under a prefix, and a devd that calls {@code libexec/hnvf/event} for the
 * sandbox's lines.
 *
 * <p>Parts of the base system that Linux lacks are fakes in {@code fakes}: daemon(8), service(8),
 * logger(1), lockf(1) and rc.subr. Their commands that could change a guest are written to {@code
 * log}.
 */
final class Installation {

  private static final Path BASE = Path.of(EventRig.basedir()).toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin/java");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final int NOW_AND_THEN = 10;

  private final Path scratch;
  private final Path prefix;
  private final Path guest;
  private final List<Process> processes = new ArrayList<>();

  /** Installs it; the sandbox has a guest as on Azure, whose rc.conf enables hnvf. */
  Installation(Path scratch) throws IOException, InterruptedException {
    this.scratch = scratch.toRealPath();
    this.prefix = this.scratch.resolve("prefix");
    this.guest = this.scratch.resolve("guest");
    Files.writeString(this.scratch.resolve("log"), "");
    layOut();
    fakes();
    startSandbox();
    // The machine has been up for a while, and a daemon was there: none is about to start.
    Path run = socket().resolveSibling(".").normalize();
    Files.createDirectories(run);
    Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(run.resolve("daemon.lock"), "");
    Path rcConf = guest.resolve("root/etc/rc.conf");
    Files.writeString(rcConf, Files.readString(rcConf) + "hnvf_enable=\"YES\"\n");
  }

  private void layOut() throws IOException, InterruptedException {
    ProcessBuilder install =
        new ProcessBuilder(BASE.resolve("scripts/install").toString()).inheritIO();
    install.environment().put("PREFIX", prefix.toString());
    install.environment().put("DESTDIR", "/");
    install.environment().put("JAVA", JAVA.toString());
    assertThat(install.start().waitFor()).isEqualTo(0);
    removeLaboratory();
    installedJava(JAVA);
    // Processes of the event script work on the sandbox, not on this machine.
    String onTheSandbox = "exec '" + prefix + "/sbin/hnvf' \"$@\" '--guest-bin=" + guest + "'\n";
    script(prefix.resolve("one-shot"), onTheSandbox);
    script(
        prefix.resolve("event-shot"),
        "printf '%s\\n' \"$*\" >>'" + scratch.resolve("one-shots") + "'\n" + onTheSandbox);
    Files.writeString(scratch.resolve("one-shots"), "");
    String event = Files.readString(prefix.resolve("libexec/hnvf/event"));
    event = set(event, "hnvf", prefix.resolve("event-shot"));
    event = set(event, "socket", socket());
    event = set(event, "rc_subr", fake("rc.subr"));
    event = set(event, "stock_lock", scratch.resolve("stock.lock"));
    event = event.replaceFirst("(?m)^owner=0$", "owner=" + Files.getAttribute(scratch, "unix:uid"));
    event = set(event, "watch_locks", socket().resolveSibling(".").normalize());
    event = set(event, "ready", socket().resolveSibling("ready"));
    for (String program :
        ImmutableList.of("pccard_ether", "hyperv_vfattach", "hv_kvp_daemon", "hv_vss_daemon")) {
      event = set(event, program, fake(program));
    }
    event = set(event, "hyperv_vfup", fake("hyperv_vfup"));
    program(prefix.resolve("libexec/hnvf/event"), event);
    theDaemonMayTake(PATIENCE);
  }

  /** The product needs nothing of it: every test here shows that. */
  private void removeLaboratory() throws IOException {
    Path home = jar().resolveSibling(".");
    Files.delete(home.resolve("hnvf-lab.jar"));
    try (Stream<Path> libraries = Files.list(home.resolve("lib-lab"))) {
      for (Path library : (Iterable<Path>) libraries::iterator) {
        Files.delete(library);
      }
    }
    Files.delete(home.resolve("lib-lab"));
  }

  /** The Java that was found when hnvf was installed. */
  void installedJava(Path java) throws IOException {
    String front = Files.readString(BASE.resolve("scripts/front"));
    front = set(front, "socket", socket());
    front = front.replaceFirst("(?m)^installed_java=$", "installed_java='" + java + "'");
    program(prefix.resolve("sbin/hnvf"), front);
  }

  /** How long the daemon may take to answer: little, where it is not going to. */
  void theDaemonMayTake(Duration patience) throws IOException {
    limit(prefix.resolve("libexec/hnvf/event"), "patience", patience);
    limit(prefix.resolve("sbin/hnvf"), "alive", patience);
  }

  private static void limit(Path script, String variable, Duration limit) throws IOException {
    String text = Files.readString(script);
    String changed =
        text.replaceFirst("(?m)^" + variable + "=.*$", variable + "=" + limit.toSeconds());
    assertWithMessage("%s sets %s", script, variable).that(text).contains("\n" + variable + "=");
    program(script, changed);
  }

  /**
   * Ends the wait of the event script before its next check, now and from now on. Until then it
   * waits, however long the test takes.
   */
  void theScriptsTimeIsOver() throws IOException {
    Files.writeString(scratch.resolve("time-is-over"), "");
  }

  /**
   * Sets the number of checks before the event script takes a VF down that another process handles.
   */
  void looks(int looks) throws IOException {
    Path script = prefix.resolve("libexec/hnvf/event");
    program(
        script,
        Files.readString(script).replaceFirst("(?m)^watch_looks=.*$", "watch_looks=" + looks));
  }

  /** There is no Java, and none is found. */
  void removeJava() throws IOException {
    String front = Files.readString(BASE.resolve("scripts/front"));
    program(prefix.resolve("sbin/hnvf"), front.replaceFirst("(?m)^find_java.*$", "$0\n\treturn 1"));
  }

  private static String set(String script, String variable, Path value) {
    String changed =
        script.replaceFirst("(?m)^" + variable + "=/.*$", variable + "='" + value + "'");
    assertWithMessage("the script sets %s to a path", variable).that(changed).isNotEqualTo(script);
    return changed;
  }

  private void fakes() throws IOException {
    String log = "printf '%s\\n' \"${0##*/} $*\" >>'" + scratch.resolve("log") + "'\n";
    for (String name :
        ImmutableList.of(
            "service",
            "pccard_ether",
            "hyperv_vfattach",
            "hyperv_vfup",
            "hv_kvp_daemon",
            "hv_vss_daemon")) {
      script(fake(name), log);
    }
    script(
        fake("sleep"),
        """
        until [ -e '%s' ]; do /bin/sleep 0.1; done
        """
            .formatted(scratch.resolve("time-is-over")));
    script(
        fake("daemon"), "shift\nprintf '%s\\n' \"$*\" >>'" + jobs() + "'\nexec setsid -f \"$@\"\n");
    Files.writeString(jobs(), "");
    script(
        fake("lockf"),
        """
        limit=$4
        shift 4
        [ "$limit" != 0 ] || exec flock -n -E 75 "$@"
        shift
        exec "$@"
        """);
    script(
        fake("logger"),
        """
        while [ $# -gt 0 ]; do
          case $1 in
          --) shift; break ;;
          *) shift ;;
          esac
        done
        { if [ $# -gt 0 ]; then printf '%%s\\n' "$*"; else cat; fi; } >>'%s'
        """
            .formatted(scratch.resolve("syslog")));
    Files.writeString(
        fake("rc.subr"),
        """
        load_rc_config() { . '%s'; }
        checkyesno() { eval "[ \\"\\$$1\\" = YES ]"; }
        """
            .formatted(guest.resolve("root/etc/rc.conf")));
    Files.writeString(scratch.resolve("syslog"), "");
  }

  /** As devd with hnvf.conf: one rule for each event, and its action to its end. */
  private void devd() throws IOException {
    script(
        guest.resolve("devd-hook"),
        """
        PATH='%s:%s:/usr/bin:/bin'
        export PATH
        set -f
        system= subsystem= type= name= cdev=
        for word in ${1#!}; do
          case $word in
          system=* | subsystem=* | type=* | name=* | cdev=*) eval "${word%%%%=*}=\\${word#*=}" ;;
          esac
        done
        event='%s'
        case $system/$type in
        ETHERNET/IFATTACH) exec "$event" ifattach "$subsystem" ;;
        HYPERV_NIC_VF/VF_UP) exec "$event" vf_up "$subsystem" ;;
        HYPERV_NIC_VF/VF_DOWN) exec "$event" vf_down "$subsystem" ;;
        IFNET/DETACH) exec "$event" detach "$subsystem" ;;
        IFNET/RENAME) exec "$event" rename "$subsystem" "$name" ;;
        IFNET/LINK_UP) exec "$event" link_up "$subsystem" ;;
        IFNET/LINK_DOWN) exec "$event" link_down "$subsystem" ;;
        IFNET/ATTACH) exec "$event" attach "$subsystem" ;;
        esac
        """
            .formatted(
                guest.resolve("bin"),
                scratch.resolve("fakes"),
                prefix.resolve("libexec/hnvf/event")));
  }

  private void startSandbox() throws IOException, InterruptedException {
    // It stands for the machine: the laboratory of the checkout, not of the installed hnvf.
    start(
        "sandbox",
        JAVA.toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "-Dfile.encoding=UTF-8",
        "-jar",
        BASE.resolve("target/hnvf-lab.jar").toString(),
        "sandbox",
        guest.toString());
    // The programs are there before the socket is, and that a moment before anybody listens on it.
    patiently()
        .until(
            () ->
                Files.exists(guest.resolve("socket"))
                    && run(guest.resolve("host").toString(), "reach").out().length() > 0);
    devd();
  }

  private Path jobs() {
    return scratch.resolve("jobs");
  }

  /** The jobs that the event script has started, with their words. */
  ImmutableList<String> jobsStarted() throws IOException {
    return Files.readAllLines(jobs()).stream()
        .map(line -> line.replaceFirst(".* job ", ""))
        .collect(ImmutableList.toImmutableList());
  }

  /** Returns the file that the daemon writes for the event script; empty without the file. */
  String ready() throws IOException {
    Path file = socket().resolveSibling("ready");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** Starts a process that goes on; what it says is in a file of its name. */
  Process start(String name, String... argv) throws IOException {
    Path said = scratch.resolve(name + ".out");
    Process process =
        new ProcessBuilder(argv)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** Starts the daemon and waits until it answers. */
  Process startDaemon() throws IOException {
    Process daemon =
        start("daemon", prefix.resolve("sbin/hnvf").toString(), "daemon", "--guest-bin=" + guest);
    patiently().until(() -> hnvf("status").status() == 0);
    return daemon;
  }

  /** Sends a signal to a process that was started here. */
  void signal(String name, Process process) throws IOException, InterruptedException {
    assertThat(run("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", name, "" + process.pid()).status())
        .isEqualTo(0);
  }

  /**
   * A process gets a signal when it begins a command of the guest, which then hangs: so it is in
   * the middle of it, however slow this machine is.
   *
   * @param command how the line begins, without anything that is special in a pattern
   */
  void strike(String signal, Process process, String command)
      throws IOException, InterruptedException {
    host("hang", command + " .*");
    String program = command.substring(0, command.indexOf(' '));
    Path client = guest.resolve("bin").resolve(program);
    Files.move(client, client.resolveSibling(program + ".real"));
    script(
        client,
        """
        case "%s $*" in
        '%s '*) ! /bin/mkdir '%s' 2>/dev/null || kill -s %s %d ;;
        esac
        exec "$0.real" "$@"
        """
            .formatted(program, command, scratch.resolve("struck"), signal, process.pid()));
  }

  /** Waits until it has. */
  void awaitStruck() {
    patiently().until(() -> Files.exists(scratch.resolve("struck")));
  }

  /** The events for which a Java of its own was started. */
  ImmutableList<String> oneShots() throws IOException {
    return ImmutableList.copyOf(Files.readAllLines(scratch.resolve("one-shots")));
  }

  /** Runs a program to its end. */
  Program.Answer run(String... argv) throws IOException, InterruptedException {
    Path err = Files.createTempFile(scratch, "err", ".txt");
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Process process =
        new ProcessBuilder(argv)
            .redirectError(err.toFile())
            .redirectOutput(out.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Program.Answer(
        process.waitFor(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
  }

  /** The host does something; what devd tells of it. */
  String host(String... words) throws IOException, InterruptedException {
    return checked(guest.resolve("host"), words);
  }

  /**
   * Puts a program of the guest aside, and another one in its place.
   *
   * @param body what it does, in sh(1)
   */
  void replace(String name, String body) throws IOException {
    Files.move(program(name), program("whole-" + name));
    script(program(name), body + "\n");
  }

  /** Where a program of the guest is; one that was replaced is there as {@code whole-NAME}. */
  Path program(String name) {
    return directory().resolve("bin").resolve(name);
  }

  /** Runs a program of the guest. */
  String guest(String program, String... arguments) throws IOException, InterruptedException {
    return checked(guest.resolve("bin").resolve(program), arguments);
  }

  private String checked(Path program, String... arguments)
      throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of(program.toString()));
    argv.addAll(List.of(arguments));
    Program.Answer answer = run(argv.toArray(String[]::new));
    assertWithMessage("%s\n%s", argv, answer.err()).that(answer.status()).isEqualTo(0);
    return answer.out();
  }

  /** Runs the installed hnvf, without a word of the sandbox. */
  Program.Answer hnvf(String... words) throws IOException, InterruptedException {
    return runFront(prefix.resolve("sbin/hnvf"), words);
  }

  /** Runs the installed hnvf on the sandbox, in a Java of its own. */
  Program.Answer oneShot(String... words) throws IOException, InterruptedException {
    return runFront(prefix.resolve("one-shot"), words);
  }

  private Program.Answer runFront(Path front, String... words)
      throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(List.of(front.toString()));
    argv.addAll(List.of(words));
    return run(argv.toArray(String[]::new));
  }

  /** The one pair, as a one-shot sees it. */
  JsonNode pair() throws IOException, InterruptedException {
    Program.Answer answer = oneShot("status", "hn0", "--json");
    assertWithMessage(answer.err()).that(answer.status()).isEqualTo(0);
    return answer.json().get("pairs").get(0);
  }

  /** Waits until the pair is in this state. */
  void awaitState(String state) {
    awaitPair(pair -> pair.get("state").asText().equals(state));
  }

  /**
   * Waits until a one-shot shows the pair so. Each one takes as much of a processor as a workflow,
   * so it is only asked where the guest has changed, and now and then.
   */
  void awaitPair(Predicate<JsonNode> condition) {
    AtomicReference<String> seen = new AtomicReference<>("");
    AtomicInteger polls = new AtomicInteger();
    patiently()
        .until(
            () -> {
              String now = guest("ifconfig", "-a");
              boolean same = seen.getAndSet(now).equals(now);
              return !(same && polls.incrementAndGet() % NOW_AND_THEN != 0)
                  && condition.test(pair());
            });
  }

  /** Waits until the address of the guest answers, or does not. */
  void awaitReachable(boolean reachable) {
    patiently().until(() -> host("reach").equals(reachable ? "10.0.2.15\n" : ""));
  }

  static ConditionFactory patiently() {
    return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
  }

  /** Returns the commands of the base system that could have changed the guest. */
  ImmutableList<String> stockActions() throws IOException {
    return ImmutableList.copyOf(Files.readAllLines(scratch.resolve("log")));
  }

  String syslog() throws IOException {
    return Files.readString(scratch.resolve("syslog"));
  }

  /** Returns the output of a process that is still running. */
  String said(String name) throws IOException {
    return Files.readString(scratch.resolve(name + ".out"));
  }

  /** The log of the daemon, so far. */
  String log() throws IOException {
    Path file = guest.resolve("root/var/log/hnvf.log");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** The guest's rc.conf. */
  void rcConf(String text) throws IOException {
    Files.writeString(guest.resolve("root/etc/rc.conf"), text);
  }

  /** An administrator puts a script in the place of hn0's workflow. */
  void overrideScript(String body) throws IOException {
    script(guest.resolve("root/usr/local/libexec/hnvf/hyperv_vfup.hn0"), body);
  }

  /** An administrator adds a program that runs after each outcome. */
  void hook(String name, String body) throws IOException {
    script(guest.resolve("root/usr/local/etc/hnvf/hooks.d").resolve(name), body);
  }

  /** Where the daemon listens. */
  Path socket() {
    return guest.resolve("root/var/run/hnvf/hnvf.sock");
  }

  /** The installed program. */
  Path jar() {
    return prefix.resolve("share/java/hnvf/hnvf.jar");
  }

  /** The directory of the sandbox. */
  Path directory() {
    return guest;
  }

  private Path fake(String name) {
    return scratch.resolve("fakes").resolve(name);
  }

  private static void script(Path file, String body) throws IOException {
    program(file, "#!/bin/sh\n" + body);
  }

  private static void program(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Ends all that was started here and goes on, by the script and its jobs too. */
  void end() throws IOException {
    // The hook first: nothing that is still told starts anything any more.
    Files.deleteIfExists(guest.resolve("devd-hook"));
    processes.forEach(Process::destroyForcibly);
    patiently()
        .until(
            () -> {
              ImmutableList<ProcessHandle> left = ours();
              left.forEach(ProcessHandle::destroyForcibly);
              return left.isEmpty();
            });
  }

  /**
   * Returns the processes with this test's directory in their command line: no other process has
   * it.
   */
  private ImmutableList<ProcessHandle> ours() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(scratch + "/"))
        .collect(ImmutableList.toImmutableList());
  }
}
