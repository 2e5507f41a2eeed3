package org.hnvf.cli;

import org.hnvf.model.Strategy;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The names of the strategies on the command line. */
final class StrategyName implements ITypeConverter<Strategy> {

  @Override
  public Strategy convert(String value) {
    return Strategy.named(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected on-vf-up or before-vf-up but was '" + value + "'"));
  }
}
