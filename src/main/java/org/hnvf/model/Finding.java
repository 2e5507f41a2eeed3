package org.hnvf.model;

import com.google.common.collect.ImmutableList;
import java.util.Optional;

/**
 * One finding of {@code hnvf doctor}.
 *
 * @param check the id of the check
 * @param severity how much it hurts
 * @param finding the fact
 * @param why why it matters
 * @param remedy the action of the administrator, where a command alone is not enough
 * @param commands the commands that fix it, in their order
 */
public record Finding(
    String check,
    Severity severity,
    String finding,
    String why,
    Optional<String> remedy,
    ImmutableList<String> commands) {}
