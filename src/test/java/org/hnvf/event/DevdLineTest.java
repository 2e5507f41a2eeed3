package org.hnvf.event;

import static com.google.common.truth.Truth.assertThat;
import static com.google.common.truth.Truth.assertWithMessage;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.hnvf.event.DevdEvent.DeviceCreated;
import org.hnvf.event.DevdEvent.DeviceDestroyed;
import org.hnvf.event.DevdEvent.IfAttach;
import org.hnvf.event.DevdEvent.IfDetach;
import org.hnvf.event.DevdEvent.LinkDown;
import org.hnvf.event.DevdEvent.LinkUp;
import org.hnvf.event.DevdEvent.Other;
import org.hnvf.event.DevdEvent.Renamed;
import org.hnvf.event.DevdEvent.VfDown;
import org.hnvf.event.DevdEvent.VfUp;
import org.hnvf.model.ExitCode;
import org.hnvf.model.InterfaceName;
import org.hnvf.model.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DevdLineTest {

  @ParameterizedTest
  @MethodSource
  void aLineBecomesItsEvent(String line, DevdEvent event) throws UserException {
    assertThat(DevdLine.parse(line)).isEqualTo(event);
  }

  static Stream<Arguments> aLineBecomesItsEvent() {
    return Stream.of(
        Arguments.of(
            "!system=ETHERNET subsystem=mlxen0 type=IFATTACH", new IfAttach(name("mlxen0"))),
        Arguments.of("!system=HYPERV_NIC_VF subsystem=hn0 type=VF_UP", new VfUp(name("hn0"))),
        Arguments.of("!system=HYPERV_NIC_VF subsystem=hn1 type=VF_DOWN", new VfDown(name("hn1"))),
        Arguments.of("!system=IFNET subsystem=mce0 type=DETACH", new IfDetach(name("mce0"))),
        Arguments.of("!system=IFNET subsystem=hn0 type=LINK_UP", new LinkUp(name("hn0"))),
        Arguments.of("!system=IFNET subsystem=lagg0 type=LINK_DOWN", new LinkDown(name("lagg0"))),
        Arguments.of(
            "!system=IFNET subsystem=hn0 type=RENAME name=wan.0",
            new Renamed(name("hn0"), name("wan.0"))),
        Arguments.of(
            "!system=DEVFS subsystem=CDEV type=CREATE cdev=hv_kvp_dev",
            new DeviceCreated("hv_kvp_dev")),
        Arguments.of(
            "!system=DEVFS subsystem=CDEV type=DESTROY cdev=hv_fsvss_dev",
            new DeviceDestroyed("hv_fsvss_dev")),
        Arguments.of(
            "!  type=VF_UP   subsystem=\"hn0\" more=\"\" empty= system=\"HYPERV_NIC_VF\"  ",
            new VfUp(name("hn0"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "!system=IFNET subsystem=mlxen0 type=ATTACH",
        "!system=IFNET subsystem=hn0 type=ADDR_ADD address=fe80:4::215:5dff:fe0a:b11",
        "!system=IFNET subsystem=hn0 type=ADDR_DEL address=10.0.2.15",
        "!system=ETHERNET subsystem=mlxen0 type=SOMETHING_NEW",
        "!system=HYPERV_NIC_VF subsystem=hn0 type=SOMETHING_NEW",
        "!system=DEVFS subsystem=NODE type=CREATE cdev=hv_kvp_dev",
        "!system=DEVFS subsystem=NODE type=DESTROY cdev=hv_kvp_dev",
        "!system=TSYS subsystem=x type=PRIO foo=1 bar=\"two words\"",
        "!system=USB subsystem=DEVICE type=ATTACH product=\"Größe \\\"M\\\" C:\\\\x\\y\" port=1",
        "!system=ifnet subsystem=hn0 type=DETACH",
        "+hn0 at  on vmbus0",
        "-mlx4_core0 at slot=0 function=0 dbsf=pci45825:0:2:0 on pci1",
        "? at slot=7 function=0 vendor=0x8086 on pci0",
        "+",
      })
  void whatIsOfNoInterestIsKeptAsItIs(String line) throws UserException {
    assertThat(DevdLine.parse(line)).isEqualTo(new Other(line));
  }

  @Test
  void quotesAndBackslashesInAQuotedValueAreTakenOff() throws UserException {
    DevdEvent event =
        DevdLine.parse(
            "!system=DEVFS subsystem=CDEV type=CREATE cdev=\"a \\\"b\\\" c\\\\d\\e x=y\"");

    assertThat(event).isEqualTo(new DeviceCreated("a \"b\" c\\d\\e x=y"));
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.event.RecordedEvents#distinct")
  void everyRecordedLineIsRead(String line) throws UserException {
    String type = line.replaceFirst(".* type=(\\S+).*", "$1");
    String subsystem = line.replaceFirst(".* subsystem=(\\S+).*", "$1");

    DevdEvent expected =
        switch (type) {
          case "IFATTACH" -> new IfAttach(name(subsystem));
          case "VF_UP" -> new VfUp(name(subsystem));
          case "VF_DOWN" -> new VfDown(name(subsystem));
          case "DETACH" -> new IfDetach(name(subsystem));
          case "LINK_UP" -> new LinkUp(name(subsystem));
          case "LINK_DOWN" -> new LinkDown(name(subsystem));
          case "RENAME" -> new Renamed(name(subsystem), name("foo0"));
          default -> new Other(line);
        };

    assertThat(DevdLine.parse(line)).isEqualTo(expected);
  }

  @Test
  void theTranscriptsHoldTheLinesThatTheyWereRecordedFor() {
    assertThat(RecordedEvents.all()).hasSize(65);
    assertThat(RecordedEvents.distinct())
        .containsAtLeast(
            "!system=IFNET subsystem=epair0a type=RENAME name=foo0",
            "!system=TSYS subsystem=x type=PRIO foo=1 bar=\"two words\"");
  }

  @ParameterizedTest
  @MethodSource("org.hnvf.event.RecordedEvents#hostile")
  void aHostileNameIsRefused(String line) {
    UserException refusal = assertThrows(UserException.class, () -> DevdLine.parse(line));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(refusal).hasMessageThat().contains("not an interface name: \"hn0");
  }

  @ParameterizedTest
  @MethodSource
  void aMalformedLineIsRefusedWithTheReason(String line, String reason) {
    UserException refusal = assertThrows(UserException.class, () -> DevdLine.parse(line));

    assertThat(refusal.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(refusal).hasMessageThat().contains(reason);
    assertWithMessage("a log stays one printable line")
        .that(refusal.getMessage())
        .doesNotContainMatch("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }

  static Stream<Arguments> aMalformedLineIsRefusedWithTheReason() {
    String attach = "!system=ETHERNET subsystem=mlxen0 type=IFATTACH";
    return Stream.of(
        Arguments.of("", "empty"),
        Arguments.of(
            "system=ETHERNET subsystem=mlxen0 type=IFATTACH", "does not begin with one of"),
        Arguments.of(" " + attach, "does not begin with one of"),
        Arguments.of("!", "key \"system\" is missing"),
        Arguments.of("!subsystem=mlxen0 type=IFATTACH", "key \"system\" is missing"),
        Arguments.of("!system=ETHERNET type=IFATTACH", "key \"subsystem\" is missing"),
        Arguments.of("!system=ETHERNET subsystem=mlxen0", "key \"type\" is missing"),
        Arguments.of("!system=IFNET subsystem= type=DETACH", "key \"subsystem\" is missing or em"),
        Arguments.of("!system=IFNET subsystem=\"\" type=DETACH", "key \"subsystem\" is missing or"),
        Arguments.of("!system=IFNET subsystem=hn0 type=RENAME", "key \"name\" is missing"),
        Arguments.of("!system=DEVFS subsystem=CDEV type=CREATE", "key \"cdev\" is missing"),
        Arguments.of("!system=DEVFS subsystem=CDEV type=DESTROY", "key \"cdev\" is missing"),
        Arguments.of(attach + " subsystem=mlxen1", "key \"subsystem\" occurs twice"),
        Arguments.of(attach + " x=1 x=1", "key \"x\" occurs twice"),
        Arguments.of(
            attach + " " + "k".repeat(40) + "=\"", "of \"" + "k".repeat(32) + "…\" is missing"),
        Arguments.of(attach + " x=\"1", "the closing quote of \"x\" is missing"),
        Arguments.of(attach + " x=\"1\\\"", "the closing quote of \"x\" is missing"),
        Arguments.of(attach + " x=\"1\\", "the closing quote of \"x\" is missing"),
        Arguments.of(attach + " x=\"1\"2", "no space after the value of \"x\""),
        Arguments.of(attach + " nokey", "no key=value at column 49"),
        Arguments.of(attach + " =1", "no key=value at column 49"),
        Arguments.of(attach + " k.y=1", "no key=value at column 49"),
        Arguments.of(attach + "\n", "cannot be printed at column 48"),
        Arguments.of(attach + "\n" + attach, "cannot be printed at column 48"),
        Arguments.of(attach + "\r" + attach, "cannot be printed at column 48"),
        Arguments.of(attach + "\t", "cannot be printed"),
        Arguments.of("!system=IFNET subsystem=hn0\0 type=DETACH", "cannot be printed at column 28"),
        Arguments.of("+hn0\033[2J", "cannot be printed at column 5"),
        Arguments.of("+hn0\u0085", "cannot be printed"),
        Arguments.of("+hn0\u2028", "cannot be printed"),
        Arguments.of("+hn0\u202e", "cannot be printed"),
        Arguments.of("+hn0\ud800", "cannot be printed"),
        Arguments.of("!system=IFNET subsystem=-hn0 type=DETACH", "not an interface name: \"-hn0\""),
        Arguments.of("!system=IFNET subsystem=../hn0 type=DETACH", "not an interface name"),
        Arguments.of("!system=IFNET subsystem=\"hn 0\" type=DETACH", "not an interface name"),
        Arguments.of("!system=IFNET subsystem=hé0 type=DETACH", "not an interface name: \"h?0\""),
        Arguments.of("!system=IFNET subsystem=a123456789012345 type=LINK_UP", "15 at most"),
        Arguments.of("!system=IFNET subsystem=hn0 type=RENAME name=-a", "interface name: \"-a\""),
        Arguments.of("!system=HYPERV_NIC_VF subsystem=hn0\" type=VF_UP", "interface name"));
  }

  @Test
  void theLongestLineIsReadAndOneCharacterMoreIsRefused() throws UserException {
    String longest = "+" + "x".repeat(4095);

    assertThat(DevdLine.parse(longest)).isEqualTo(new Other(longest));

    UserException refusal = assertThrows(UserException.class, () -> DevdLine.parse(longest + "x"));
    assertThat(refusal).hasMessageThat().contains("longer than 4096 characters (4097 characters)");
    assertThat(refusal.toString().length()).isLessThan(200);
  }

  private static InterfaceName name(String value) {
    return new InterfaceName(value);
  }
}
