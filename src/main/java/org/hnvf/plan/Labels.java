package org.hnvf.plan;

import com.google.common.collect.ImmutableList;
import java.util.Optional;
import org.hnvf.freebsd.Ifconfig;
import org.hnvf.model.Action;
import org.hnvf.model.InterfaceName;

/** What an administrator wrote on an interface moves with the rest. */
final class Labels {

  private Labels() {}

  /** Gives the interface its description, where there is one to give. */
  static void describe(Optional<String> description, InterfaceName name, StepList steps) {
    description.ifPresent(
        text ->
            steps.add(
                "description of " + name,
                ImmutableList.of(Action.Run.of(Ifconfig.description(name, text))),
                ImmutableList.of()));
  }
}
