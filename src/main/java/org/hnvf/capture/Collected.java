package org.hnvf.capture;

import com.google.common.collect.ImmutableList;
import java.time.Instant;

/**
 * The unchanged result of a reading. It may contain secrets and is never printed: see {@link
 * CaptureText}.
 *
 * @param created the time of the reading
 * @param system the release and the architecture of the guest
 * @param blocks the commands and files in the order of their reading
 * @param notes what could not be read, for the operator
 */
public record Collected(
    Instant created, String system, ImmutableList<Block> blocks, ImmutableList<String> notes) {

  @Override
  public String toString() {
    return blocks.size() + " blocks";
  }
}
