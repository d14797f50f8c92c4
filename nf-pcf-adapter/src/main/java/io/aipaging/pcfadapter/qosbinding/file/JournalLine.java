package io.aipaging.pcfadapter.qosbinding.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.aipaging.pcfadapter.qosbinding.Binding;
import io.aipaging.pcfadapter.qosbinding.BindingIdentity;
import io.aipaging.sbi.Json;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal.
 *
 * @param state name of the state, or {@code FORGOTTEN}
 * @param bindingRef binding
 * @param identity absent only when forgotten
 * @param appSessionId resource of the core, in states that know it
 * @param at end of the hold or session, or since when, depending on the state
 * @param reason why it ends
 */
record JournalLine(
    String state,
    String bindingRef,
    @Nullable BindingIdentity identity,
    @Nullable String appSessionId,
    @Nullable Instant at,
    @Nullable String reason) {
  static JournalLine forgotten(String bindingRef) {
    return new JournalLine("FORGOTTEN", bindingRef, null, null, null, null);
  }

  static JournalLine of(Binding binding) {
    BindingIdentity identity = binding.identity();
    return switch (binding) {
      case Binding.Creating _ -> line("CREATING", identity, null, null, null);
      case Binding.Held held ->
          line("HELD", identity, held.appSessionId(), held.holdExpiresAt(), null);
      case Binding.Confirmed confirmed ->
          line("CONFIRMED", identity, confirmed.appSessionId(), confirmed.expiresAt(), null);
      case Binding.Ending ending ->
          line("ENDING", identity, ending.appSessionId(), null, ending.reason());
      case Binding.Lost lost -> line("LOST", identity, null, lost.since(), null);
      case Binding.Ended ended -> line("ENDED", identity, null, ended.since(), ended.reason());
    };
  }

  private static JournalLine line(
      String state,
      BindingIdentity identity,
      @Nullable String appSessionId,
      @Nullable Instant at,
      @Nullable String reason) {
    return new JournalLine(state, identity.bindingRef(), identity, appSessionId, at, reason);
  }

  /** Reads a line; throws {@link IllegalStateException} on what no version of this wrote. */
  static JournalLine parse(String text) {
    try {
      return Json.MAPPER.readValue(text, JournalLine.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the binding journal holds a line it cannot have written", e);
    }
  }

  String text() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The state written; null when the binding is forgotten. */
  @Nullable Binding binding() {
    if (identity == null) {
      return null;
    }
    return switch (state) {
      case "CREATING" -> new Binding.Creating(identity, new CompletableFuture<>(), null);
      case "HELD" -> new Binding.Held(identity, need(appSessionId), need(at));
      case "CONFIRMED" -> new Binding.Confirmed(identity, need(appSessionId), need(at));
      case "ENDING" -> new Binding.Ending(identity, need(appSessionId), need(reason), 0);
      case "LOST" -> new Binding.Lost(identity, need(at));
      case "ENDED" -> null;
      default -> throw new IllegalStateException("unknown state in the binding journal: " + state);
    };
  }

  private static <T> T need(@Nullable T member) {
    if (member == null) {
      throw new IllegalStateException("the binding journal holds an incomplete line");
    }
    return member;
  }
}
