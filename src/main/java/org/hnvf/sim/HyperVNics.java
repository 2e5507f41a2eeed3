package org.hnvf.sim;

import java.util.Optional;
import org.hnvf.model.HnUnit;

/** hn(4) and its VFs: who has the link, and which events that makes. */
final class HyperVNics {
  private final Kernel kernel;

  HyperVNics(Kernel kernel) {
    this.kernel = kernel;
  }

  Optional<Iface> hn(int unit) {
    return kernel.interfaces().first(i -> i.kind == Iface.Kind.HN && i.unit == unit);
  }

  Optional<Iface> vf(int unit) {
    return kernel.interfaces().first(i -> i.kind == Iface.Kind.VF && i.unit == unit);
  }

  /** Whether the VF carries the data path: it is up, and the kernel does not do it by itself. */
  boolean carries(int unit) {
    return !kernel.state().isTransparent() && vf(unit).map(vf -> vf.up).orElse(false);
  }

  /** The VF that {@code dev.hn.N.rxvf} names. */
  Optional<Iface> receiving(int unit) {
    return vf(unit).filter(vf -> vf.up);
  }

  /** The host gives a VF. A unit that has one keeps the one that it has. */
  void plug(HnUnit unit, String driver) {
    Optional<Iface> hn = hn(unit.number());
    if (hn.isEmpty() || vf(unit.number()).isPresent()) {
      return;
    }
    Interfaces interfaces = kernel.interfaces();
    Iface vf =
        interfaces.attach(driver + interfaces.freeUnit(driver), Iface.Kind.VF, hn.get().hwMac);
    vf.unit = unit.number();
    interfaces.setLink(vf, Iface.Link.UP);
  }

  /** The host takes the VF away. */
  void unplug(HnUnit unit) {
    vf(unit.number()).ifPresent(this::remove);
  }

  private void remove(Iface vf) {
    boolean carried = carries(vf.unit);
    int lagg = vf.lagg;
    vf.up = false;
    vf.running = false;
    if (carried) {
      switched(vf.unit);
    }
    if (lagg != 0) {
      Iface owner = kernel.interfaces().at(lagg);
      kernel.laggs().release(owner, vf);
      kernel.laggs().linkChanged(owner);
    }
    vf.link = Iface.Link.DOWN;
    kernel.interfaces().detach(vf);
  }

  /** A VF went up or down: the host moves the data path, and the hn's link goes or comes. */
  void refresh(int unit) {
    if (!kernel.state().isTransparent()) {
      switched(unit);
    }
  }

  private void switched(int unit) {
    boolean toVf = carries(unit);
    Optional<Iface> hn = hn(unit);
    if (toVf) {
      hn.ifPresent(this::refreshLink);
    }
    hn.ifPresent(i -> kernel.devd().notify("HYPERV_NIC_VF", i.name, toVf ? "VF_UP" : "VF_DOWN"));
    if (!toVf) {
      hn.ifPresent(this::refreshLink);
    }
  }

  void setCarrier(Iface iface, boolean on) {
    iface.carrier = on;
    refreshLink(iface);
  }

  private void refreshLink(Iface iface) {
    boolean up = iface.carrier && (iface.kind != Iface.Kind.HN || !carries(iface.unit));
    kernel.interfaces().setLink(iface, up ? Iface.Link.UP : Iface.Link.DOWN);
  }
}
