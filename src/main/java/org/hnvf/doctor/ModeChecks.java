package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hnvf.freebsd.LoaderConf;
import org.hnvf.model.Severity;

/** The mode of hn(4), now and after the next boot. */
final class ModeChecks {

  private static final String TUNABLE = "hw.hn.vf_transparent";

  static final ImmutableList<Check> ALL =
      ImmutableList.of(
          new Check(
              "mode-at-boot",
              Severity.WARNING,
              "the files of loader(8) select another mode of hn(4) than the kernel has now",
              "After the next boot the VF is used in another way, or not at all.",
              "`echo 'hw.hn.vf_transparent=\"0\"' >>/boot/loader.conf`, or a boot",
              ModeChecks::atBoot),
          new Check(
              "vflist",
              Severity.FAULT,
              "the kernel is in non-transparent mode and has no `hw.hn.vflist`",
              "hn(4) does not tell which VF belongs to which hn, so hnvf can do nothing.",
              "`freebsd-update fetch install`",
              ModeChecks::vfList));

  private ModeChecks() {}

  private static Stream<Found> atBoot(GuestFacts facts) throws NotKnownException {
    Optional<Boolean> now = facts.guest().get().hyperV().transparent();
    if (now.isEmpty()) {
      return Stream.empty();
    }
    Optional<String> set = Optional.empty();
    boolean any = false;
    for (Map.Entry<String, Fact<String>> file : facts.files().texts().entrySet()) {
      if (file.getKey().startsWith("/boot/loader.conf")) {
        any = true;
        Optional<String> before = set;
        set = LoaderConf.value(file.getValue().get(), TUNABLE).or(() -> before);
      }
    }
    if (!any) {
      throw new NotKnownException("there is no file " + Places.LOADER);
    }
    if (set.isEmpty()) {
      return now.get()
          ? Stream.empty()
          : Stream.of(
              Found.of(
                  TUNABLE
                      + " is 0 now, and no file of loader(8) sets it: the next boot selects"
                      + " transparent mode.",
                  "echo '" + TUNABLE + "=\"0\"' >>" + Places.LOADER));
    }
    boolean next = !set.get().equals("0");
    return next == now.get()
        ? Stream.empty()
        : Stream.of(
            Found.of(
                    TUNABLE
                        + " is "
                        + (now.get() ? 1 : 0)
                        + " now, and the files of loader(8) set it to "
                        + set.get()
                        + ".",
                    "shutdown -r now")
                .remedy("Boot, or change the line in " + Places.LOADER + "."));
  }

  private static Stream<Found> vfList(GuestFacts facts) throws NotKnownException {
    return facts.isTransparent()
            || facts.guest().get().hyperV().vfList().isPresent()
            || facts.pairs().get().isEmpty()
        ? Stream.empty()
        : Stream.of(
            Found.of("The sysctl hw.hn.vflist is missing.", "freebsd-update fetch install")
                .remedy("Update FreeBSD, or use transparent mode."));
  }
}
