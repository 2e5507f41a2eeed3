package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are evaluated, in what order, and what comes of them. */
final class RcConfTest {

  private final Path root;
  private final RcConfDirectory directory;

  RcConfTest(@TempDir Path root) {
    this.root = root;
    this.directory = new RcConfDirectory(root);
  }

  @Test
  void withoutAnyFileThereAreTheDefaults() throws Exception {
    RcVariables variables = directory.evaluate().variables();

    assertThat(variables.find("network_interfaces")).hasValue("auto");
    assertThat(variables.find("ifconfig_hn0")).isEmpty();
    assertThat(directory.evaluate().warnings()).isEmpty();
  }

  @Test
  void filesAreReadInTheOrderOfRc() throws Exception {
    directory.write("/etc/defaults/rc.conf", defaults("ifconfig_order=defaults\n"));
    String append = "ifconfig_order=\"$ifconfig_order %s\"\n";
    directory.write("/etc/rc.conf", append.formatted("conf"));
    directory.write("/etc/rc.conf.local", append.formatted("local"));
    directory.write("/etc/rc.conf.d/network", append.formatted("network"));
    directory.write("/usr/local/etc/rc.conf.d/network", append.formatted("local-network"));
    directory.write("/etc/rc.conf.d/netif/b", append.formatted("netif-b"));
    directory.write("/etc/rc.conf.d/netif/a", append.formatted("netif-a"));
    directory.write("/usr/local/etc/rc.conf.d/netif", append.formatted("local-netif"));
    directory.write("/etc/rc.conf.d/routing", append.formatted("routing"));
    directory.write("/usr/local/etc/rc.conf.d/dhclient", append.formatted("local-dhclient"));

    assertThat(directory.evaluate().variables().text("ifconfig_order"))
        .isEqualTo(
            "defaults conf local network local-network netif-a netif-b local-netif routing"
                + " local-dhclient");
  }

  @Test
  void theMachinesDefaultsReplaceOurs() throws Exception {
    directory.write("/etc/defaults/rc.conf", "rc_conf_files=/etc/rc.conf\nrtsol_flags=-x\n");
    directory.write("/etc/rc.conf", "ifconfig_hn0=DHCP\n");

    RcVariables variables = directory.evaluate().variables();

    assertThat(variables.find("rtsol_flags")).hasValue("-x");
    assertThat(variables.find("dhclient_program")).isEmpty();
    assertThat(variables.find("ifconfig_hn0")).hasValue("DHCP");
  }

  @Test
  void anRcConfMayNameFurtherFiles() throws Exception {
    directory.write(
        "/etc/rc.conf", "rc_conf_files=\"$rc_conf_files /etc/site.conf\"\nifconfig_n=1\n");
    directory.write("/etc/site.conf", "ifconfig_n=$((ifconfig_n + 1))\n");

    assertThat(directory.evaluate().variables().find("ifconfig_n")).hasValue("2");
  }

  @Test
  void emptyFilesAndFilesOfOtherServicesAreLeftOut() throws Exception {
    directory.write("/etc/rc.conf.d/netif", "");
    directory.write("/etc/rc.conf.d/sshd", "exit 3\n");
    Files.createDirectories(root.resolve("etc/rc.conf.d/network/nested"));

    assertThat(directory.evaluate().variables().find("network_interfaces")).hasValue("auto");
  }

  @Test
  void oneGivenFileIsReadInsteadOfAllOthers() throws Exception {
    directory.write("/etc/rc.conf", "ifconfig_hn0=DHCP\n");
    directory.write("/etc/rc.conf.d/netif", "ifconfig_hn1=DHCP\n");
    Path given = directory.write("/home/draft.conf", "ifconfig_hn2=\"$network_interfaces\"\n");

    RcVariables variables = directory.rcConf().evaluateFile(given).variables();

    assertThat(variables.find("ifconfig_hn0")).isEmpty();
    assertThat(variables.find("ifconfig_hn1")).isEmpty();
    assertThat(variables.find("ifconfig_hn2")).hasValue("auto");
  }

  @Test
  void shEvaluatesWhatRcConfDoes() throws Exception {
    RcVariables variables =
        directory
            .evaluate(
                """
                case $network_interfaces in
                auto) ifconfig_hn0="inet $(printf '10.0.0.%d' 4)/24" ;;
                esac
                net=10.7.0
                if [ -n "$net" ]; then ifconfig_hn1="inet ${net}.5/24"; fi
                for n in 0 1; do eval "ifconfig_hn1_alias$n=\\"inet $net.1$n/32\\""; done
                ifconfig_hn2=$(hn2() { echo "up"; }; hn2)
                unset rtsol_flags
                false
                """)
            .variables();

    assertThat(variables.find("ifconfig_hn0")).hasValue("inet 10.0.0.4/24");
    assertThat(variables.find("ifconfig_hn1")).hasValue("inet 10.7.0.5/24");
    assertThat(variables.find("ifconfig_hn1_alias1")).hasValue("inet 10.7.0.11/32");
    assertThat(variables.find("ifconfig_hn2")).hasValue("up");
    assertThat(variables.find("rtsol_flags")).isEmpty();
  }

