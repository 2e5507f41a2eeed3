package org.hnvf.pairconfig;

import java.util.stream.Stream;
import org.hnvf.model.Dependent;
import org.hnvf.model.MovePolicy;
import org.hnvf.model.OtherUse;

/**
 * Files that name hn. A program that reads them would use an interface without addresses, which
 * receives nothing.
 */
final class FilesNamingHn {

  private FilesNamingHn() {}

  static Stream<Dependent> of(Subject s) {
    return Stream.concat(
        s.use().mentions().stream().map(mention -> of(s, mention)),
        s.use().unread().stream().map(what -> Dependent.told("not seen", what)));
  }

  private static Dependent of(Subject s, OtherUse.Mention mention) {
    String what =
        mention.line() == 0
            ? "is used for " + s.hn() + ", not for the lagg"
            : "names " + s.hn() + ": \"" + mention.text() + "\"";
    String remedy = "change it to name the lagg, or both";
    return s.moves() && s.policy().namesHn() == MovePolicy.NamesHn.REFUSE
        ? Dependent.refused(
            mention.place(),
            mention.place() + " " + what + ", and names_hn0 is refuse",
            remedy + ", or set names_hn0 to \"tell\" in hnvf.json")
        : Dependent.told(
            mention.place(),
            what + "; after the move the addresses and the traffic are on the lagg",
            remedy);
  }
}
