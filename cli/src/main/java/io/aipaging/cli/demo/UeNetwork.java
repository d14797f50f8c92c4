package io.aipaging.cli.demo;

import java.util.concurrent.Callable;

/** Where a UE's code runs: in its network namespace, or simply here. */
interface UeNetwork {
  /** A platform thread, not yet started, whose sockets are the UE's. */
  Thread unstarted(Runnable work);

  /** Runs {@code work} there and waits for it. */
  <T> T call(Callable<T> work) throws Exception;
}
