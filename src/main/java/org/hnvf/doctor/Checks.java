package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Stream;

/** All checks, in the order of docs/doctor.md. */
final class Checks {

  static final ImmutableList<Check> ALL =
      Stream.of(
              ModeChecks.ALL,
              DevdChecks.ALL,
              ServiceChecks.ALL,
              JavaChecks.ALL,
              RcChecks.ALL,
              PairChecks.ALL,
              ImpostorChecks.ALL,
              DependentChecks.ALL,
              FileChecks.ALL,
              MachineChecks.ALL)
          .flatMap(List::stream)
          .collect(ImmutableList.toImmutableList());

  private Checks() {}
}
