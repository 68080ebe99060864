package io.poolshim.programs.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** All that one cycle is going to do, drawn beforehand, so that it does not depend on what comes of it. */
final class Plan {
    private static final int MOST_STEPS = 4;
    static final int DEEPEST = 3;

    int target;

    /** Where the connection is borrowed and checked: in a thread that then dies, or with the interrupt flag set. */
    boolean inADyingThread;

    boolean interrupted;

    /** How the server is told whose session it is. */
    boolean byLock;

    boolean byTable;

    /** Whether a statement of a connection that was forgotten is used once more. */
    boolean useForgotten;

    /** Whether more is compared with a fresh session, at the cost of more round trips. */
    boolean compareMore;

    final List<Step> steps = new ArrayList<>();
    Step way;

    /** Slot and use. */
    final List<int[]> staleUses = new ArrayList<>();

    /** Seed of a cycle inside this one; 0 for none. */
    long nested;

    private Plan() {}

    /** A named act and its number. */
    static final class Step {
        final String name;
        final int n;

        private Step(String name, int n) {
            this.name = name;
            this.n = n;
        }

        static Step any(List<String> names, Random random) {
            return new Step(names.get(random.nextInt(names.size())), random.nextInt(1000));
        }

        @Override
        public String toString() {
            return name + "(" + n + ")";
        }
    }

    /** A cycle inside another one, or one of many. */
    static Plan draw(Random random, Scene scene, int depth) {
        Plan plan = new Plan();
        plan.drawBorrow(random, scene.targets.size());
        for (int left = random.nextInt(MOST_STEPS + 1); left > 0; left--) {
            plan.steps.add(Step.any(scene.actNames, random));
        }
        plan.way = Step.any(random.nextInt(2) == 0 ? scene.returnNames.subList(0, 1) : scene.returnNames, random);
        for (int left = random.nextInt(4); left > 0; left--) {
            plan.staleUses.add(new int[] {random.nextInt(1000), random.nextInt(1000)});
        }
        plan.nested = depth < DEEPEST && random.nextInt(10) == 0 ? random.nextLong() : 0;
        return plan;
    }

    /** One of the first: these see to it that each act, and each way to return, comes up in a short run, too. */
    static Plan first(Random random, Scene scene, int ordinal) {
        Plan plan = draw(random, scene, 1);
        if (ordinal < scene.actNames.size()) {
            plan.steps.add(0, new Step(scene.actNames.get(ordinal), random.nextInt(1000)));
        }
        if (ordinal < scene.returnNames.size()) {
            plan.way = new Step(scene.returnNames.get(ordinal), random.nextInt(1000));
        }
        return plan;
    }

    private void drawBorrow(Random random, int targets) {
        target = random.nextInt(targets);
        inADyingThread = random.nextInt(40) == 0;
        interrupted = random.nextInt(20) == 0;
        byLock = random.nextInt(3) == 0;
        byTable = random.nextInt(8) == 0;
        compareMore = random.nextInt(8) == 0;
        useForgotten = random.nextInt(10) == 0;
    }

    @Override
    public String toString() {
        return "target " + target + (inADyingThread ? " in a dying thread" : "") + (interrupted ? " interrupted" : "")
                + (byLock ? " lock" : "") + (byTable ? " table" : "") + (compareMore ? " more" : "") + " " + steps
                + (nested == 0 ? "" : " nested") + " " + way;
    }
}
