package org.hnvf.rcconf;

import static com.google.common.truth.Truth.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Corners that no recorded case shows, checked against the functions of network.subr and rc.subr
 * under a shell with commands that only tell their arguments. These are ours; where a recording
 * says otherwise, it is right.
 */
final class NetworkSubrCasesTest {

  private final RcConfCases cases;

  NetworkSubrCasesTest(@TempDir Path directory) throws IOException {
    this.cases = new RcConfCases("network-subr-cases.json", directory);
  }

  @TestFactory
  Stream<DynamicTest> everyCornerIsAsNetworkSubrHasIt() {
    return cases.tests();
  }

  @Test
  void allCasesAreThere() {
    assertThat(cases.size()).isEqualTo(64);
  }
}
