package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * Who else uses the hn of a pair, to be shown.
 *
 * @param hn the synthetic NIC
 * @param dependents each of them, with what hnvf does about it
 * @param warnings what is odd in rc.conf, or why it could not be read
 */
public record PairDependents(
    InterfaceName hn, ImmutableList<Dependent> dependents, ImmutableList<String> warnings) {}
