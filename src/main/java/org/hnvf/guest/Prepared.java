package org.hnvf.guest;

import com.google.common.collect.ImmutableMap;
import org.hnvf.model.GuestState;

/**
 * What a guest showed a while ago, in a form of which it can be said cheaply whether it still
 * holds.
 *
 * @param guest what it showed
 * @param pidFiles what the pid files of its DHCP clients held, by interface: just the clients that
 *     ran
 */
public record Prepared(GuestState guest, ImmutableMap<String, String> pidFiles) {}
