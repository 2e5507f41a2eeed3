package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;

/** The packet filters, judged by {@link FirewallJudge}. */
final class FirewallOnHn {

  private FirewallOnHn() {}

  /**
   * Returns the rows. If the configuration is already on the lagg, they list the rules that still
   * name hn.
   */
  static Stream<Dependent> of(Subject s) {
    return FirewallJudge.of(s.guest(), s.hn(), s.lagg(), s.use().firewall()).stream()
        .map(
            row ->
                s.moves() || row.verdict() != Dependent.Verdict.REFUSE
                    ? row
                    : new Dependent(row.who(), Dependent.Verdict.TELL, row.reason(), row.remedy()));
  }
}
