package io.aipaging.bench.lease;

import io.aipaging.bench.Finding;
import java.util.List;

/** One kind of figures. */
interface Part {
  /** What it measured. */
  List<Finding> measure() throws Exception;
}
