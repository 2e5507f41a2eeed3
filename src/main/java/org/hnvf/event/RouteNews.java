package org.hnvf.event;

import com.google.common.collect.ImmutableSet;
import org.hnvf.model.InterfaceName;

/**
 * What the kernel told of a change of its routes, addresses or interfaces. As an event of devd(8)
 * it is a hint to look, never a fact.
 *
 * @param names the interfaces that were named
 * @param defaultRoute whether it was about a default route
 * @param text what was told, for the log
 */
public record RouteNews(ImmutableSet<InterfaceName> names, boolean defaultRoute, String text) {}
