package org.hnvf.it;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hnvf.it.Scripts.Ended;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The locale of the caller changes nothing. */
final class LocaleIT {

  private final Path directory;
  private final Scripts scripts;

  LocaleIT(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.scripts = new Scripts(directory.resolve("rig"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "C", "POSIX", "xx_YY.UTF-8", "de_DE.ISO8859-1"})
  void argumentsAndFileNamesArriveAsTheyAre(String locale) throws Exception {
    Path guest = directory.resolve("gäste");
    Ended ended = sysctl(locale, guest);
    assertThat(ended.err()).isEqualTo("sysctl: unknown oid 'größe.ß'\n");
    assertThat(ended.status()).isEqualTo(1);
    assertWithMessage("%s, by the bytes", guest).that(Files.isDirectory(guest)).isTrue();
  }

  private Ended sysctl(String locale, Path guest) throws Exception {
    return scripts.run(
        ImmutableMap.of("LC_ALL", locale, "JAVA_HOME", System.getProperty("java.home")),
        ImmutableList.of(
            Scripts.BASE.resolve("scripts/hnvf").toString(),
            "sim",
            "run",
            "--sim=" + guest,
            "--",
            "sysctl",
            "größe.ß"));
  }
}
