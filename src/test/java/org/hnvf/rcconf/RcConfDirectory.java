package org.hnvf.rcconf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hnvf.model.GuestConfig;
import org.hnvf.model.InterfaceConfig;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.SystemException;
import org.hnvf.model.UserException;

/** A root directory with rc.conf files in it. */
final class RcConfDirectory {

  private static final InterfaceName HN0 = new InterfaceName("hn0");

  private final Path root;

  RcConfDirectory(Path root) {
    this.root = root;
  }

  /** Writes a file, {@code path} as on the machine. */
  Path write(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  RcConf rcConf() {
    return rcConf(Duration.ofMinutes(10));
  }

  RcConf rcConf(Duration limit) {
    return new RcConf(new ShRunner(), root.toString(), limit);
  }

  EvaluatedRcConf evaluate() throws UserException, SystemException {
    return rcConf().evaluate();
  }

  EvaluatedRcConf evaluate(String rcConf) throws IOException, UserException, SystemException {
    write("/etc/rc.conf", rcConf);
    return evaluate();
  }

  /** Returns the configuration of hn0 in an rc.conf of this text. */
  InterfaceConfig hn0(String rcConf) throws IOException, UserException, SystemException {
    return evaluate(rcConf).interfaceConfig(HN0);
  }

  /** Returns the configuration of hn0's pair in an rc.conf of this text. */
  GuestConfig guest(String rcConf) throws IOException, UserException, SystemException {
    return evaluate(rcConf).guestConfig(HN0);
  }
}
