package io.aipaging.simulators.flavor;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A habit of a real core that the simulated one has, too, unless it is switched off. What any core
 * here does, such as a BSF that looks at addresses only, has no number.
 */
public enum Quirk {
  /** Open5GS: NF types outside its list are refused with 400. */
  O_01,
  /** Open5GS: services of unknown names are dropped from a profile that is accepted. */
  O_02,
  /** Open5GS: {@code customInfo} is answered, but not kept. */
  O_03,
  /** Open5GS: 10 s of heartbeat unless asked otherwise; who is late by a second is forgotten. */
  O_04,
  /** Open5GS: a heartbeat may only replace {@code /nfStatus}, {@code /load}, {@code /plmnList}. */
  O_05,
  /** Open5GS: the place of a registration is answered relative to the NRF. */
  O_06,
  /** Open5GS: a foreign PLMN, no endpoint, or a heartbeat timer below one is refused. */
  O_07,
  /** Open5GS: discovery refuses unknown requester types; nothing found is an empty list. */
  O_08,
  /** Open5GS: services of a profile are a list, as before Release 17. */
  O_10,
  /** Open5GS: an AF is told of no SMF, UDR, UDM or AMF. */
  O_11,
  /** Open5GS: there is no token endpoint. */
  O_12,
  /** Open5GS: HTTP/1.1 is not spoken. */
  O_13,
  /** Open5GS: the SCP wants a User-Agent that begins with an NF type it knows. */
  O_14,
  /** Open5GS: what the SCP first passes to an NF that has restarted is answered 504. */
  O_16,
  /** Open5GS: the BSF answers 404 for an unknown address, and a binding names no subscriber. */
  O_18,
  /** Open5GS: a PDU session is found by its address, whoever was named. */
  O_21,
  /** Open5GS: the PCF answers 404 without a cause for an address it does not know. */
  O_22,
  /** Open5GS: a refusal of what lacks a member names no cause. */
  O_23,
  /** Open5GS: a media type other than its own is refused with 400 where no reference is named. */
  O_24,
  /** Open5GS: a rate without its guaranteed one is guaranteed, too. */
  O_26,
  /** Open5GS: a create without a flow description is accepted, and nothing comes of it. */
  O_27,
  /** Open5GS: a flow description that it cannot read is refused without a cause. */
  O_28,
  /** Open5GS: a fourth app session of a PDU session is accepted, and nothing comes of it. */
  O_30,
  /** Open5GS: where an app session's flow should leave the core is answered, and ignored. */
  O_31,
  /** Open5GS: a create of nothing but a route is refused. */
  O_32,
  /** Open5GS: an update without media components is refused. */
  O_33,
  /** Open5GS: an update adds flow descriptions and removes none. */
  O_34,
  /** Open5GS: app sessions cannot be read. */
  O_35,
  /** Open5GS: an app session that it has terminated is gone before it is deleted. */
  O_36,
  /** Open5GS: a PDU session may be over at the SMF while PCF and BSF still have it. */
  O_37,
  /** Open5GS: operations on one PDU session that meet take the SMF down, for all UEs. */
  O_39,
  /** Open5GS: app sessions are numbered, from one again after a restart; refusals count. */
  O_40,
  /** Open5GS: a notification says how long it waits for an answer. */
  O_41,
  /** free5GC: NF types outside its list are refused with 400. */
  F_01,
  /** free5GC: instance ids are version 4 UUIDs. */
  F_02,
  /** free5GC: discovery knows fewer requester types than registration. */
  F_03,
  /** free5GC: discovery answers whole profiles, valid for 100 s. */
  F_04,
  /** free5GC: NFs that are dead stay in discovery. */
  F_05,
  /** free5GC: services name a scheme that only their {@code apiPrefix} contradicts. */
  F_06,
  /** free5GC: a deregistration takes half a second. */
  F_07,
  /** free5GC: a heartbeat is answered with the whole profile. */
  F_08,
  /** free5GC: a token request with a member it does not know is refused. */
  F_10,
  /** free5GC: no token for a type or service that is not registered. */
  F_11,
  /** free5GC: a call without a usable token is answered 401 with JSON that is no problem. */
  F_12,
  /** free5GC: notifications of the PCF come over HTTP/1.1. */
  F_16,
  /** free5GC: a PDU session is found by SUPI and address only. */
  F_18,
  /** free5GC: QoS references are ignored. */
  F_20,
  /** free5GC: a direction without a flow description has no guaranteed rate. */
  F_22,
  /** free5GC: of an app session's flows only the first comes about. */
  F_23,
  /** free5GC: a protocol by its name is accepted, and nothing comes of it. */
  F_24,
  /** free5GC: {@code inout} is accepted, and nothing comes of it. */
  F_25,
  /** free5GC: an update in the wrapper that the specification has is answered 200 and ignored. */
  F_27,
  /** free5GC: an update leaves the former rules behind. */
  F_28,
  /** free5GC: a create of nothing but a route is accepted, and spoils the PDU session. */
  F_30,
  /** free5GC: where an app session's flow should leave the core is answered, and ignored. */
  F_32,
  /** free5GC: terminates at the bare notifUri; the app session is gone before it is deleted. */
  F_33,
  /** free5GC: creates of one PDU session that meet take the PCF down. */
  F_35,
  /** free5GC: of hundreds of operations on one PDU session some come to nothing. */
  F_36,
  /** free5GC: with access tokens, nothing comes of what is accepted without the SMF's callback. */
  F_37,
  /** free5GC: an app session does not know the method DELETE. */
  F_38,
  /** free5GC: a guaranteed rate above the subscriber's is refused. */
  F_39,
  /** free5GC: problems are plain JSON. */
  F_40,
  /** free5GC: influence data are not patched. */
  F_41,
  /** free5GC: with access tokens, influence data steers nothing and nobody is told. */
  F_42,
  /** free5GC: who does not say which changes of a path to be told of is told of none. */
  F_43,
  /** free5GC: a notification of a path has no time and names no UE. */
  F_45,
  /** free5GC: a place that is nowhere special is told as an empty name. */
  F_46,
  /** free5GC: a path changes within milliseconds, and nobody is asked. */
  F_47,
  /** free5GC: the SMF exposes no events. */
  F_50,
  /** free5GC: a change of a path may be told twice. */
  F_53;

  /** How the names of a core's habits begin; the text of Release 18 has none. */
  private static String prefix(Flavor flavor) {
    return switch (flavor) {
      case REL18 -> "none";
      case OPEN5GS -> "O_";
      case FREE5GC -> "F_";
    };
  }

  /** All that a core has. */
  public static Set<Quirk> of(Flavor flavor) {
    String prefix = prefix(flavor);
    EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    Arrays.stream(values()).filter(quirk -> quirk.name().startsWith(prefix)).forEach(quirks::add);
    return Collections.unmodifiableSet(quirks);
  }
}
