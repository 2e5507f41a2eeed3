package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * One step of a plan.
 *
 * @param name what it does, for a person: {@code stop dhclient on hn0}
 * @param actions what is done, in order
 * @param undo what takes it back, in order, whether it was done whole or in part
 * @param critical whether the guest cannot be reached while it runs
 */
public record Step(
    String name, ImmutableList<Action> actions, ImmutableList<Action> undo, boolean critical) {}
