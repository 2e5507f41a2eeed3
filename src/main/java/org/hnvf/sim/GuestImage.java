package org.hnvf.sim;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.hnvf.model.UserException;

/**
 * A simulated guest at one instant, but for its files: its kernel, its processes, its host, what is
 * still to come and what is still to go wrong. A tree of plain data, which Jackson writes and
 * reads.
 *
 * @param version of the form of {@code state}; 1
 * @param state the tree
 */
public record GuestImage(int version, JsonNode state) {
  private static final int VERSION = 1;

  static GuestImage of(SimState state) {
    return new GuestImage(VERSION, mapper().valueToTree(state));
  }

  SimState toState() throws UserException {
    if (version != VERSION) {
      throw UserException.badData(
          "the image of a simulated guest has version " + version + ", not " + VERSION);
    }
    try {
      return mapper().treeToValue(state, SimState.class);
    } catch (JsonProcessingException e) {
      throw UserException.badData("not the image of a simulated guest: " + e.getOriginalMessage());
    }
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder()
        .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
        .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
        .build();
  }
}
