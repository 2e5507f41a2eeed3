package org.hnvf.override;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.model.InterfaceName;

/**
 * The occasion of a script, which it finds in its environment.
 *
 * @param hn the synthetic NIC ({@code HNVF_HN})
 * @param vf its VF, if there is one ({@code HNVF_VF}, else empty)
 * @param lagg its lagg, or the one that hnvf would create ({@code HNVF_LAGG}, else empty)
 * @param eventName the event, as devd names it: {@code VF_UP} ({@code HNVF_EVENT})
 */
public record OverrideOccasion(
    InterfaceName hn, Optional<InterfaceName> vf, Optional<InterfaceName> lagg, String eventName) {

  ImmutableMap<String, String> environment() {
    return ImmutableMap.of(
        "HNVF_HN", hn.value(),
        "HNVF_VF", vf.map(InterfaceName::value).orElse(""),
        "HNVF_LAGG", lagg.map(InterfaceName::value).orElse(""),
        "HNVF_EVENT", eventName);
  }
}
