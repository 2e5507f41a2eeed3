package org.hnvf.settings;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableSet;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.net.InetAddresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hnvf.exec.NioDurableFiles;
import org.hnvf.model.ExitCode;
import org.hnvf.model.FirewallUse;
import org.hnvf.model.HnvfException;
import org.hnvf.model.LogFormat;
import org.hnvf.model.LogLevel;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.Reporting;
import org.hnvf.model.Setting;
import org.hnvf.model.Settings;
import org.hnvf.model.Strategy;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsFileTest {

  private static final String PATH = "/usr/local/etc/hnvf/hnvf.json";

  private final Path root =
      Jimfs.newFileSystem(
              Configuration.unix().toBuilder()
                  .setAttributeViews("basic", "owner", "posix", "unix")
                  .setWorkingDirectory("/")
                  .build())
          .getPath("/");
  private final Path directory = root.resolve("usr/local/etc/hnvf");
  private final Path place = directory.resolve("hnvf.json");
  private final SettingsFile file = SettingsFile.under("/usr/local", new NioDurableFiles(root));

  @BeforeEach
  void makeDirectory() throws IOException {
    Files.createDirectories(directory);
  }

  @Test
  void withoutAFileTheDefaultsHold() throws Exception {
    assertThat(file.read()).isEqualTo(new GivenSettings(Settings.DEFAULTS, ImmutableSet.of()));
  }

  @Test
  void everyKeyIsOptional() throws Exception {
    write("{}");
    assertThat(file.read().settings()).isEqualTo(Settings.DEFAULTS);
    write("{ \"look_every\": \"5m\" }");
    assertThat(file.read().settings().lookEvery()).isEqualTo(Duration.ofMinutes(5));
    assertThat(file.read().given()).containsExactly(Setting.LOOK_EVERY);
  }

  @Test
  void everyKeyIsRead() throws Exception {
    write(
        """
        { "hold_longest": "24h", "strategy": "before-vf-up", "look_every": "5s",
          "script_time_limit": "1h", "hook_time_limit": "2s", "hold_first": "1s", "log_level": "debug",
          "move": ["carp", "bridge"], "names_hn0": "refuse",
          "leave_off": ["10.0.2.60", "2001:db8::60"], "firewall": "ignore",
          "log_format": "json", "metrics_file": "/var/tmp/node_exporter/hnvf.prom" }
        """);
    assertThat(file.read().settings())
        .isEqualTo(
            new Settings(
                Strategy.BEFORE_VF_UP,
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofHours(24),
                LogLevel.DEBUG,
                new MovePolicy(
                    ImmutableSet.of(MovePolicy.Movable.CARP, MovePolicy.Movable.BRIDGE),
                    MovePolicy.NamesHn.REFUSE,
                    ImmutableSet.of(
                        InetAddresses.forString("10.0.2.60"),
                        InetAddresses.forString("2001:db8::60")),
                    FirewallUse.IGNORE),
                new Reporting(LogFormat.JSON, Optional.of("/var/tmp/node_exporter/hnvf.prom"))));
    assertThat(file.read().given()).containsExactlyElementsIn(Setting.values());
  }

  @Test
  void theSampleHasEveryKeyWithItsDefault() throws Exception {
    write(Files.readString(Path.of("config/hnvf/hnvf.json.sample")));
    assertThat(file.read().settings()).isEqualTo(Settings.DEFAULTS);
    assertThat(file.read().given()).containsExactlyElementsIn(Setting.values());
  }

  /** Each with the place of the mistake, and what would be right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"strategie\": \"on-vf-up\"} | line 1, column 2: unknown key \"strategie\"; the known keys are strategy",
        "{\"look_every\": \"1m\",@ \"look_every\": \"2m\"} | line 2, column 2: \"look_every\""
            + " is given twice",
        "{@\"look_every\": 60} | line 2, column 15: look_every: expected a time such as",
        "{\"look_every\": \"4s\"} | line 1, column 16: look_every: expected a time",
        "{\"look_every\": \"24h1s\"} | from 5s to 24h, found \"24h1s\"",
        "{\"script_time_limit\": \"2h\"} | from 1s to 1h, found \"2h\"",
        "{\"hook_time_limit\": \"2m\"} | from 1s to 1m, found \"2m\"",
        "{\"hook_time_limit\": \"0s\"} | from 1s to 1m, found \"0s\"",
        "{\"script_time_limit\": \"0s\"} | from 1s to 1h, found \"0s\"",
        "{\"hold_first\": \"25h\"} | from 1s to 24h, found \"25h\"",
        "{\"hold_longest\": \"25h\"} | from 1s to 24h, found \"25h\"",
        "{\"hold_first\": true} | found true or false",
        "{\"hold_first\": null} | found null",
        "{\"hold_first\": [\"1m\"]} | found a list",
        "{\"hold_first\": {}} | found an object",
        "{\"strategy\": \"later\"} | expected \"on-vf-up\" or \"before-vf-up\", found \"later\"",
        "{\"log_format\": \"xml\"} | expected \"text\" or \"json\", found \"xml\"",
        "{\"metrics_file\": \"hnvf.prom\"} | metrics_file: expected \"off\", or the absolute path",
        "{\"metrics_file\": \"/tmp/hnvf.txt\"} | found \"/tmp/hnvf.txt\"",
        "{\"metrics_file\": \"/tmp/../etc/x.prom\"} | found \"/tmp/../etc/x.prom\"",
        "{\"metrics_file\": \"/tmp/.prom\"} | found \"/tmp/.prom\"",
        "{\"metrics_file\": \"/tmp/a b.prom\"} | found \"/tmp/a b.prom\"",
        "{\"metrics_file\": true} | found true or false",
        "{\"log_level\": \"all\"} | expected \"info\" or \"debug\", found \"all\"",
        "{\"hold_first\": \"2h\"} | line 1, column 2: hold_longest is 1h, less than hold_first, 2h",
        "{\"hold_first\": \"2m\",@\"hold_longest\": \"1m\"} | line 2, column 1: hold_longest is 1m,"
            + " less",
        "{} {} | line 1, column 4: expected nothing after the object",
        "{}@x | line 2, column",
        "[] | line 1, column 1: expected an object",
        "`` | line 1, column 1: expected an object",
        "{\"hold_first\": \"1m\",} | line 1, column 21: no JSON",
        "{ // comment@} | line 1, column 3: no JSON",
        "{\"hold_first\": \"1m\" | no JSON: Unexpected end-of-input",
      })
  void whatIsRefusedIsShown(String text, String expected) throws IOException {
    write(text.replace('@', '\n'));
    UserException refused = assertThrows(UserException.class, file::read);
    assertThat(refused).hasMessageThat().startsWith(PATH + ", line ");
    assertThat(refused).hasMessageThat().contains(expected);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void whatOthersCouldHaveWrittenIsRefused() throws Exception {
    write("{}");
    permit(place, "rw-rw-r--");
    assertRefused("writable by others");
    permit(place, "rw-r--r--");
    permit(directory, "rwxrwxrwx");
    assertRefused("writable by others");
    permit(directory, "rwxr-xr-x");
    assertThat(file.read().settings()).isEqualTo(Settings.DEFAULTS);
    Files.setOwner(
        place, root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("eve"));
    assertRefused("is owned by eve");
    Files.delete(place);
    Files.createSymbolicLink(place, root.resolve("elsewhere"));
    assertRefused("symbolic link");
  }

  @Test
  void aDraftMayBeAnybodys() throws Exception {
    write("{}");
    permit(place, "rw-rw-rw-");
    assertThat(file.readAnybodys().settings()).isEqualTo(Settings.DEFAULTS);
  }

  @Test
  void onAMistakeWhatWasInForceStaysAndIsTold() throws Exception {
    List<String> log = new ArrayList<>();
    Settings before = Settings.DEFAULTS.with(Strategy.BEFORE_VF_UP);
    write("{\"look_every\": 1}");
    assertThat(file.readOr(before, log::add)).isEqualTo(before);
    assertThat(log).hasSize(1);
    assertThat(log.get(0)).contains("line 1, column 16: look_every");
    assertThat(log.get(0)).endsWith("the file is not used, the previous settings stay in force");
    assertThat(file.readOr(Settings.DEFAULTS, log::add)).isEqualTo(Settings.DEFAULTS);
    assertThat(log.get(1)).endsWith("the file is not used, the defaults apply");
    write("{\"look_every\": \"5m\"}");
    assertThat(file.readOr(before, log::add).lookEvery()).isEqualTo(Duration.ofMinutes(5));
    assertThat(log).hasSize(2);
  }

  private void assertRefused(String why) {
    HnvfException refused = assertThrows(HnvfException.class, file::read);
    assertThat(refused).hasMessageThat().contains(why);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  private void write(String text) throws IOException {
    Files.deleteIfExists(place);
    Files.writeString(place, text);
    permit(place, "rw-r--r--");
    permit(directory, "rwxr-xr-x");
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
