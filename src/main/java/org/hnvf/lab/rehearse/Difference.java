package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;

/**
 * An answer of the copy that is not the captured one.
 *
 * @param command the command
 * @param what the interface or the table that it is about
 * @param decides whether the network configuration itself differs, so that nothing can be rehearsed
 * @param lines the differing lines: {@code -} captured, {@code +} of the copy
 */
record Difference(String command, String what, boolean decides, ImmutableList<String> lines) {}
