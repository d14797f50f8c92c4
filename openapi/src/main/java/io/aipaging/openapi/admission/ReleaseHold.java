package io.aipaging.openapi.admission;

/** Names the hold to give up; a posted one is not touched (409), an unknown one changes nothing. */
public record ReleaseHold(String leaseId) {}
