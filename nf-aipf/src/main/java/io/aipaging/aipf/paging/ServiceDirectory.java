package io.aipaging.aipf.paging;

import io.aipaging.aipf.lease.LeaseAnchor;
import io.aipaging.aipf.lease.SessionFacts.Service;
import io.aipaging.openapi.paging.Intent;
import java.util.List;

/** Port: what an intent means, and where that may run. */
public interface ServiceDirectory {
  /** Resolves an intent. */
  Found find(Intent intent);

  /** Anchors eligible for {@code service}, best first. */
  List<LeaseAnchor> rank(Service service);

  /** What became of an intent. */
  sealed interface Found {
    /** A service meets it. */
    record Resolved(Service service) implements Found {}

    /** None does; {@code detail} never repeats the intent's text. */
    record NotResolvable(String detail) implements Found {}
  }
}
