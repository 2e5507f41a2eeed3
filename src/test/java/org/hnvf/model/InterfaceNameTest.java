package org.hnvf.model;

import static com.google.common.truth.Truth.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Ordering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InterfaceNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "hn0",
        "mlxen0",
        "mce1",
        "mana0",
        "lagg10",
        "vlan0.5",
        "my_nic",
        "Uplink",
        "fifteen_chars_x"
      })
  void nameThatTheKernelMayGiveIsAccepted(String name) throws UserException {
    assertThat(InterfaceName.parse(name).value()).isEqualTo(name);
    assertThat(InterfaceName.of(name).map(InterfaceName::toString)).hasValue(name);
    assertThat(new InterfaceName(name).toString()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " hn0",
        "hn0 ",
        "hn0\n",
        "\nhn0",
        "hn0\0",
        "hn0\thn1",
        "0hn",
        "_hn0",
        ".hn0",
        "-a",
        "--help",
        "..",
        "../x",
        "hn0/../x",
        "hn0;touch$IFS/tmp/pwned",
        "hn0'x",
        "hn0\"x",
        "hn0`id`",
        "$(id)",
        "hn0|id",
        "hn0*",
        "hn0\\",
        "hn0:1",
        "hn-0",
        "hn0%x",
        "sixteen_chars_xx",
        "hné0",
        "hn０",
        "ｈn0",
        "hn0\u202e",
      })
  void everyOtherNameIsRefused(String name) {
    UserException fault = assertThrows(UserException.class, () -> InterfaceName.parse(name));

    assertThat(fault.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(fault).hasMessageThat().startsWith("not an interface name: \"");
    assertThat(fault).hasMessageThat().matches("[ -~]*");
    assertThat(InterfaceName.of(name)).isEmpty();
    assertThrows(IllegalArgumentException.class, () -> new InterfaceName(name));
  }

  @Test
  void hugeNameIsNotRepeatedAtFullLength() {
    String huge = "x".repeat(100_000);

    UserException fault = assertThrows(UserException.class, () -> InterfaceName.parse(huge));

    assertThat(fault).hasMessageThat().contains("\"" + "x".repeat(64) + "…\"");
    assertThat(fault).hasMessageThat().doesNotContain("x".repeat(65));
  }

  @ParameterizedTest
  @CsvSource({"hn0, 0", "hn7, 7", "hn10, 10", "hn999999999, 999999999"})
  void hnUnitIsTheNumberAfterHn(String name, int unit) {
    assertThat(new InterfaceName(name).hnUnit()).hasValue(new HnUnit(unit));
    assertThat(new HnUnit(unit).driverName()).isEqualTo(new InterfaceName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hn",
        "hn00",
        "hn01",
        "hnx",
        "hn0x",
        "hn0.5",
        "HN0",
        "xhn0",
        "lagg0",
        "hn9999999999"
      })
  void otherNamesHaveNoUnit(String name) {
    assertThat(new InterfaceName(name).hnUnit()).isEmpty();
  }

  @Test
  void namesAreOrderedAsText() {
    assertThat(
            Ordering.natural()
                .sortedCopy(
                    ImmutableList.of(
                        new InterfaceName("lagg0"),
                        new InterfaceName("hn1"),
                        new InterfaceName("hn0"))))
        .containsExactly(
            new InterfaceName("hn0"), new InterfaceName("hn1"), new InterfaceName("lagg0"))
        .inOrder();
  }
}
