package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The effects of a line while it ran. */
final class Trace {

  /** The possible effect of a part of a line that is not simulated. */
  enum Effect {
    /** It only looks. */
    NONE,
    /** It changes what is around the guest. */
    NETWORK,
    /** It may change anything. */
    ANYTHING
  }

  private final List<String> outOfScope = new ArrayList<>();
  private Effect effect = Effect.NONE;
  private final Set<Facet> touched = new LinkedHashSet<>();
  private final Set<Facet> made = new LinkedHashSet<>();
  private final Set<Facet> forgotten = new LinkedHashSet<>();
  private final List<Display> displays = new ArrayList<>();

  /** An interface that was asked for, and of which family only; empty for all. */
  record Display(String name, String family) {}

  void outOfScope(String what, Effect itsEffect) {
    outOfScope.add(what);
    effect = itsEffect.compareTo(effect) > 0 ? itsEffect : effect;
  }

  void touches(Facet facet) {
    touched.add(facet);
  }

  /** Something begins to exist, and is known from then on. */
  void makes(Facet facet) {
    made.add(facet);
  }

  /** A file is written by what is not known. */
  void forgets(Facet facet) {
    forgotten.add(facet);
  }

  void displays(String name, String family) {
    displays.add(new Display(name, family));
  }

  /** The first part of the line that is out of scope. */
  Optional<String> reason() {
    return outOfScope.stream().findFirst();
  }

  Effect effect() {
    return effect;
  }

  Set<Facet> touched() {
    return touched;
  }

  Set<Facet> made() {
    return made;
  }

  Set<Facet> forgotten() {
    return forgotten;
  }

  ImmutableList<Display> displays() {
    return ImmutableList.copyOf(displays);
  }
}
