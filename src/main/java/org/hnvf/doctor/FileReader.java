package org.hnvf.doctor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hnvf.exec.DurableFiles;
import org.hnvf.exec.FileTimes;
import org.hnvf.exec.OwnDirectories;
import org.hnvf.model.SystemException;
import org.hnvf.service.Machine;

/** Reads the files that the checks need. */
final class FileReader {

  private final DurableFiles files;
  private final FileTimes times;
  private final Places places;
  private final Map<String, Fact<String>> texts = new LinkedHashMap<>();
  private final Map<String, Fact<FileTimes.Times>> seen = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  FileReader(Machine machine, Places places) {
    this.files = machine.files();
    this.times = new FileTimes(machine.root());
    this.places = places;
  }

  /**
   * Reads them.
   *
   * @param java finds the Java in the texts
   */
  FilesRead read(Function<FilesRead, Fact<String>> java) {
    Stream.of(
            ImmutableList.of(Places.LOADER, Places.DEVD, Places.PASSWD),
            Places.AGENT,
            ImmutableList.of(places.archiver()))
        .flatMap(ImmutableList::stream)
        .forEach(this::text);
    ImmutableList.of("/boot/loader.conf.d", "/etc/devd", "/usr/local/etc/devd")
        .forEach(this::textsIn);
    // loader(8) reads it last.
    text("/boot/loader.conf.local");
    if (!places.devdDirectory().equals("/usr/local/etc/devd")) {
      textsIn(places.devdDirectory());
    }
    Stream.of(
            ImmutableList.of(
                places.jar(),
                places.archive(),
                places.list(),
                places.devdRules(),
                Places.DEVD_PID,
                Places.DAEMON_PID,
                Places.KERNEL,
                Places.LAGG_MODULE),
            places.serviceConfs())
        .flatMap(ImmutableList::stream)
        .forEach(this::look);
    rootShell().ifPresent(this::look);
    ImmutableList.of(
            OwnDirectories.STATE, OwnDirectories.RUN, places.settingsDirectory(), places.settings())
        .forEach(this::requirePrivate);
    if (java.apply(all()) instanceof Fact.Known<String> found && found.value().startsWith("/")) {
      look(found.value());
    }
    return all();
  }

  private FilesRead all() {
    return new FilesRead(
        ImmutableMap.copyOf(texts), ImmutableMap.copyOf(seen), ImmutableMap.copyOf(refused));
  }

  private void textsIn(String directory) {
    try {
      files.list(directory).stream()
          .filter(name -> name.endsWith(".conf"))
          .forEach(name -> text(directory + "/" + name));
    } catch (SystemException e) {
      texts.put(directory + "/", new Fact.NotKnown<>(String.valueOf(e.getMessage())));
    }
  }

  private void text(String path) {
    try {
      files.read(path).ifPresent(text -> texts.put(path, new Fact.Known<>(text)));
    } catch (SystemException e) {
      texts.put(path, new Fact.NotKnown<>(String.valueOf(e.getMessage())));
    }
  }

  private void look(String path) {
    try {
      times.of(path).ifPresent(found -> seen.put(path, new Fact.Known<>(found)));
    } catch (SystemException e) {
      seen.put(path, new Fact.NotKnown<>(String.valueOf(e.getMessage())));
    }
  }

  private void requirePrivate(String path) {
    try {
      files.requirePrivate(path);
    } catch (SystemException e) {
      refused.put(path, String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> rootShell() {
    return texts.get(Places.PASSWD) instanceof Fact.Known<String> passwd
        ? Passwd.rootShell(passwd.value())
        : Optional.empty();
  }
}
