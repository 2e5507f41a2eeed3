/**
 * Shows the orchestrator at work on a simulated guest: the demo, and a guest kept between calls.
 *
 * <p>May use {@code service}, {@code sim}, {@code report} and what they use.
 */
@NullMarked
package org.hnvf.lab;

import org.jspecify.annotations.NullMarked;
