package org.hnvf.lab.rehearse;

import com.google.common.collect.ImmutableList;
import org.hnvf.lab.soak.Stranding;

/**
 * A stranding on the smallest guest that was found.
 *
 * @param stranding the story on that guest
 * @param leftOut the parts of the capture that it does not need
 * @param needed the parts without which the guest is not stranded, or cannot be built
 * @param tried how many smaller guests were tried
 * @param whole whether all were tried before the time was over
 */
public record Shrunk(
    Stranding stranding,
    ImmutableList<String> leftOut,
    ImmutableList<String> needed,
    int tried,
    boolean whole) {}
