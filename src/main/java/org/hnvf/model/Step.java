package org.hnvf.model;

import com.google.common.collect.ImmutableList;

/**
 * One step of a plan.
 *
 * @param name its name for the administrator: {@code stop dhclient on hn0}
 * @param actions the actions, in order
 * @param undo the actions of its rollback, in order; they also roll back a step that ran in part
 * @param critical whether the guest cannot be reached while it runs
 */
public record Step(
    String name, ImmutableList<Action> actions, ImmutableList<Action> undo, boolean critical) {}
