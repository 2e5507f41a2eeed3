package org.hnvf.sim;

import java.time.Instant;
import org.hnvf.model.CommandResult;

/**
 * A command that the guest was given.
 *
 * @param number its number since the guest was started, from 0
 * @param started when, in virtual time
 * @param result the command and what came of it
 */
public record HistoryEntry(int number, Instant started, CommandResult result) {}
