package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sysctl(8) values of hn(4).
 *
 * @param transparent {@code hw.hn.vf_transparent}: whether the kernel does the failover itself;
 *     absent on an old kernel, which means 0
 * @param vfList {@code hw.hn.vflist}; absent if the kernel does not have it; hnvf can then do
 *     nothing
 * @param vfMap {@code hw.hn.vfmap}, VF to its hn; empty where it is missing
 * @param devices {@code dev.hn.N}
 */
public record HyperV(
    Optional<Boolean> transparent,
    Optional<ImmutableList<String>> vfList,
    ImmutableMap<String, String> vfMap,
    ImmutableMap<HnUnit, Device> devices) {

  /**
   * One {@code dev.hn.N}.
   *
   * @param vf the attached VF
   * @param rxVf the VF that now carries the data path, in either mode
   */
  public record Device(Optional<String> vf, Optional<String> rxVf) {}

  /** Returns the unit whose {@code dev.hn.N.vf} has this name; empty if there is none. */
  public Optional<HnUnit> unitOfVf(InterfaceName vf) {
    return devices.entrySet().stream()
        .filter(device -> device.getValue().vf().filter(vf.value()::equals).isPresent())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Returns whether this is a VF of a unit whose data path is still on hn. */
  public boolean isBeforeSwitch(InterfaceName vf) {
    return unitOfVf(vf).map(devices::get).filter(device -> device.rxVf().isEmpty()).isPresent();
  }

  /** Whether this is the name of a VF. */
  public boolean hasVf(InterfaceName name) {
    return vfMap.containsKey(name.value()) || unitOfVf(name).isPresent();
  }

  /** Whether the kernel does the failover by itself. */
  public boolean isTransparent() {
    return transparent.orElse(false);
  }
}
