package org.hnvf.lab;

import com.google.common.collect.ImmutableList;
import java.time.Instant;
import org.hnvf.model.PairState;

/**
 * One thing that happened to a pair, and what it cost.
 *
 * @param name what happened
 * @param began when it began, in virtual time
 * @param ended when nothing was left to do
 * @param state the state that the pair came to
 * @param commands how many commands hnvf ran, reads and changes
 * @param changes how many of them changed the guest
 * @param cutoffs the cut-off of each address
 */
public record Transition(
    String name,
    Instant began,
    Instant ended,
    PairState state,
    int commands,
    int changes,
    ImmutableList<Cutoff> cutoffs) {}
