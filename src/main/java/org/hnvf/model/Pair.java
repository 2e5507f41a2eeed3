package org.hnvf.model;

import java.util.Optional;

/**
 * A synthetic NIC with its VF and their lagg, if present.
 *
 * @param unit the unit, which identifies the pair
 * @param hn the synthetic NIC's present name
 * @param vf the VF's present name
 * @param lagg the lagg that has {@code hn} as a port
 */
public record Pair(
    HnUnit unit, InterfaceName hn, Optional<InterfaceName> vf, Optional<InterfaceName> lagg) {}
