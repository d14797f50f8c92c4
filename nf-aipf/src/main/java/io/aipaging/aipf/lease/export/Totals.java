package io.aipaging.aipf.lease.export;

/**
 * How much there is.
 *
 * @param sessions rows
 * @param live of them not over
 * @param forgotten sessions of which only evidence is left
 * @param evidence records
 */
public record Totals(long sessions, long live, long forgotten, long evidence) {
  static final Totals NONE = new Totals(0, 0, 0, 0);

  Totals plus(io.aipaging.aipf.lease.StoreDump.Part part) {
    boolean row = part.session() != null;
    boolean alive = part.session() != null && !part.session().terminal();
    return new Totals(
        sessions + (row ? 1 : 0),
        live + (alive ? 1 : 0),
        forgotten + (row ? 0 : 1),
        evidence + part.evidence().size());
  }
}
