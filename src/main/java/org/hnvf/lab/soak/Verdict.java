package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * What became of a case.
 *
 * @param story what happened, where it was asked for
 * @param violations what is not as promised
 * @param counts how often each fault struck and each workflow ran
 * @param commands how many commands hnvf ran before it was left in peace
 * @param fileChanges how often it changed a file until then
 */
record Verdict(
    Case drawn,
    ImmutableList<String> story,
    ImmutableList<String> violations,
    ImmutableMap<String, Integer> counts,
    int commands,
    int fileChanges) {}
