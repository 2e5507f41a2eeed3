package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;

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

/** Cases of rc.conf with what FreeBSD makes of them, in the form of {@code rcconf-cases.json}. */
final class RcConfCases {

  private final Path directory;
  private final JsonNode cases;

  RcConfCases(String resource, Path directory) throws IOException {
    this.directory = directory;
    this.cases = json(resource);
  }

  int size() {
    return cases.size();
  }

  Stream<DynamicTest> tests() {
    List<DynamicTest> tests = new ArrayList<>();
    cases.forEach(
        one -> tests.add(DynamicTest.dynamicTest(one.get("name").asText(), () -> assertSame(one))));
    return tests.stream();
  }

  private void assertSame(JsonNode one) throws IOException, UserException, SystemException {
    Path file = directory.resolve(one.get("name").asText() + ".conf");
    Files.writeString(file, one.get("rcConf").asText());
    InterfaceName name = new InterfaceName(one.get("interface").asText());

    InterfaceConfig config = rcConf(directory).evaluateFile(file).interfaceConfig(name);

    JsonNode jail = one.get("vnetJail");
    InterfaceConfig expected =
        new InterfaceConfig(
            name,
            one.get("dhcp").asBoolean(),
            one.get("syncDhcp").asBoolean(),
            one.get("auto").asBoolean(),
            one.get("acceptRtadv").asBoolean(),
            jail.isNull() ? Optional.empty() : Optional.of(jail.asText()),
            commands(one.get("commands")),
            config.warnings());
    assertThat(config).isEqualTo(expected);
    assertThat(config.warnings()).hasSize(one.get("warnings").asInt());
  }

  static RcConf rcConf(Path directory) {
    return new RcConf(new ShRunner(), directory.toString(), Duration.ofMinutes(10));
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

  static JsonNode json(String name) throws IOException {
    return new ObjectMapper()
        .readTree(
            Resources.toString(
                Resources.getResource(RcConfCases.class, name), StandardCharsets.UTF_8));
  }
}
