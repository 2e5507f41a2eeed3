package org.hnvf.service;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.hnvf.model.HnUnit;
import org.hnvf.model.UnderWay;

/** The running workflows of this process, by pair; all orchestrators of the process share it. */
final class Works {

  private final Map<HnUnit, UnderWay> works = new ConcurrentHashMap<>();

  Optional<UnderWay> of(HnUnit unit) {
    return Optional.ofNullable(works.get(unit));
  }

  void is(HnUnit unit, UnderWay now) {
    works.put(unit, now);
  }

  void ended(HnUnit unit) {
    works.remove(unit);
  }
}
