package org.hnvf.workflow;

import org.hnvf.model.GuestConfig;
import org.hnvf.model.Plan;
import org.hnvf.plan.Configuration;

/**
 * A plan that is about to run, and what is needed to rebuild the guest should its undo fail.
 *
 * @param plan the plan
 * @param rc what rc.conf says
 * @param before what belonged to the pair before the first step
 * @param laggStood whether the lagg was there before the first step
 */
public record Attempt(Plan plan, GuestConfig rc, Configuration before, boolean laggStood) {}
