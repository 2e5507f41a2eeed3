package org.hnvf.guest;

import com.google.common.collect.ImmutableMap;
import org.hnvf.model.GuestState;

/**
 * An earlier snapshot in a form that can be checked by few commands.
 *
 * @param guest the snapshot
 * @param pidFiles the contents of the pid files of its DHCP clients, by interface, of running
 *     clients only
 */
public record Prepared(GuestState guest, ImmutableMap<String, String> pidFiles) {}
