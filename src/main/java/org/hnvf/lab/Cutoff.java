package org.hnvf.lab;

import java.time.Duration;

/**
 * For how long a packet from outside to an address was not answered during a transition.
 *
 * @param address the address
 * @param total all gaps together
 * @param longest the longest gap
 */
public record Cutoff(String address, Duration total, Duration longest) {}
