package org.hnvf.capture;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hnvf.exec.CommandRunner;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.lab.replay.Transcript;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.hnvf.override.HookScripts;
import org.hnvf.override.OverrideScripts;
import org.hnvf.override.OwnerPolicy;
import org.hnvf.service.Machine;
import org.hnvf.sim.RcConfShell;
import org.hnvf.sim.Scenario;
import org.hnvf.sim.SimulatedGuest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures of simulated guests. */
final class CaptureTest {

  private static final byte[] KEY = "a fixed key".getBytes(UTF_8);
  private static final String SECRET = "SEKRIT";
  private static final String HOOKS = "/usr/local/etc/hnvf/hooks.d";

  private static SimulatedGuest started(Scenario scenario) {
    return scenario.shell(new RcConfShell(new ProcessRunner())).start();
  }

  private static Scenario publicGuest() {
    return Scenario.bare()
        .rcConf("ifconfig_hn0=\"inet 52.10.20.37/24 description 'Acme uplink'\"")
        .rcConf("ifconfig_hn0_alias0=\"inet 52.10.20.38/32\"")
        .rcConf("ifconfig_hn0_ipv6=\"inet6 2603:1030:20e:3::14/64\"")
        .rcConf("defaultrouter=\"52.10.20.1\"")
        .rcConf("ipv6_defaultrouter=\"2603:1030:20e:3::1\"")
        .rcConf("static_routes=\"acme\"")
        .rcConf("route_acme=\"-net 13.66.0.0/16 52.10.20.2\"");
  }

  /** Configures the guest as its rc.conf says. */
  private static SimulatedGuest publicAndLive() {
    SimulatedGuest guest = started(publicGuest());
    for (String line :
        new String[] {
          "ifconfig hn0 inet 52.10.20.37/24 description Acme-uplink",
          "ifconfig hn0 inet 52.10.20.38/32 alias",
          "ifconfig hn0 inet6 2603:1030:20e:3::14/64",
          "route add default 52.10.20.1"
        }) {
      List<String> words = List.of(line.split(" "));
      CommandResult result =
          guest.run(
              Command.changing(
                  Duration.ofSeconds(10),
                  words.get(0),
                  words.subList(1, words.size()).toArray(String[]::new)));
      assertWithMessage(result.summary()).that(result.succeeded()).isTrue();
    }
    return guest;
  }

