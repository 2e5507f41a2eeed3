package org.hnvf.lab.replay;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The state of the guest that is not known, because an event is not simulated. */
final class Uncertainty {
  private final Set<Facet> certain = new HashSet<>();
  private boolean networkKnown = true;

  boolean isUncertain(Facet facet) {
    if (facet.subject().equals(Facet.NETWORK)) {
      return !networkKnown;
    }
    return !certain.contains(facet);
  }

  boolean anyUncertain(Collection<Facet> facets) {
    return facets.stream().anyMatch(this::isUncertain);
  }

  void known(Collection<Facet> facets) {
    certain.addAll(facets);
    networkKnown |= facets.contains(Facet.of(Facet.NETWORK));
  }

  /** Nothing is known any more. */
  void all() {
    certain.clear();
    networkKnown = false;
  }

  /** The guest is as it was, but not what is around it. */
  void network() {
    networkKnown = false;
  }

  void forget(Facet facet) {
    certain.remove(facet);
  }
}
