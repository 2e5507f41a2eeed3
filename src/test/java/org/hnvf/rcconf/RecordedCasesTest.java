package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What FreeBSD 15's own network.subr was seen to do, case by case. */
final class RecordedCasesTest {

  private final Path directory;

  RecordedCasesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @TestFactory
  Stream<DynamicTest> everyRecordedCase() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    cases()
        .forEach(
            recorded ->
                tests.add(
                    DynamicTest.dynamicTest(
                        recorded.get("name").asText(), () -> assertAsRecorded(recorded))));
    return tests.stream();
  }

  @Test
  void allCasesAreThere() throws IOException {
    assertThat(cases().size()).isEqualTo(110);
  }

  @Test
  void withoutADefaultsFileTheValuesAreThoseOfFreeBsd15() throws Exception {
    JsonNode defaults = json("rcconf-defaults.json");
    Path empty = Files.writeString(directory.resolve("empty.conf"), "");
    RcVariables variables = rcConf().evaluateFile(empty).variables();

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

  private void assertAsRecorded(JsonNode recorded)
      throws IOException, UserException, SystemException {
    Path file = directory.resolve(recorded.get("name").asText() + ".conf");
    Files.writeString(file, recorded.get("rcConf").asText());
    InterfaceName name = new InterfaceName(recorded.get("interface").asText());

    InterfaceConfig config = rcConf().evaluateFile(file).interfaceConfig(name);

    JsonNode jail = recorded.get("vnetJail");
    InterfaceConfig expected =
        new InterfaceConfig(
            name,
            recorded.get("dhcp").asBoolean(),
            recorded.get("syncDhcp").asBoolean(),
            recorded.get("auto").asBoolean(),
            recorded.get("acceptRtadv").asBoolean(),
            jail.isNull() ? Optional.empty() : Optional.of(jail.asText()),
            commands(recorded.get("commands")),
            config.warnings());
    assertThat(config).isEqualTo(expected);
    assertThat(config.warnings()).hasSize(recorded.get("warnings").asInt());
  }

  private RcConf rcConf() {
    return new RcConf(new ShRunner(), directory.toString(), Duration.ofSeconds(60));
  }

  private static ImmutableList<ImmutableList<String>> commands(JsonNode commands) {
    ImmutableList.Builder<ImmutableList<String>> all = ImmutableList.builder();
    for (JsonNode command : commands) {
      ImmutableList.Builder<String> words = ImmutableList.builder();
      command.forEach(word -> words.add(word.asText()));
      all.add(words.build());
    }
    return all.build();
  }

  private static JsonNode cases() throws IOException {
    return json("rcconf-cases.json");
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper()
        .readTree(
            Resources.toString(
                Resources.getResource(RecordedCasesTest.class, name), StandardCharsets.UTF_8));
  }
}
