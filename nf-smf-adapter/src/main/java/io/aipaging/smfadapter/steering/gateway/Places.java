package io.aipaging.smfadapter.steering.gateway;

import io.aipaging.protocol.UeAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A bounded number of places, of which one UE gets only so many. Thread-safe. */
final class Places {
  private final int max;
  private final int perUeMax;
  private final Map<UeAddress, Integer> taken = new HashMap<>();
  private int takenTotal;

  Places(int max, int perUeMax) {
    this.max = max;
    this.perUeMax = perUeMax;
  }

  /** A place of a UE. */
  final class Place implements AutoCloseable {
    private final UeAddress ue;
    private final AtomicBoolean givenBack = new AtomicBoolean();

    private Place(UeAddress ue) {
      this.ue = ue;
    }

    /** Leaves the place to others; repeating it does nothing. */
    void giveBack() {
      if (givenBack.compareAndSet(false, true)) {
        leave(ue);
      }
    }

    @Override
    public void close() {
      giveBack();
    }
  }

  /** Takes a place where one is left; it must be given back. */
  synchronized Optional<Place> tryTake(UeAddress ue) {
    int ofUe = taken.getOrDefault(ue, 0);
    if (takenTotal >= max || ofUe >= perUeMax) {
      return Optional.empty();
    }
    taken.put(ue, ofUe + 1);
    takenTotal++;
    return Optional.of(new Place(ue));
  }

  /** How many places are taken. */
  synchronized int taken() {
    return takenTotal;
  }

  private synchronized void leave(UeAddress ue) {
    takenTotal--;
    taken.computeIfPresent(ue, (key, ofUe) -> ofUe == 1 ? null : ofUe - 1);
  }
}
