package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * A virtual host of carp(4) on hn, or on the lagg in its place. The password is not part of this
 * record: hnvf reads it from the first interface when it configures the second one.
 *
 * @param vhid its number
 * @param advbase how often it advertises, in seconds
 * @param advskew what is added to that, in 1/256 seconds
 * @param prefixes its IPv4 addresses
 */
public record CarpGroup(int vhid, int advbase, int advskew, ImmutableList<Prefix> prefixes) {}
