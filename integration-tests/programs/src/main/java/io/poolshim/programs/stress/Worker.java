package io.poolshim.programs.stress;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;

/** One thread: it borrows, checks both invariants, does what its plan says, and returns. */
final class Worker implements Runnable {
    private final Scene scene;
    private final int index;
    private final Claims claims;
    private final History history = new History(10);

    Worker(Scene scene, int index) throws SQLException {
        this.scene = scene;
        this.index = index;
        this.claims = new Claims(scene);
    }

    @Override
    public void run() {
        for (int cycle = 0; !scene.isOver(); cycle++) {
            Random random = new Random(scene.options.seed + (cycle * 1_000L + index) * 0x9E3779B9L);
            Plan plan = Plan.first(random, scene, cycle * scene.options.threads + index);
            cycle("t" + index + "c" + cycle, plan, 1);
            scene.tally.count("cycles");
            Thread.interrupted();
        }
    }

    private void cycle(String owner, Plan plan, int depth) {
        history.add(owner + " " + plan);
        scene.findings.recent.add(owner + " " + plan);
        plan.staleUses.forEach(use -> scene.stale.use(history, use[0], use[1]));
        if (plan.useForgotten) {
            scene.forgotten.useOne(claims);
        }
        Loan loan = borrow(plan, owner);
        if (loan != null) {
            play(plan, loan);
            if (plan.nested != 0) {
                scene.tally.count("nested");
                cycle(owner + "n", Plan.draw(new Random(plan.nested), scene, depth + 1), depth + 1);
            }
            giveBack(plan, loan);
        }
    }

    private Loan borrow(Plan plan, String owner) {
        try {
            if (plan.inADyingThread) {
                scene.tally.count("dying threads");
                return Companions.inADyingThread(() -> borrowed(plan, owner));
            }
            if (plan.interrupted) {
                scene.tally.count("interrupted borrows");
                Thread.currentThread().interrupt();
            }
            return borrowed(plan, owner);
        } catch (Exception e) {
            if (!Expected.atLogin(scene, e)) {
                scene.findings.unexpected("borrow " + owner, history, e);
            }
            return null;
        } finally {
            Thread.interrupted();
        }
    }

    /** Null if it had to be closed again, because the server has just ended it. */
    private Loan borrowed(Plan plan, String owner) throws SQLException {
        Target target = scene.targets.get(plan.target);
        Connection connection = target.borrow();
        scene.tally.count("borrows");
        Loan loan = new Loan(target, connection, owner, history);
        try {
            check(plan, loan);
            return loan;
        } catch (SQLException e) {
            scene.findings.judge(scene, "check", loan, e);
            claims.release(loan);
            connection.close();
            return null;
        }
    }

    private void check(Plan plan, Loan loan) throws SQLException {
        Map<String, String> state = Fresh.read(loan.connection, scene.freshSql);
        loan.session = state.get("pid") + "/" + state.get("started");
        claims.claim(loan);
        if (plan.compareMore) {
            scene.tally.count("compared more");
            state.putAll(Fresh.readMore(loan.connection));
        }
        String differences = Fresh.differences(loan.target.fresh, state);
        if (!differences.isEmpty()) {
            scene.findings.violation("not fresh", loan, differences);
        }
        claims.tellServer(loan, plan);
    }

    private void play(Plan plan, Loan loan) {
        for (Plan.Step step : plan.steps) {
            if (!loan.copying) {
                scene.tally.count("act " + step.name);
                attempt("act " + step.name, loan, () -> scene.act(step.name).play(scene, loan, step.n));
                loan.dirty = true;
            }
        }
        if (!loan.copying) {
            attempt("last echo", loan, () -> ReadActs.echo(scene, loan, 0));
        }
    }

    private void giveBack(Plan plan, Loan loan) {
        boolean keepsClaim = plan.way.name.equals(Returns.DROP_KEEPING);
        if (!keepsClaim) {
            claims.release(loan);
        }
        scene.tally.count("return " + plan.way.name);
        attempt("return " + plan.way.name, loan, () -> scene.way(plan.way.name).play(scene, loan, plan.way.n));
        if (loan.dropped) {
            return;
        }
        if (keepsClaim) {
            claims.release(loan);
        }
        attempt("close", loan, loan.connection::close); // if the act failed before it came to that
        scene.stale.keep(loan);
    }

    private void attempt(String where, Loan loan, Companions.Task task) {
        try {
            task.run();
        } catch (Exception e) {
            scene.findings.judge(scene, where, loan, e);
        }
    }
}
