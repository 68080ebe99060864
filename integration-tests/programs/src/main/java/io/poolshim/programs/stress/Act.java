package io.poolshim.programs.stress;

/** Something nasty that a borrower does to its connection. */
interface Act {
    /**
     * Does it.
     *
     * @param n chosen by the generator of the run, from 0 to 999
     * @throws Exception whatever it comes to; {@link Expected} knows what may
     */
    void play(Scene scene, Loan loan, int n) throws Exception;
}
