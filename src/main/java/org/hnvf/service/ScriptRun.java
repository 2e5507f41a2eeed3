package org.hnvf.service;

import org.hnvf.model.PairStatus;

/**
 * A run of an override script that the operator requested.
 *
 * @param before the pair before it
 * @param report the result, with the pair after it
 */
public record ScriptRun(PairStatus before, Report report) {}
