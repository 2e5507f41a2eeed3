package org.hnvf.cli;

import java.util.Arrays;
import java.util.Iterator;
import org.hnvf.model.Strategy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of the strategies on the command line. */
final class StrategyName implements ITypeConverter<Strategy>, Iterable<String> {

  @Override
  public Iterator<String> iterator() {
    return Arrays.stream(Strategy.values()).map(Strategy::text).iterator();
  }

  @Override
  public Strategy convert(String value) {
    return Strategy.named(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected on-vf-up or before-vf-up but was '" + value + "'"));
  }
}
