package io.poolshim.suite;

import java.util.List;

/** The difference of two outputs, as short as it can be shown line by line. */
final class LineDiff {
    private LineDiff() {}

    static String of(List<String> expected, List<String> actual) {
        int[][] common = commonTails(expected, actual);
        StringBuilder text = new StringBuilder();
        int i = 0;
        int j = 0;
        while (i < expected.size() || j < actual.size()) {
            boolean same =
                    i < expected.size() && j < actual.size() && expected.get(i).equals(actual.get(j));
            if (same) {
                text.append("  ").append(expected.get(i++)).append('\n');
                j++;
            } else if (j == actual.size() || i < expected.size() && common[i + 1][j] >= common[i][j + 1]) {
                text.append("- ").append(expected.get(i++)).append('\n');
            } else {
                text.append("+ ").append(actual.get(j++)).append('\n');
            }
        }
        return text.toString();
    }

    /** Lengths of the longest common subsequence of what follows each pair of positions. */
    private static int[][] commonTails(List<String> a, List<String> b) {
        int[][] length = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                length[i][j] = a.get(i).equals(b.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }
}
