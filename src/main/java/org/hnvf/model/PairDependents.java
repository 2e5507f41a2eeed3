package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * The other users of a pair's hn, for display.
 *
 * @param hn the synthetic NIC
 * @param dependents the users, with the action of hnvf on each
 * @param warnings the warnings about rc.conf, or the reason why it could not be read
 */
public record PairDependents(
    InterfaceName hn, ImmutableList<Dependent> dependents, ImmutableList<String> warnings) {}
