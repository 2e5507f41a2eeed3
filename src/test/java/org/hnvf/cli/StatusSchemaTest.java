package org.hnvf.cli;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status --json} is as docs/status.schema.json says, which allows no other key. */
final class StatusSchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final JsonSchema schema;

  StatusSchemaTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    this.schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(JSON.readTree(Files.readString(Path.of("docs/status.schema.json"))));
  }

  private String hnvf(String words) {
    return new KeptGuest(directory).hnvf(words).out();
  }

  private JsonNode status(String words) throws IOException {
    JsonNode status = JSON.readTree(hnvf(words));
    assertWithMessage(status.toPrettyString()).that(schema.validate(status)).isEmpty();
    return status;
  }

  @Test
  void eachStateIsValid() throws IOException {
    String unused = hnvf("sim reset");
    assertThat(status("status --json").at("/pairs/0/state").asText()).isEqualTo("SYNTHETIC");
    unused = hnvf("sim plug hn0");
    assertThat(status("status --json --verbose").has("dependents")).isTrue();
    unused = hnvf("attach mlxen0");
    JsonNode used = status("status --json");
    assertThat(used.at("/pairs/0/state").asText()).isEqualTo("LAGG_VF");
    assertThat(used.at("/pairs/0/last/ending").asText()).isEqualTo("DONE");
    assertThat(used.at("/pairs/0/last/cutOffMillis").asLong()).isGreaterThan(0);
    assertThat(used.at("/pairs/0/vfCame").asInt()).isEqualTo(1);
    unused = hnvf("failover hn0 --for 15m");
    assertThat(status("status --json").at("/pairs/0/word/until").isTextual()).isTrue();
    unused = hnvf("release hn0");
    assertThat(status("status --json").at("/pairs/0/word/kind").asText()).isEqualTo("RELEASED");
    unused = hnvf("sim reset --kind transparent");
    assertThat(status("status --json").at("/transparent").asBoolean()).isTrue();
    unused = hnvf("sim reset --kind vlans");
    assertThat(status("status --json").at("/pairs/0/vlans").size()).isGreaterThan(0);
  }

  @Test
  void theOtherUsersAreShown() throws IOException {
    String unused = hnvf("sim reset");
    assertThat(hnvf("status")).doesNotContain("used by");
    unused = hnvf("sim run ifconfig bridge0 create");
    unused = hnvf("sim run ifconfig bridge0 addm hn0");
    unused = hnvf("sim run ifconfig hn0 group wan");
    assertThat(hnvf("status")).contains("  used by        bridge0, group wan\n");
    JsonNode users = status("status --json").at("/pairs/0/users");
    assertThat(users.get(0).asText()).isEqualTo("bridge0");
    assertThat(users.get(1).asText()).isEqualTo("group wan");
  }

  @Test
  void anUnknownKeyIsNotValid() throws IOException {
    String unused = hnvf("sim reset");
    ObjectNode status = (ObjectNode) status("status --json");
    ((ObjectNode) status.at("/pairs/0")).put("surprise", 1);
    assertThat(schema.validate(status)).isNotEmpty();
  }
}
