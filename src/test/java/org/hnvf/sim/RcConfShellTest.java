package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;

final class RcConfShellTest {
  private final List<Command> started = new ArrayList<>();

  /** Stands for sh: says where it was sent, and what the file there holds. */
  private CommandResult machine(Command command) {
    started.add(command);
    String root = command.arguments().get(3);
    try {
      String rcConf = Files.readString(Path.of(root, "etc/rc.conf"));
      String local = Files.readString(Path.of(root, "usr/local/etc/rc.conf.d/netif"));
      return new CommandResult(
          command,
          new CommandResult.Exited(2),
          rcConf + local,
          root + "/etc/rc.conf: 3: syntax error\n",
          Duration.ofMillis(3));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Command evaluation(String more) {
    return Command.reading(
        Duration.ofSeconds(9), "/bin/sh", "-c", "script", "hnvf-rcconf", "", more);
  }

  @Test
  void runsOnACopyAndRemembers() throws IOException {
    SimulatedGuest guest = Scenario.azure().shell(new RcConfShell(this::machine)).start();
    Path netif = guest.root().resolve("usr/local/etc/rc.conf.d/netif");
    Files.createDirectories(netif.getParent());
    Files.writeString(netif, "x=1\n");

    CommandResult first = guest.run(evaluation("hn0"));
    assertThat(first.stdout()).isEqualTo("ifconfig_hn0=\"SYNCDHCP\"\nx=1\n");
    assertThat(first.stderr()).isEqualTo("/etc/rc.conf: 3: syntax error\n");
    assertThat(first.ending()).isEqualTo(new CommandResult.Exited(2));
    assertThat(first.elapsed()).isEqualTo(Duration.ofMillis(55));
    assertThat(started.get(0).arguments().get(4)).isEqualTo("hn0");
    assertThat(Files.exists(Path.of(started.get(0).arguments().get(3)))).isFalse();

    CommandResult again = guest.run(evaluation("hn0"));
    assertThat(again.stdout()).isEqualTo(first.stdout());
    assertThat(started).hasSize(1);
    Files.writeString(netif, "x=2\n");
    assertThat(guest.run(evaluation("hn0")).stdout()).endsWith("x=2\n");
    guest.run(evaluation("hn1"));
    assertThat(started).hasSize(3);
  }
}
