package io.aipaging.aipf.lease.export;

import io.aipaging.aipf.lease.StoreDump;
import java.util.ArrayList;
import java.util.List;

/** Walks all of a store and says what is wrong with it. */
public final class StoreCheck {
  private static final int FINDINGS_SHOWN = 1_000;
  private final List<String> shown = new ArrayList<>();
  private Totals totals = Totals.NONE;
  private long findings;

  private StoreCheck() {}

  /**
   * What a check found.
   *
   * @param totals how much can be read
   * @param findings how much is wrong
   * @param shown the first thousand of it
   */
  public record Report(Totals totals, long findings, List<String> shown) {
    public Report {
      shown = List.copyOf(shown);
    }
  }

  /** Checks {@code dump}. */
  public static Report of(StoreDump dump) {
    StoreCheck check = new StoreCheck();
    dump.parts(check::take, check::finding);
    dump.inspect(check::finding);
    return new Report(check.totals, check.findings, check.shown);
  }

  private void take(StoreDump.Part part) {
    totals = totals.plus(part);
    String fault = PartCheck.fault(part);
    if (fault != null) {
      finding(fault);
    }
  }

  private void finding(String what) {
    findings++;
    if (shown.size() < FINDINGS_SHOWN) {
      shown.add(what);
    }
  }
}
