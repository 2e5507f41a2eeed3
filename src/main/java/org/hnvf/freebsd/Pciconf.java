package org.hnvf.freebsd;

import com.google.common.collect.ImmutableList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hnvf.model.Command;

/** pciconf(8), which lists the devices of the PCI buses. */
public final class Pciconf {

  /** {@code none0@pci2:0:2:0: class=0x020000 …}; a device without a driver is called none. */
  private static final Pattern LINE =
      Pattern.compile("([a-z0-9_]+?)[0-9]+@(pci[0-9:]+):\\s+class=0x([0-9a-f]{6})\\s(.*)");

  private static final Pattern IDS =
      Pattern.compile("\\bvendor=0x([0-9a-f]{4}) device=0x([0-9a-f]{4})\\b");

  /** Before FreeBSD 14: device and vendor in one number. */
  private static final Pattern CHIP = Pattern.compile("\\bchip=0x([0-9a-f]{4})([0-9a-f]{4})\\b");

  private Pciconf() {}

  /**
   * A device of the class network.
   *
   * @param driver its driver, or {@code none}
   * @param selector its place, {@code pci2:0:2:0}
   * @param vendor the vendor, four hexadecimal digits; empty if it is not shown
   * @param device the kind of the device, likewise
   */
  public record NetworkDevice(String driver, String selector, String vendor, String device) {}

  /** Lists the devices. */
  public static Command list() {
    return Command.reading(TimeLimits.READ, "pciconf", "-l");
  }

  /** Returns the devices of the class network (0x02) in the output of {@link #list}. */
  public static ImmutableList<NetworkDevice> networkDevices(String text) {
    ImmutableList.Builder<NetworkDevice> devices = ImmutableList.builder();
    for (String line : text.lines().toList()) {
      Matcher device = LINE.matcher(line);
      if (device.matches() && device.group(3).startsWith("02")) {
        devices.add(device(device.group(1), device.group(2), device.group(4)));
      }
    }
    return devices.build();
  }

  private static NetworkDevice device(String driver, String selector, String rest) {
    Matcher ids = IDS.matcher(rest);
    if (ids.find()) {
      return new NetworkDevice(driver, selector, ids.group(1), ids.group(2));
    }
    Matcher chip = CHIP.matcher(rest);
    return chip.find()
        ? new NetworkDevice(driver, selector, chip.group(2), chip.group(1))
        : new NetworkDevice(driver, selector, "", "");
  }
}
