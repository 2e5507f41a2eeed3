package org.hnvf.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A run of an override script in the history.
 *
 * @param began when it began
 * @param took its duration
 * @param path the path of the script
 * @param failure how it failed; empty if it succeeded
 */
public record PastScript(Instant began, Duration took, String path, Optional<String> failure) {}
