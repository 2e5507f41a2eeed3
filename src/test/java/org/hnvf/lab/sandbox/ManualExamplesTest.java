package org.hnvf.lab.sandbox;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.cli.ProductGuests;
import org.hnvf.exec.ProcessRunner;
import org.hnvf.exec.SystemTimer;
import org.hnvf.lab.cli.LabVerbs;
import org.hnvf.lab.cli.SimulatedGuests;
import org.hnvf.model.Command;
import org.hnvf.model.CommandResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of EXAMPLES in the manual page, typed one after the other on a simulated guest, and
 * the answers that the page shows.
 */
final class ManualExamplesTest {

  /** They act on the running machine, or show a file; no sandbox has them. */
  private static final ImmutableSet<String> NOT_RUN =
      ImmutableSet.of("less", "service", "sysrc", "shutdown", "sed");

  private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();

  private final Path home;
  private final Path guest;

  ManualExamplesTest(@TempDir Path scratch) throws IOException {
    this.home = Files.createDirectory(scratch.toRealPath().resolve("home"));
    this.guest = scratch.toRealPath().resolve("guest");
  }

  /**
   * A command of the section.
   *
   * @param line the command
   * @param answer the lines of its output that the page shows
   */
  private record Example(String line, List<String> answer) {}

  /** Returns the commands of the section. In a block with prompts the other lines are answers. */
  private static ImmutableList<Example> examples() throws IOException {
    String page = Files.readString(Path.of("config/man/hnvf.8"));
    String section = page.substring(page.indexOf(".Sh EXAMPLES"), page.indexOf(".Sh DIAGNOSTICS"));
    ImmutableList.Builder<Example> examples = ImmutableList.builder();
    boolean literal = false;
    Optional<Example> prompted = Optional.empty();
    for (String line : section.lines().map(l -> l.replace("\\e", "\\")).toList()) {
      if (line.startsWith(".Dl ")) {
        examples.add(new Example(line.substring(4), new ArrayList<>()));
      } else if (literal && line.startsWith("# ")) {
        prompted = Optional.of(new Example(line.substring(2), new ArrayList<>()));
        examples.add(prompted.get());
      } else if (literal && prompted.isPresent() && !line.startsWith(".")) {
        prompted.get().answer().add(line);
      } else if (literal && !line.startsWith(".")) {
        examples.add(new Example(line, new ArrayList<>()));
      }
      if (line.startsWith(".Bd -literal")) {
        literal = true;
        prompted = Optional.empty();
      } else if (line.equals(".Ed")) {
        literal = false;
      }
    }
    return examples.build();
  }

  /** Returns the line for this machine: the guest's root is a directory here. */
  private String here(String line) {
    Path root = guest.resolve("root");
    return line.replace("/root/", home + "/")
        .replace(" /usr/local/", " " + root + "/usr/local/")
        .replace(">>/boot/", ">>" + root + "/boot/");
  }

  private void type(String line, List<String> answer) {
    List<String> words = WORDS.splitToList(line);
    if (words.get(0).equals("hnvf")) {
      List<String> arguments = new ArrayList<>(words.subList(1, words.size()));
      if (!line.contains(" override try ")) {
        arguments.add("--guest-bin=" + guest);
      }
      StringWriter said = new StringWriter();
      int status =
          LabVerbs.commandLine(
                  new PrintWriter(said),
                  new PrintWriter(said),
                  new SimulatedGuests(new ProductGuests(), home.resolve("nowhere")))
              .run(arguments);
      assertWithMessage("%s\n%s", line, said).that(status).isEqualTo(0);
      assertWithMessage(line)
          .that(said.toString().lines().toList())
          .containsAtLeastElementsIn(answer)
          .inOrder();
    } else if (!NOT_RUN.contains(words.get(0))) {
      CommandResult result =
          new ProcessRunner().run(Command.changing(Duration.ofMinutes(2), "/bin/sh", "-c", line));
      assertWithMessage(result.summary()).that(result.succeeded()).isTrue();
    }
  }

  @Test
  void eachCommandDoesWhatItIsFor() throws Exception {
    ImmutableList<Example> examples = examples();
    assertThat(examples.stream().filter(e -> e.line().startsWith("hnvf ")).count()).isAtLeast(10);
    assertThat(examples.stream().filter(e -> !e.answer().isEmpty()).count()).isAtLeast(4);
    try (Sandbox sandbox =
        Sandbox.open(
            guest,
            Optional.of("azure"),
            false,
            new SystemTimer(),
            new ProcessRunner(),
            complaint -> {})) {
      assertThat(sandbox.programs()).contains("ifconfig");
      Path root = guest.resolve("root");
      // Directories of the base system and of the installation.
      Files.createDirectories(root.resolve("boot"));
      Files.createDirectories(root.resolve("usr/local/libexec/hnvf"));
      Files.createDirectories(root.resolve("usr/local/etc/hnvf"));
      Path share = Files.createDirectories(root.resolve("usr/local/share/examples/hnvf"));
      Files.copy(Path.of("config/hyperv_vfup.sample"), share.resolve("hyperv_vfup.sample"));
      Files.copy(Path.of("config/hnvf/hnvf.json.sample"), home.resolve("hnvf.json"));
      type(guest.resolve("host") + " plug hn0", List.of());
      type("hnvf vf-up hn0", List.of());

      for (Example example : examples) {
        type(here(example.line()), example.answer());
      }

      assertThat(Files.readString(home.resolve("guest.capture"))).startsWith("# hnvf-capture 1\n");
      assertThat(Files.exists(root.resolve("usr/local/etc/hnvf/hnvf.json"))).isTrue();
      assertThat(Files.readString(root.resolve("boot/loader.conf")))
          .isEqualTo("hw.hn.vf_transparent=\"0\"\n");
    }
  }
}
