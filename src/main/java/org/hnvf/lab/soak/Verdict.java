package org.hnvf.lab.soak;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/**
 * The result of a case.
 *
 * @param story the events, if requested
 * @param violations the violations of the promises
 * @param counts how often each fault struck and each workflow ran
 * @param commands how many commands hnvf ran before the end of the faults
 * @param fileChanges how often it changed a file until then
 * @param scene more of it, if requested
 */
record Verdict(
    Case drawn,
    ImmutableList<String> story,
    ImmutableList<String> violations,
    ImmutableMap<String, Integer> counts,
    int commands,
    int fileChanges,
    Optional<Scene> scene) {}
