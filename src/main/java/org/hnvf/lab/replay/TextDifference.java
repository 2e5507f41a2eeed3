package org.hnvf.lab.replay;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** The lines of two texts side by side: those in both, those only recorded, only simulated. */
public final class TextDifference {
  private TextDifference() {}

  /** Lines marked {@code " "}, {@code "-"} (recorded) or {@code "+"} (simulated). */
  public static ImmutableList<String> lines(List<String> recorded, List<String> simulated) {
    int[][] common = new int[recorded.size() + 1][simulated.size() + 1];
    for (int i = recorded.size() - 1; i >= 0; i--) {
      for (int j = simulated.size() - 1; j >= 0; j--) {
        common[i][j] =
            recorded.get(i).equals(simulated.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    ImmutableList.Builder<String> result = ImmutableList.builder();
    int i = 0;
    int j = 0;
    while (i < recorded.size() || j < simulated.size()) {
      boolean both = i < recorded.size() && j < simulated.size();
      if (both && recorded.get(i).equals(simulated.get(j))) {
        result.add("  " + recorded.get(i++));
        j++;
      } else if (j == simulated.size()
          || (i < recorded.size() && common[i + 1][j] >= common[i][j + 1])) {
        result.add("- " + recorded.get(i++));
      } else {
        result.add("+ " + simulated.get(j++));
      }
    }
    return result.build();
  }
}
