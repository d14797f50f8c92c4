package io.aipaging.openapi;

/**
 * One rejected parameter (TS 29.571 {@code InvalidParam}).
 *
 * @param param JSON Pointer for a body member, {@code header <name>}, {@code query <name>} or
 *     {@code {name}} of the path
 * @param reason what is wrong with it, without repeating its value
 */
public record InvalidParam(String param, String reason) {}