  @Test
  void unsetAndEmptyAreNotTheSame() throws Exception {
    RcVariables variables = directory.evaluate("ifconfig_hn0=\n").variables();

    assertThat(variables.find("ifconfig_hn0")).hasValue("");
    assertThat(variables.find("ifconfig_hn1")).isEmpty();
  }

  @Test
  void valuesOfAnyKindComeThroughAsTheyAre() throws Exception {
    String value = "it's \"quoted\" \\n $HOME `x` 100% 'x'' \t äöü €\n\nset ifconfig_b 'no'\nend\n";
    directory.write("/value", value + ".");
    RcVariables variables =
        directory
            .evaluate(
                "ifconfig_a=$(cat " + root.resolve("value") + ")\nifconfig_a=${ifconfig_a%.}\n")
            .variables();

    assertThat(variables.text("ifconfig_a")).isEqualTo(value);
    assertThat(variables.find("ifconfig_b")).isEmpty();
  }

  @Test
  void aLineOfAValueIsNoVariable() throws Exception {
    RcVariables variables =
        directory
            .evaluate("ifconfig_a='x\nifconfig_b=forged\nifconfig_c=forged'\nifconfig_c=own\n")
            .variables();

    assertThat(variables.find("ifconfig_b")).isEmpty();
    assertThat(variables.find("ifconfig_c")).hasValue("own");
  }

  @Test
  void everyVariableIsThereWhereAValueRefersToOne() throws Exception {
    assertThat(directory.evaluate("mine=1\nifconfig_a='x'\n").variables().find("mine")).isEmpty();
    assertThat(directory.evaluate("mine=1\nifconfig_a='$mine'\n").variables().find("mine"))
        .hasValue("1");
  }

  @Test
  void whatAnRcConfDoesToTheShellDoesNotReachOurs() throws Exception {
    RcVariables variables =
        directory
            .evaluate(
                """
                alias printf='echo forged' case=if
                set -- a b c
                set -fu
                IFS=:
                ifconfig_hn0='a:b'
                return 0
                ifconfig_hn0=late
                """)
            .variables();

    assertThat(variables.find("ifconfig_hn0")).hasValue("a:b");
  }

  @Test
  void complaintsOfTheShellAreAWarning() throws Exception {
    EvaluatedRcConf evaluated =
        directory.evaluate("no-such-program-of-hnvf 1\nifconfig_hn0=DHCP\n");

    assertThat(evaluated.variables().find("ifconfig_hn0")).hasValue("DHCP");
    assertThat(evaluated.warnings()).hasSize(1);
    assertThat(evaluated.warnings().get(0)).contains("no-such-program-of-hnvf");
  }

  @Test
  void oneShellIsAskedAndNothingElse() throws Exception {
    List<Command> commands = new ArrayList<>();
    RcConf rcConf =
        new RcConf(
            command -> {
              commands.add(command);
              return new CommandResult(
                  command, new CommandResult.Exited(0), "end\n", "", Duration.ZERO);
            });

    rcConf.evaluate();

    assertThat(commands).hasSize(1);
    Command command = commands.get(0);
    assertThat(command.program()).isEqualTo("/bin/sh");
    assertThat(command.arguments()).hasSize(4);
    assertThat(command.arguments().get(0)).isEqualTo("-c");
    assertThat(command.arguments().get(2)).isEqualTo("hnvf-rcconf");
    assertThat(command.arguments().get(3)).isEmpty();
    assertThat(command.effect()).isEqualTo(Command.Effect.READS);
    assertThat(command.timeLimit()).isEqualTo(RcConf.DEFAULT_TIME_LIMIT);
  }

  @Test
  void noProgramIsRunByTheEvaluationItself() throws Exception {
    directory.write("/etc/rc.conf", "ifconfig_hn0='$a'\"'\"\nifconfig_hn1=DHCP\nPATH=/nowhere\n");

    EvaluatedRcConf evaluated = directory.evaluate();

    assertThat(evaluated.variables().find("ifconfig_hn1")).hasValue("DHCP");
    assertThat(evaluated.warnings()).isEmpty();
  }

  private static String defaults(String more) {
    return "rc_conf_files=\"/etc/rc.conf /etc/rc.conf.local\"\n"
        + "local_startup=/usr/local/etc/rc.d\n"
        + more;
  }
}
