package org.hnvf.override;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import org.hnvf.model.InterfaceName;

/**
 * Why a script is run; it finds this in its environment.
 *
 * @param hn the synthetic NIC ({@code HNVF_HN})
 * @param vf its VF, where there is one ({@code HNVF_VF}, else empty)
 * @param lagg its lagg, or the one that hnvf would make ({@code HNVF_LAGG}, else empty)
 * @param eventName what happened, as devd names it: {@code VF_UP} ({@code HNVF_EVENT})
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
