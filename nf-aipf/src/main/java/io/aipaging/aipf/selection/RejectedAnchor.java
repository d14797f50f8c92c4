package io.aipaging.aipf.selection;

/**
 * An anchor that was turned down.
 *
 * @param anchorId anchor
 * @param reason why
 */
public record RejectedAnchor(String anchorId, Rejection reason) {}
