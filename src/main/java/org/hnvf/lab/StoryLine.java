package org.hnvf.lab;

import java.time.Duration;

/**
 * One line of a story, as it happens.
 *
 * @param at virtual time since the story began
 * @param who {@code host}, {@code devd}, {@code hnvf} or {@code admin}
 * @param text what happened
 */
public record StoryLine(Duration at, String who, String text) {}
