package io.aipaging.openapi.paging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions to list; null members do not restrict.
 *
 * @param state session state, in any case
 * @param ueAddress UE address
 * @param afId application function
 * @param anchorId anchor with a live lease of the session
 * @param aisi AI service
 * @param endsBefore sessions whose own end is earlier
 * @param limit page size, 1 to 200; null means 100
 * @param pageToken from the previous answer
 */
public record ListSessions(
    @Nullable String state,
    @Nullable String ueAddress,
    @Nullable String afId,
    @Nullable String anchorId,
    @Nullable String aisi,
    @Nullable Instant endsBefore,
    @Nullable Integer limit,
    @Nullable String pageToken) {
  /** Wherever they are, whatever they use and whenever they end. */
  public ListSessions(
      @Nullable String state,
      @Nullable String ueAddress,
      @Nullable String afId,
      @Nullable Integer limit,
      @Nullable String pageToken) {
    this(state, ueAddress, afId, null, null, null, limit, pageToken);
  }
}
