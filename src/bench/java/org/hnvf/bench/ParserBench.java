package org.hnvf.bench;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.hnvf.freebsd.IfconfigParser;
import org.hnvf.freebsd.RoutesParser;
import org.hnvf.model.NetInterface;
import org.hnvf.model.Route;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The parsers, on what was recorded. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParserBench {

  private String interfaces = "";
  private String routes = "";

  /** Reads the recording. */
  @Setup
  public void read() throws IOException {
    interfaces = Recorded.output("ifconfig");
    routes = Recorded.output("netstat -rn");
  }

  /** All that ifconfig printed in a whole story. */
  @Benchmark
  public ImmutableList<NetInterface> ifconfig() {
    return IfconfigParser.showings(interfaces);
  }

  /** The routing tables of a whole story. */
  @Benchmark
  public ImmutableList<Route> netstat() {
    return RoutesParser.parse(routes);
  }
}
