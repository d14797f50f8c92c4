package io.aipaging.simulation.engine;

/** Stands between a service and the network and notes what it answers. */
public interface Witness {
  /** {@code service} of {@code enforcer}, noted. */
  <S> S of(Class<S> contract, String enforcer, S service);
}
