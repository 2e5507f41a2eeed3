package org.hnvf.event;

import com.google.common.collect.ImmutableSet;
import org.hnvf.model.InterfaceName;

/**
 * A kernel message about a change of routes, addresses or interfaces. Like an event of devd(8), it
 * only triggers a reconciliation.
 *
 * @param names the interfaces in the message
 * @param defaultRoute whether a default route changed
 * @param text the message, for the log
 */
public record RouteNews(ImmutableSet<InterfaceName> names, boolean defaultRoute, String text) {}
