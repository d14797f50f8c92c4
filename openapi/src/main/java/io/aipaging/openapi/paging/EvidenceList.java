package io.aipaging.openapi.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evidence of one session, in order.
 *
 * @param records each the canonical JSON (RFC 8785) of one record, byte for byte what was hashed;
 *     at most 500
 * @param nextSeq where to go on, or null at the end
 */
public record EvidenceList(List<String> records, @Nullable Long nextSeq) {}
