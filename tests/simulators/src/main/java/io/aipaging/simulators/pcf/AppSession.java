package io.aipaging.simulators.pcf;

import com.fasterxml.jackson.databind.JsonNode;
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
  /**
   * With a merge patch (RFC 7396) that removes nothing.
   *
   * @param bare whether it is of {@code ascReqData}, not of the whole
   */
  AppSession patched(JsonNode patch, boolean bare) {
    ObjectNode changed = context.deepCopy();
    merge(bare ? changed.withObject("/ascReqData") : changed, patch);
    return new AppSession(id, ue, notifUri, changed, terminated);
  }

  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            member -> {
              if (target.get(member.getKey()) instanceof ObjectNode inner
                  && member.getValue().isObject()) {
                merge(inner, member.getValue());
              } else {
                target.set(member.getKey(), member.getValue());
              }
            });
  }

  AppSession ended() {
    return new AppSession(id, ue, notifUri, context, true);
  }
}
