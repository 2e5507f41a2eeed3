package org.hnvf.sim;

/** kldload(8) of {@code pf}: its device is there then, and it is not enabled. */
final class KldloadProgram implements GuestCommand {

  private final SimState state;

  KldloadProgram(SimState state) {
    this.state = state;
  }

  @Override
  public void act(Job job) {
    String module = job.args().isEmpty() ? "" : job.args().get(job.args().size() - 1);
    if (!module.equals("pf")) {
      job.fail(1, "kldload: the simulated guest knows only pf");
    } else if (state.filters.pfLoaded && !job.args().contains("-n")) {
      job.fail(1, "kldload: can't load pf: module already loaded or in kernel");
    } else if (!state.filters.pfLoaded) {
      state.filters.pfLoaded = true;
      state.filters.pfSince = state.now;
    }
  }
}
