package io.aipaging.openapi.admission;

/**
 * Asks an anchor for a slot. A repeat with the same lease answers as the first.
 *
 * @param leaseId lease the slot is for
 * @param sessionId session
 * @param aisi AI service wanted
 * @param ttlMs how long the hold may stay unposted, 100 to 60000 ms
 */
public record CreateHold(String leaseId, String sessionId, String aisi, int ttlMs) {}
