/** What the parsers, the planner and a simulated failover cost on this machine, by JMH. */
@NullMarked
package org.hnvf.bench;

import org.jspecify.annotations.NullMarked;
