package org.hnvf.sim;

import java.util.Objects;
import java.util.Optional;
import org.hnvf.model.HnUnit;

/** hn(4) and its VFs: who has the link, and which events that makes. */
final class HyperVNics {
  /** The way back to the synthetic NIC takes a task no longer than this. */
  private static final long BACK = 5_000;

  /** {@code hw.hn.vf_xpnt_attwait}: in transparent mode the VF comes up this long after it came. */
  private static final long TRANSPARENT_WAIT = 2_000_000;

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

  /**
   * Whether the VF carries the data path. It does so from the moment it is up, unless a task has to
   * switch it first; and not where the kernel does it all by itself.
   */
  boolean carries(int unit) {
    return !kernel.state().isTransparent() && receiving(unit).isPresent();
  }

  /** The VF to which the host sends: {@code dev.hn.N.rxvf}, or in transparent mode the VF. */
  Optional<Iface> receiving(int unit) {
    return isByTask() || kernel.state().isTransparent()
        ? vf(unit).filter(vf -> vf.name.equals(segment(unit).carrier))
        : vf(unit).filter(vf -> vf.up);
  }

  /** The hn(4) of 2026, where it is not the kernel that combines the two. */
  private boolean isByTask() {
    return kernel.state().pathTask != null && !kernel.state().isTransparent();
  }

  private Segment segment(int unit) {
    return kernel.path().segment(unit).orElseThrow();
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
    // Another one may have had the name.
    kernel.path().segment(unit.number()).ifPresent(segment -> segment.carrier = null);
    interfaces.setLink(vf, Iface.Link.UP);
    if (kernel.state().isTransparent()) {
      enqueue(unit.number(), TRANSPARENT_WAIT);
    }
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
    if (isByTask() || kernel.state().isTransparent()) {
      segment(vf.unit).carrier = null;
    }
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
    if (isByTask()) {
      boolean up = vf(unit).filter(vf -> vf.up).isPresent();
      enqueue(unit, up ? kernel.state().pathTask : BACK);
    } else if (!kernel.state().isTransparent()) {
      switched(unit);
    }
  }

  /**
   * The host allocates the association of a VF, or takes it back; the VF may be up all the time.
   */
  void associationChanged(int unit) {
    if (isByTask()) {
      enqueue(unit, BACK);
    }
  }

  private void enqueue(int unit, long delay) {
    SimState state = kernel.state();
    state.scheduled.add(
        new SimState.Scheduled(
            state.now + delay, state.scheduledSoFar++, HostAction.pathTask(unit)));
  }

  /** The data path follows what is so when the task runs, whatever was so when it was enqueued. */
  void pathTask(int unit) {
    Segment segment = segment(unit);
    if (kernel.state().isTransparent()) {
      bringUpTransparently(unit, segment);
      return;
    }
    String carrier =
        segment.associated ? vf(unit).filter(vf -> vf.up).map(vf -> vf.name).orElse(null) : null;
    if (!Objects.equals(carrier, segment.carrier)) {
      segment.carrier = carrier;
      switched(unit);
    }
  }

  /** The kernel brings the VF up and switches the data path; it sends no event of its own. */
  private void bringUpTransparently(int unit, Segment segment) {
    vf(unit)
        .ifPresent(
            vf -> {
              kernel.interfaces().up(vf);
              segment.carrier = vf.name;
            });
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
