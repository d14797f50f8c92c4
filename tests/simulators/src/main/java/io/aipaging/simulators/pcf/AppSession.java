package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An individual application session context.
 *
 * @param id last segment of its URI
 * @param ue UE address as the consumer wrote it
 * @param notifUri where its end is told
 * @param context representation
 * @param terminated whether its end was told already
 */
record AppSession(String id, String ue, String notifUri, ObjectNode context, boolean terminated) {
  AppSession with(ObjectNode changed) {
    return new AppSession(id, ue, notifUri, changed, terminated);
  }

  AppSession ended() {
    return new AppSession(id, ue, notifUri, context, true);
  }
}
