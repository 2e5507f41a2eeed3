package org.hnvf.model;

import java.util.Optional;

/**
 * A synthetic NIC with its VF and their lagg, as far as they are there.
 *
 * @param unit what the pair is known by
 * @param hn the synthetic NIC's present name
 * @param vf the VF's present name
 * @param lagg the lagg that has {@code hn} as a port
 */
public record Pair(
    HnUnit unit, InterfaceName hn, Optional<InterfaceName> vf, Optional<InterfaceName> lagg) {}
