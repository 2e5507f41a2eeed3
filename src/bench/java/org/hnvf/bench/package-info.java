/** Benchmarks of the parsers, the planner and a simulated failover on this machine, by JMH. */
@NullMarked
package org.hnvf.bench;

import org.jspecify.annotations.NullMarked;
