package io.aipaging.eval.enforcement;

import io.aipaging.eval.Mode;
import io.aipaging.lab.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is tried.
 *
 * @param controller what becomes of the adapter after it has installed the lease
 * @param age of the flow that is watched
 */
record Case(Controller controller, Mode mode, Transport transport, Age age) {
  /** State of the adapter at the end of the lease. */
  enum Controller {
    ALIVE,
    SUSPENDED,
    KILLED
  }

  /** Whether packets belong to one connection or each to its own. */
  enum Age {
    NEW,
    ESTABLISHED
  }

  /** Every case of one controller. */
  static List<Case> of(Controller controller) {
    List<Case> cases = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      for (Transport transport : Transport.values()) {
        for (Age age : Age.values()) {
          cases.add(new Case(controller, mode, transport, age));
        }
      }
    }
    return cases;
  }

  /** Such as {@code killed/dnat/udp/established}. */
  String title() {
    return String.join("/", controller.name(), mode.name(), transport.name(), age.name())
        .toLowerCase(Locale.ROOT);
  }
}
