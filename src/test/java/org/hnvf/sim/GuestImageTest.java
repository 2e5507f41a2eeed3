package org.hnvf.sim;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hnvf.model.ExitCode;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuestImageTest {

  private static final RcConfShell NO_SHELL =
      new RcConfShell(
          command -> {
            throw new AssertionError("no process is started here: " + command);
          });

  /** The first half of a story: much is in the air when it ends. */
  private static SimulatedGuest halfway(Path root) {
    SimulatedGuest guest = Scenario.azure().slaac().seed(7).root(root).start();
    guest.host().plug(Guests.HN0);
    Guests.run(guest, "ifconfig lagg0 create laggproto failover laggport hn0 10.0.2.15/24 up");
    Guests.run(guest, "ifconfig lagg0 inet6 -ifdisabled accept_rtadv");
    Guests.run(guest, "ifconfig lagg0 laggport mlxen0");
    Guests.run(guest, "dhclient -b lagg0");
    guest.host().after(Duration.ofMillis(2500), HostAction.unplug(Guests.HN0));
    guest.host().after(Duration.ofSeconds(9), HostAction.dhcp(Guests.HN0, DhcpServer.silent()));
    guest.faults().failNext(CommandPattern.program("route"), 1, "route: broken\n");
    return guest;
  }

  private static List<String> secondHalf(SimulatedGuest guest) {
    List<String> said = new ArrayList<>();
    for (String line :
        List.of(
            "ifconfig mlxen0 up",
            "ifconfig hn0 inet 10.0.2.15 -alias",
            "route -q add default 10.0.2.2",
            "route -q add default 10.0.2.2",
            "ifconfig -a",
            "ping -c3 -t3 10.0.2.2",
            "netstat -rn",
            "ps -axww -o pid= -o ruid= -o jid= -o command=",
            "dhclient hn0",
            "ifconfig -a")) {
      said.add(Guests.run(guest, line).toString());
    }
    guest.drainEvents().forEach(e -> said.add(e.toString()));
    said.add(
        guest
            .reachability()
            .outages(Guests.LEASED, guest.timer().now().minusSeconds(100), guest.timer().now())
            .toString());
    return said;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }

  @Test
  void goesOnAsIfNothingHadHappened(@TempDir Path one, @TempDir Path other)
      throws IOException, UserException {
    SimulatedGuest guest = halfway(one);
    ObjectMapper mapper = new ObjectMapper();
    String saved = mapper.writeValueAsString(guest.image());
    copy(one, other);
    List<String> goneOn = secondHalf(guest);
    SimulatedGuest restored =
        SimulatedGuest.restore(mapper.readValue(saved, GuestImage.class), other, NO_SHELL);
    assertThat(secondHalf(restored)).isEqualTo(goneOn);
    assertThat(mapper.writeValueAsString(restored.image()))
        .isEqualTo(mapper.writeValueAsString(guest.image()));
  }

  @Test
  void theSameSeedMakesTheSameStory(@TempDir Path one, @TempDir Path other) {
    assertThat(secondHalf(halfway(one))).isEqualTo(secondHalf(halfway(other)));
  }

  @Test
  void refusesWhatIsNoImage(@TempDir Path root) throws JsonProcessingException {
    GuestImage wrong = new GuestImage(1, new ObjectMapper().readTree("{\"ifaces\": 3}"));
    UserException e =
        assertThrows(UserException.class, () -> SimulatedGuest.restore(wrong, root, NO_SHELL));
    assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    GuestImage newer = new GuestImage(99, JsonNodeFactory.instance.objectNode());
    assertThat(
            assertThrows(UserException.class, () -> SimulatedGuest.restore(newer, root, NO_SHELL))
                .getMessage())
        .contains("version 99");
  }
}
