package io.aipaging.smfadapter.steering;

/** Told what an operator must know; may log and count, must not throw. */
public interface SteeringObserver {
  /** Listens to nothing. */
  SteeringObserver NONE =
      new SteeringObserver() {
        @Override
        public void refused(String cause) {}

        @Override
        public void failed(String what, Exception cause) {}
      };

  /** A request was refused; {@code cause} is that of its problem details. */
  void refused(String cause);

  /** The gate could not do what it should. */
  void failed(String what, Exception cause);

  /** The AIPF has brought a COMMIT that is believed, or asked what is carried. */
  default void contact() {}

  /**
   * What the gate carries now.
   *
   * @param leases how many
   * @param over how many of those carried before have run out by their own deadline
   */
  default void carries(int leases, int over) {}
}
