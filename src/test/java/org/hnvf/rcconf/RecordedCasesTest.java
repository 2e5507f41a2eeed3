package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The recorded results of FreeBSD 15's own network.subr, case by case. */
final class RecordedCasesTest {

  private final Path directory;

  RecordedCasesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @TestFactory
  Stream<DynamicTest> everyRecordedCase() throws IOException {
    return recorded().tests();
  }

  @Test
  void allCasesAreThere() throws IOException {
    assertThat(recorded().size()).isEqualTo(110);
  }

  @Test
  void withoutADefaultsFileTheValuesAreThoseOfFreeBsd15() throws Exception {
    JsonNode defaults = RcConfCases.json("rcconf-defaults.json");
    Path empty = Files.writeString(directory.resolve("empty.conf"), "");
    RcVariables variables = RcConfCases.rcConf(directory).evaluateFile(empty).variables();

    defaults
        .properties()
        .forEach(
            entry ->
                assertWithMessage(entry.getKey())
                    .that(variables.find(entry.getKey()))
                    .isEqualTo(
                        entry.getValue().isNull()
                            ? Optional.empty()
                            : Optional.of(entry.getValue().asText())));
  }

  private RcConfCases recorded() throws IOException {
    return new RcConfCases("rcconf-cases.json", directory);
  }
}
