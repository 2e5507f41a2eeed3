package org.hnvf.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** The JSON mapper. Unknown keys are refused, and polymorphic data is never read. */
public final class Json {

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Prints plain data: records, maps, lists, strings, numbers. */
  public String print(Object data) {
    try {
      return mapper.writeValueAsString(data) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be shown as JSON: " + data.getClass(), e);
    }
  }

  /**
   * Reads plain data.
   *
   * @throws IllegalArgumentException if the text is not JSON of this shape
   */
  public <T> T read(String text, Class<T> type) {
    try {
      return mapper.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not the JSON of " + type.getSimpleName() + ": " + e.getOriginalMessage(), e);
    }
  }
}