  private static void write(SimulatedGuest guest, String path, String text) throws IOException {
    Path file = guest.root().resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static Collected collected(SimulatedGuest guest) throws HnvfException {
    return collected(guest, guest);
  }

  private static Collected collected(SimulatedGuest guest, CommandRunner runner)
      throws HnvfException {
    Machine machine =
        new Machine(runner, new NioDurableFiles(guest.root()), guest.timer(), guest.root());
    return new Collector(
            machine,
            new OverrideScripts(
                guest.root(), "/usr/local", runner, OwnerPolicy.ANYBODY, Duration.ofMinutes(1)),
            new HookScripts(guest.root(), "/usr/local", OwnerPolicy.ANYBODY))
        .collect();
  }

  private static String asIs(Collected collected) throws HnvfException {
    return CaptureText.asIs(collected, "1");
  }

  private static String anonymous(Collected collected) throws HnvfException {
    return CaptureText.anonymous(collected, "1", KEY);
  }

  /** Returns a runner with other answers of some commands. */
  private static CommandRunner answering(
      SimulatedGuest guest, ImmutableMap<String, String> answers) {
    return command -> {
      for (String start : answers.keySet()) {
        if (command.line().startsWith(start)) {
          String text = answers.get(start);
          String shown =
              text.startsWith("+") ? guest.run(command).stdout() + text.substring(1) : text;
          return new CommandResult(command, new CommandResult.Exited(0), shown, "", Duration.ZERO);
        }
      }
      return guest.run(command);
    };
  }

  private static final String DHCLIENT_CONF =
      """
      # of Acme's main site
      timeout 30;
      send host-name "web01.acme.example";
      send dhcp-client-identifier 1:0:15:5d:a:b:10;
      interface "hn0" {
        request subnet-mask, routers, my-option;
        supersede domain-name-servers 52.10.20.53, 10.0.0.53;
        prepend my-option "Acme";
      }
      """;

  /** {@code mvn -Dgolden.update=true} writes the files anew. */
  private static void assertGolden(String name, String text) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(Path.of("src/test/resources/org/hnvf/capture", name), text);
    }
    assertThat(text)
        .isEqualTo(Files.readString(Path.of("src/test/resources/org/hnvf/capture", name)));
  }

  @Test
  void aGuestAsItIs() throws HnvfException, IOException {
    SimulatedGuest guest = publicAndLive();
    write(guest, "/etc/dhclient.conf", DHCLIENT_CONF);
    assertGolden("as-it-is.capture", asIs(collected(guest)));
  }

  @Test
  void aGuestAnonymised() throws HnvfException, IOException {
    SimulatedGuest guest = publicAndLive();
    write(guest, "/etc/dhclient.conf", DHCLIENT_CONF);
    assertGolden("anonymised.capture", anonymous(collected(guest)));
  }

  /** The laboratory reads a capture as it reads a transcript. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsATranscript(boolean asIs) throws HnvfException {
    Collected collected = collected(started(Scenario.staticGuest()));
    String text = asIs ? asIs(collected) : anonymous(collected);
    Transcript read = Transcript.parse("a capture", text);
    assertThat(read.comments()).contains("hnvf-capture 1".replace("# ", ""));
    assertThat(read.entries().stream().map(Transcript.Recorded::command).toList())
        .containsAtLeast("ifconfig -a -D", "netstat -rn", "hnvf-rc-conf", "cat /etc/dhclient.conf");
    if (asIs) {
      for (int i = 0; i < collected.blocks().size(); i++) {
        assertThat(read.entries().get(i).command()).isEqualTo(collected.blocks().get(i).command());
        assertThat(read.entries().get(i).stdout()).isEqualTo(collected.blocks().get(i).stdout());
        assertThat(read.entries().get(i).status()).isEqualTo(collected.blocks().get(i).status());
      }
    }
  }

  @Test
  void itOnlyReads() throws HnvfException, IOException {
    SimulatedGuest guest = started(publicGuest());
    List<Command> commands = new ArrayList<>();
    List<String> before = tree(guest.root());
    collected(
        guest,
        command -> {
          commands.add(command);
          return guest.run(command);
        });
    assertThat(commands).isNotEmpty();
    assertThat(commands.stream().filter(c -> c.effect() == Command.Effect.CHANGES)).isEmpty();
    assertThat(tree(guest.root())).isEqualTo(before);
  }

  private static List<String> tree(Path root) throws IOException {
    List<String> files = new ArrayList<>();
    try (var all = Files.walk(root)) {
      for (Path file : all.sorted().toList()) {
        files.add(
            file
                + " "
                + (Files.isRegularFile(file) ? Files.readString(file) : "")
                + Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @Test
  void noPublicAddressOrNameIsLeft() throws HnvfException, IOException {
    SimulatedGuest guest = publicAndLive();
    write(guest, "/etc/dhclient.conf", "send host-name \"web01.acme.example\";\n");
    write(
        guest,
        "/var/db/hnvf/hn0.last",
        "hnvf journal 1\ninet 52.10.20.37/24\ndescription Acme uplink\n");
    write(
        guest,
        "/var/db/hnvf/hn0.backoff",
        "cause Acme uplink of web01.acme.example on 52.10.20.37\n");
    Collected collected = collected(guest);
    String before = asIs(collected);
    String after = anonymous(collected);
    for (String told :
        new String[] {"52.10.", "2603:1030", "13.66.", "Acme", "acme", "web01", "0a:0b:10"}) {
      assertWithMessage(told).that(before).contains(told);
      assertWithMessage(told).that(after).doesNotContain(told);
    }
    assertThat(after).contains("hn0");
  }

  /** The network still makes sense: one MAC address, the router in the network, the broadcast. */
  @Test
  void theNetworkStaysWhatItIs() throws HnvfException {
    SimulatedGuest guest = publicAndLive();
    guest.host().plug(new HnUnit(0));
    String text = anonymous(collected(guest));
    String network = match(text, "inet (\\S+)\\.37 netmask 0xffffff00");
    assertThat(text).contains("broadcast " + network + ".255");
    assertThat(text).contains("defaultrouter=" + network + ".1\n");
    assertThat(text).containsMatch("(?m)^" + Pattern.quote(network) + "\\.0/24 +link#");
    assertThat(text).containsMatch("(?m)^default +" + Pattern.quote(network) + "\\.1 ");
    String mac = match(text, "ether (\\S+)");
    assertThat(Pattern.compile("ether " + mac).matcher(text).results().count()).isEqualTo(2);
  }

  private static String match(String text, String pattern) {
    var found = Pattern.compile(pattern).matcher(text);
    assertWithMessage(pattern).that(found.find()).isTrue();
    return found.group(1);
  }

  @Test
  void anotherKeyGivesAnotherFile() throws HnvfException {
    Collected collected = collected(started(publicGuest()));
    assertThat(anonymous(collected)).isEqualTo(anonymous(collected));
    assertThat(anonymous(collected))
        .isNotEqualTo(CaptureText.anonymous(collected, "1", new byte[] {1}));
  }

  private static final ImmutableMap<String, String> PLANTED =
      ImmutableMap.<String, String>builder()
          .put(
              "sysctl -i",
              "+dev.hn.0.password: SEKRIT\nnet.pf.x: secret SEKRIT\nnet.inet.ip.fw.enable: 1\n")
          .put(
              "ifconfig -a",
              "+\tcarp: MASTER vhid 1 advbase 1 advskew 0 key \"SEKRIT a SEKRIT\"\n\tssid x wepkey 1:SEKRIT\n\tdescription: pass SEKRIT\n")
          .put("netstat -rn", "+pass SEKRIT\n")
          .put(
              "ps ",
              "+99 0 0 /usr/sbin/sshd -o SEKRIT\n100 0 0 /usr/local/sbin/dhcpcd --psk=SEKRIT hn0\n101 1001 0 other pass SEKRIT\n")
          .put("jls ", "name=www ip4.addr=10.0.2.60 secret=SEKRIT\n")
          .put("kldstat ", "secret SEKRIT\n")
          .put("ngctl ", "  Name: hn0 Type: ether ID: 00000001 Num hooks: 1\n  secret: SEKRIT\n")
          .put("pfctl -si", "Status: Enabled for 0 days 00:00:01 authkey SEKRIT\n")
          .put(
              "pfctl -a '*' -sr",
              "pass in quick on hn0 all label \"password SEKRIT\"\nblock in all label \"pass SEKRIT\"\n")
          .put("pfctl -a '*' -sn", "nat on hn0 all -> 10.0.0.1 tag pass SEKRIT\n")
          .put("pfctl -vsI", "hn0 secret SEKRIT\n")
          .put("ipfw list", "00100 allow ip from any to any // pass SEKRIT\n")
          .put("ipfw nat", "ipfw nat 1 config if hn0 // secret SEKRIT\n")
          .put("ipfw table", "--- table(pass), set(0) ---\nsecret SEKRIT\n")
          .put("arp ", "? (10.0.2.2) at 52:55:0a:00:02:02 on hn0 key SEKRIT\n")
          .put("ndp ", "secret SEKRIT\n")
          .buildOrThrow();

  private static SimulatedGuest planted() throws IOException {
    SimulatedGuest guest =
        started(
            Scenario.azure()
                .rcConf("ifconfig_hn0_alias0=\"inet vhid 1 pass SEKRIT alias 10.0.2.60/32\"")
                .rcConf(
                    "ifconfig_hn0_alias1='inet vhid 1 pass \"SEKRIT  SEKRIT\" alias 10.0.2.61/32'")
                .rcConf("ifconfig_wlan0=\"WPA wepkey 1:SEKRIT psk=SEKRIT\"")
                .rcConf("ifconfig_wlan0_psk=\"SEKRIT\"")
                .rcConf("create_args_wlan0=\"authkey SEKRIT\"")
                .rcConf("create_args_wg0=\"pass\tSEKRIT\"")
                .rcConf("dhcpcd_flags=\"--password SEKRIT\"")
                .rcConf("dhclient_flags_hn0=\"-c /etc/own.conf\"")
                .rcConf("ppp_password=\"SEKRIT\"")
                .rcConf("hnvf_password=\"SEKRIT\""));
    write(
        guest,
        "/etc/dhclient.conf",
        "# pass SEKRIT\nsecret \"SEKRIT\";\nsecret\n \"SEKRIT\";\nkey x { secret SEKRIT; }\nsend host-name \"password SEKRIT\";\n");
    write(guest, "/etc/own.conf", "send user-class \"authkey SEKRIT\";\n");
    write(
        guest,
        "/var/db/dhclient.leases.hn0",
        "lease {\n  interface \"hn0\";\n  option secret \"SEKRIT\";\n  option option-224 \"psk SEKRIT\";\n}\n");
    write(guest, "/var/run/dhclient/dhclient.hn0.pid", "pass SEKRIT");
    write(
        guest,
        "/usr/local/etc/hnvf/hnvf.json",
        "{\"SEKRIT\": \"SEKRIT\", \"strategy\": \"SEKRIT\", \"move\": [\"bridge\", \"SEKRIT\"], \"x\": {\"y\": [\"SEKRIT\"]}, \"look_every\": \"60s\"}");
    for (String kind :
        new String[] {"word", "backoff", "delay", "script", "ups", "last", "journal"}) {
      write(
          guest,
          "/var/db/hnvf/hn0." + kind,
          "cause pass SEKRIT\n    ifconfig hn0 vhid 1 pass SEKRIT alias\n");
    }
    for (String kind : new String[] {"lagg", "unproven", "halfdone"}) {
      write(guest, "/var/run/hnvf/hn0." + kind, "secret SEKRIT\n");
    }
    write(guest, "/var/db/hnvf/history/20261122T120000.000Z-hn0.journal", "    authkey SEKRIT\n");
    write(guest, "/var/run/resolvconf/interfaces/secret SEKRIT", "SEKRIT");
    write(guest, "/etc/rc.local", "x hn0 --password SEKRIT\n");
    write(guest, "/etc/start_if.hn0", "SEKRIT\n");
    write(guest, "/usr/libexec/hyperv/hyperv_vfup.hn0", "#!/bin/sh\n# SEKRIT\n");
    return guest;
  }

  @Test
  void aSecretInAnyFieldIsInNoForm() throws HnvfException, IOException {
    SimulatedGuest guest = planted();
    Collected collected = collected(guest, answering(guest, PLANTED));
    assertThat(collected.blocks().stream().filter(b -> b.stdout().contains(SECRET)).count())
        .isAtLeast(30);
    for (String text : new String[] {asIs(collected), anonymous(collected)}) {
      assertThat(text.lines().filter(line -> line.contains(SECRET)).toList()).isEmpty();
    }
  }

  /** Every source that a capture has is planted in, so that a new one is not forgotten. */
  @Test
  void everySourceWasPlantedIn() throws HnvfException, IOException {
    SimulatedGuest guest = planted();
    Collected collected = collected(guest, answering(guest, PLANTED));
    for (Source source : Source.values()) {
      if (ImmutableList.of(
              Source.OTHER,
              Source.BRIDGE,
              Source.NAMES,
              Source.SCRIPTS,
              Source.HOOKS,
              Source.MENTIONS,
              Source.RC_CONF)
          .contains(source)) {
        continue;
      }
      assertWithMessage(source.name())
          .that(
              collected.blocks().stream()
                  .anyMatch(b -> b.source() == source && b.stdout().contains(SECRET)))
          .isTrue();
    }
  }

  private static void hook(SimulatedGuest guest, String name, String mode) throws IOException {
    String path = HOOKS + "/" + name;
    write(guest, path, "#!/bin/sh\n" + SECRET + "\n");
    Files.setPosixFilePermissions(
        guest.root().resolve(path.substring(1)), PosixFilePermissions.fromString(mode));
  }

  /** Returns the lines of the hooks, without the owner. */
  private static List<String> hooks(String capture) {
    return capture
        .lines()
        .dropWhile(line -> !line.equals("$ hnvf-hooks"))
        .skip(2)
        .takeWhile(line -> !line.startsWith("["))
        .map(line -> line.replaceFirst("owner \\w+ ", ""))
        .toList();
  }

  @Test
  void hooksAreListedWithoutTheirText() throws HnvfException, IOException {
    SimulatedGuest guest = started(Scenario.azure());
    hook(guest, "acme-mail", "rwxr-xr-x");
    hook(guest, "reload", "rwxrwxrwx");
    hook(guest, "other.sample", "rwxr-xr-x");
    Collected collected = collected(guest);
    String whole = asIs(collected);
    assertThat(whole).doesNotContain(SECRET);
    assertThat(hooks(whole))
        .containsExactly(HOOKS + "/acme-mail mode 0755", HOOKS + "/reload mode 0777 refused")
        .inOrder();
    assertThat(anonymous(collected)).doesNotContain("acme");
    assertThat(hooks(anonymous(collected)))
        .containsExactly(HOOKS + "/hook1 mode 0755", HOOKS + "/hook2 mode 0777 refused")
        .inOrder();
  }

  @Test
  void hooksThatCannotBeListedAreToldAndTheRestIsThere() throws HnvfException, IOException {
    SimulatedGuest guest = started(Scenario.azure());
    write(guest, HOOKS, "a file where the directory should be");
    Collected collected = collected(guest);
    assertThat(collected.notes()).hasSize(1);
    assertThat(collected.notes().get(0)).contains("cannot list the hooks in " + HOOKS);
    assertThat(collected.notes().get(0)).endsWith("the capture is without the hooks");
    assertThat(asIs(collected))
        .containsMatch("\\$ hnvf-hooks\n\\[stderr\\]\ncannot list the hooks");
    assertThat(asIs(collected)).contains("$ ifconfig");
  }

  /** In texts that people write freely, a secret without a word before it is not recognised. */
  @Test
  void aFreeTextIsNotInAnAnonymousCapture() throws HnvfException, IOException {
    SimulatedGuest guest =
        started(
            Scenario.azure()
                .rcConf("ifconfig_hn0_descr=\"SEKRIT\"")
                .rcConf("ifconfig_hn0_alias0=\"inet 10.0.2.60/32 description 'SEKRIT x' SEKRIT\"")
                .rcConf("defaultrouter=\"SEKRIT\"")
                .rcConf("static_routes=\"SEKRIT:hn0\"")
                .rcConf("route_SEKRIT=\"-net SEKRIT SEKRIT.acme.example\"")
                .rcConf("dhcpcd_flags=\"SEKRIT --SEKRIT\"")
                .rcConf("create_args_wlan0=\"ssid SEKRIT\"")
                .rcConf("dhclient_flags=\"-i SEKRIT\""));
    write(
        guest,
        "/etc/dhclient.conf",
        "# SEKRIT\nsend user-class \"SEKRIT\";\nSEKRIT;\nSEKRIT { timeout 1; timeout 2; }\nsend host-name \"SEKRIT\";\nappend domain-name \"SEKRIT\";\ntimeout SEKRIT;\ninterface \"SEKRIT\" { timeout 3; }\n");
    write(
        guest,
        "/var/db/dhclient.leases.hn0",
        "lease {\n  interface \"hn0\";\n  filename \"SEKRIT\";\n  option SEKRIT SEKRIT;\n  option host-name \"SEKRIT\";\n option routers SEKRIT;\n renew SEKRIT;\n}\n");
    write(
        guest,
        "/usr/local/etc/hnvf/hnvf.json",
        "{\"SEKRIT\": \"SEKRIT\", \"strategy\": \"SEKRIT\"}");
    write(
        guest,
        "/var/db/hnvf/hn0.last",
        "description SEKRIT\n    ifconfig lagg0 description SEKRIT\n");
    write(guest, "/etc/rc.local", "x hn0 SEKRIT\n");
    write(guest, "/etc/jail.conf.d/SEKRIT.conf", "interface = hn0;\n");
    Collected collected =
        collected(
            guest,
            answering(
                guest,
                ImmutableMap.<String, String>builder()
                    .put(
                        "sysctl -i",
                        "+net.pf.x: 1\nnet.inet.ip.fw.enable: 1\ndev.hn.0.%desc: SEKRIT\ndev.hn.0.x: SEKRIT\ndev.hn.0.rss_key: 6d5a56\nSEKRIT\n")
                    .put(
                        "ifconfig -a",
                        "+\tdescription: SEKRIT\n\tssid SEKRIT channel 6\n\tSEKRIT\n")
                    .put(
                        "ps ",
                        "+99 0 0 /usr/sbin/sshd SEKRIT\n100 0 0 /usr/local/sbin/dhcpcd SEKRIT hn0\n")
                    .put("jls ", "name=SEKRIT ip4.addr=10.0.2.60\n")
                    .put("kldstat ", "SEKRIT\n")
                    .put(
                        "ngctl ",
                        "  Name: SEKRIT  Type: socket  ID: 00000004   Num hooks: 0\nSEKRIT\n")
                    .put("pfctl -si", "Status: Enabled\nHostid: SEKRIT\n")
                    .put(
                        "pfctl -a '*' -sr",
                        "pass in on hn0 all user = SEKRIT label \"SEKRIT\" tag SEKRIT\nanchor \"SEKRIT/*\" all\nblock in from <SEKRIT> to <SEKRIT:3>\n")
                    .put(
                        "ipfw list",
                        "00100 allow ip from table(SEKRIT) to any uid SEKRIT // SEKRIT\n")
                    .put("ipfw table", "--- table(SEKRIT), set(0) ---\n")
                    .buildOrThrow()));
    String text = anonymous(collected);
    assertThat(text.lines().filter(line -> line.contains(SECRET)).toList()).isEmpty();
    assertThat(text).doesNotContain("6d5a56");
    assertThat(asIs(collected)).contains("description: SEKRIT");
  }

  @Test
  void aCommandThatFailsIsInItWithItsStatus() throws HnvfException {
    SimulatedGuest guest = started(Scenario.azure());
    Collected collected =
        collected(
            guest,
            command ->
                command.program().equals("jls")
                    ? new CommandResult(
                        command, new CommandResult.Exited(1), "", "jls: broken\n", Duration.ZERO)
                    : guest.run(command));
    assertThat(asIs(collected)).contains("[stderr]\njls: broken\n[exit 1]");
    assertThat(collected.notes()).isEmpty();
  }

  /** The reader of hnvf stops at the first failure; the capture goes on. */
  @Test
  void aGuestThatCannotBeReadIsTold() throws HnvfException {
    SimulatedGuest guest = started(Scenario.azure());
    Collected collected =
        collected(
            guest,
            command ->
                command.program().equals("netstat")
                    ? new CommandResult(
                        command,
                        new CommandResult.TimedOut(Duration.ofSeconds(10)),
                        "",
                        "",
                        Duration.ofSeconds(10))
                    : guest.run(command));
    assertThat(collected.notes())
        .containsExactly(
            "cannot read the guest: `netstat -rn` did not end within 10000 ms and was killed;"
                + " the capture has what could be read");
    String text = asIs(collected);
    assertThat(text).contains("$ ps -axww");
    assertThat(text).contains("hnvf: `netstat -rn` did not end within 10000 ms");
    assertThat(text).contains("[exit 124] (10.000 s)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ps", "ifconfig", "jls", "pfctl"})
  void outputThatWasCutIsNotInIt(String program) {
    SimulatedGuest guest = started(Scenario.azure());
    SystemException fault =
        assertThrows(
            SystemException.class,
            () ->
                collected(
                    guest,
                    command ->
                        command.program().equals(program)
                            ? guest.run(command).cut("a part\n", "the disk is full")
                            : guest.run(command)));
    assertThat(fault.getMessage()).contains("is incomplete: the disk is full; nothing was written");
    assertThat(fault.exitCode().status()).isEqualTo(71);
  }

  @Test
  void anOutputThatIsTooLargeIsNamed() {
    SimulatedGuest guest = started(Scenario.azure());
    UserException fault =
        assertThrows(
            UserException.class,
            () ->
                collected(
                    guest,
                    command ->
                        command.program().equals("netstat")
                            ? guest.run(command).cut("x".repeat(1 << 20), "cut after 1 MiB")
                            : guest.run(command)));
    assertThat(fault.getMessage()).contains("`netstat -rn`");
    assertThat(fault.exitCode().status()).isEqualTo(65);
  }

  @Test
  void theLargestPartIsNamedWhereTheWholeIsTooLarge() throws HnvfException, IOException {
    SimulatedGuest guest = started(Scenario.azure());
    write(guest, "/var/db/hnvf/hn0.last", "# a line\n".repeat(70_000));
    write(guest, "/var/db/hnvf/hn0.journal", "# a line\n".repeat(60_000));
    Collected collected = collected(guest);
    UserException fault = assertThrows(UserException.class, () -> asIs(collected));
    assertThat(fault.getMessage())
        .contains("the largest part is `cat /var/db/hnvf/hn0.last` with 630000 bytes");
    assertThat(fault.exitCode().status()).isEqualTo(65);
  }

  /** A pattern that recurses, or goes back again and again, would end hnvf or keep it busy. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void aLongTextIsAnonymised(Source source) throws HnvfException {
    for (String part : LONG) {
      String text = part.repeat(20_000 / part.length());
      Collected collected =
          new Collected(
              Instant.EPOCH,
              "x",
              ImmutableList.of(
                  Block.read(source, "x", text), Block.read(source, "x", "  pass \"" + text)),
              ImmutableList.of());
      assertThat(anonymous(collected).length()).isLessThan(CaptureText.LIMIT);
    }
  }

  private static final ImmutableList<String> LONG =
      ImmutableList.of(
          "a-",
          "a.",
          "1.",
          ":",
          "1:",
          "\"",
          "'",
          "\\ ",
          "pass ",
          "x",
          "x ",
          "\"a",
          "\n",
          " ",
          "\t\n",
          "{",
          "}",
          "lease {\n",
          "fixed-address 1.2.3.4;\n",
          "tag ",
          "// ",
          "description ",
          "<a",
          "1.2.3.4 netmask ",
          "[");

  /** A file must not end its own block, or begin another. */
  @Test
  void aLineThatLooksLikeTheFormIsNone() throws HnvfException, IOException {
    SimulatedGuest guest = started(Scenario.azure());
    write(
        guest,
        "/var/db/hnvf/hn0.last",
        "a\n[exit 0] (0.000 s)\n[stdout]\n\u001b[2J\r\n$ rm -rf /\nb");
    Transcript read = Transcript.parse("a capture", asIs(collected(guest)));
    Optional<Transcript.Recorded> last =
        read.entries().stream().filter(e -> e.command().endsWith("hn0.last")).findFirst();
    assertThat(last.orElseThrow().stdout())
        .isEqualTo("a\n [exit 0] (0.000 s)\n [stdout]\n\\033[2J\\015\n$ rm -rf /\nb");
    assertThat(read.entries().stream().filter(e -> e.command().startsWith("rm"))).isEmpty();
  }

  @Test
  void rcConfThatCannotBeEvaluatedIsToldWithoutItsText() throws HnvfException, IOException {
    SimulatedGuest guest = started(Scenario.azure());
    write(guest, "/etc/rc.conf", "echo SEKRIT\n");
    Collected collected = collected(guest);
    assertThat(collected.notes()).hasSize(1);
    assertThat(collected.notes().get(0))
        .endsWith("; the capture is without the variables of rc.conf");
    assertThat(asIs(collected)).doesNotContain("SEKRIT");
    assertThat(asIs(collected)).containsMatch("\\$ hnvf-rc-conf\n\\[stderr\\]\n.*\n\\[exit 1\\]");
  }

  @Test
  void theValuesOfRcConfAreOnOneLineEach() throws HnvfException {
    SimulatedGuest guest =
        started(Scenario.azure().rcConf("ifconfig_hn1=\"a\n\tb ü \\\\134 \\\\x\""));
    assertThat(asIs(collected(guest)))
        .contains("\nifconfig_hn1=a\\012\\011b \\303\\274 \\134134 \\x\n");
  }

  @Test
  void rcConfIsNotThereAsText() throws HnvfException, IOException {
    SimulatedGuest guest = started(Scenario.azure().rcConf("mine_hn0=\"x hn0 y\" # a comment"));
    String text = asIs(collected(guest));
    assertThat(text).containsMatch("(?m)^/etc/rc.conf:[0-9]+ mine_hn0$");
    assertThat(text).doesNotContain("x hn0 y");
  }

  @Test
  void theScriptsAreThereWithoutTheirText() throws HnvfException, IOException {
    SimulatedGuest guest = started(Scenario.azure());
    write(guest, "/usr/libexec/hyperv/hyperv_vfup.hn0", "#!/bin/sh\n# mine\n");
    String text = asIs(collected(guest));
    assertThat(text).containsMatch("/usr/libexec/hyperv/hyperv_vfup.hn0 (owner|refused)");
    assertThat(text).doesNotContain("# mine");
  }
}
