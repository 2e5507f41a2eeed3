package org.hnvf.lab.replay;

import java.time.Duration;

/**
 * The longest gap that one probe from outside saw.
 *
 * @param recorded as it was recorded
 * @param simulated as the simulation has it
 */
public record CutOff(Duration recorded, Duration simulated) {}
