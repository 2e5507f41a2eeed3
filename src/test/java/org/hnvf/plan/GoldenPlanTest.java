package org.hnvf.plan;

import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.freebsd.PsParser;
import org.hnvf.freebsd.PsParser.RunningProcess;
import org.hnvf.freebsd.RoutesParser;
import org.hnvf.freebsd.SysctlParser;
import org.hnvf.model.Fibs;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.GuestState;
import org.hnvf.model.HnUnit;
import org.hnvf.model.HnvfException;
import org.hnvf.model.Intent;
import org.hnvf.model.LeasedAddress;
import org.hnvf.model.Pair;
import org.hnvf.model.Plan;
import org.hnvf.model.Prefix;
import org.hnvf.model.Strategy;
import org.hnvf.rcconf.RcConf;
import org.hnvf.report.PlanView;
import org.hnvf.state.Pairs;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each directory of {@code src/test/resources/org/hnvf/plan} is a guest, as its programs show it,
 * and the plan that hnvf makes for it. With {@code -Dgolden.update=true} the plans are written
 * anew, to be read with {@code git diff}.
 */
final class GoldenPlanTest {

  @TestFactory
  Stream<DynamicTest> plans() throws IOException, URISyntaxException {
    List<Path> cases;
    try (Stream<Path> entries = Files.list(directory())) {
      cases = entries.filter(Files::isDirectory).sorted().toList();
    }
    assertWithMessage("cases").that(cases.size()).isEqualTo(25);
    return cases.stream()
        .map(path -> dynamicTest(path.getFileName().toString(), () -> check(path)));
  }

  private static Path directory() throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(GoldenPlanTest.class.getResource("/org/hnvf/plan")).toURI());
  }

  private static void check(Path path) throws IOException, HnvfException {
    String actual = Files.readString(path.resolve("README")) + "\n" + PlanView.text(plan(path));
    if (Boolean.getBoolean("golden.update")) {
      Path source =
          Path.of("src/test/resources/org/hnvf/plan").resolve(path.getFileName().toString());
      Files.writeString(source.resolve("plan.txt"), actual);
    }
    Path expected =
        Boolean.getBoolean("golden.update")
            ? Path.of("src/test/resources/org/hnvf/plan")
                .resolve(path.getFileName().toString())
                .resolve("plan.txt")
            : path.resolve("plan.txt");
    assertWithMessage("plan of %s", path.getFileName())
        .that(actual)
        .isEqualTo(Files.readString(expected));
  }

  private static Plan plan(Path path) throws IOException, HnvfException {
    GuestState guest = guest(path);
    GuestConfig rc =
        new RcConf(new ProcessRunner())
            .evaluateFile(path.resolve("rc.conf"))
            .guestConfig(new HnUnit(0).driverName());
    Pair pair = Pairs.find(guest, new HnUnit(0)).orElseThrow();
    Intent intent =
        switch (Files.readString(path.resolve("verb")).strip()) {
          case "vf-up" -> Intent.USE_LAGG;
          case "prepare" -> Intent.PREPARE;
          case "vf-down" -> Intent.TIDY;
          case "failover" -> Intent.HOLD_VF_DOWN;
          case "release" -> Intent.RELEASE;
          default -> throw new AssertionError("verb of " + path);
        };
    return new Planner(strategy(path)).plan(guest, pair, rc, intent);
  }

  private static Strategy strategy(Path path) {
    return Files.exists(path.resolve("before-vf-up")) ? Strategy.BEFORE_VF_UP : Strategy.ON_VF_UP;
  }

  private static GuestState guest(Path path) throws IOException {
    String sysctl = read(path, "sysctl");
    ImmutableList<RunningProcess> ps = PsParser.processes(read(path, "ps"));
    Path resolvers = path.resolve("resolvers");
    return new GuestState(
        SysctlParser.hyperV(sysctl),
        IfconfigParser.parse(read(path, "ifconfig")),
        RoutesParser.parse(read(path, "netstat")),
        PsParser.dhcpClients(ps),
        leases(path),
        Files.exists(resolvers)
            ? ImmutableSet.copyOf(
                Splitter.on('\n').omitEmptyStrings().split(Files.readString(resolvers)))
            : ImmutableSet.of(),
        PsParser.integrationDaemons(ps),
        PsParser.foreignClients(ps),
        SysctlParser.firewalls(sysctl),
        ImmutableSet.of(),
        SysctlParser.bootTime(sysctl),
        Fibs.ONE);
  }

  /** Lines of interface, address and router. */
  private static ImmutableMap<String, LeasedAddress> leases(Path path) throws IOException {
    Path file = path.resolve("leases");
    if (!Files.exists(file)) {
      return ImmutableMap.of();
    }
    return Files.readAllLines(file).stream()
        .map(line -> Splitter.on(' ').splitToList(line))
        .collect(
            ImmutableMap.toImmutableMap(
                words -> words.get(0),
                words -> new LeasedAddress(Prefix.of(words.get(1)), Optional.of(words.get(2)))));
  }

  private static String read(Path path, String name) throws IOException {
    return Files.readString(path.resolve(name));
  }
}
