package io.aipaging.sbi.server;

/**
 * A route that is no operation of a contract: a callback, a token endpoint.
 *
 * @param method HTTP method
 * @param path absolute path template, such as {@code /callbacks/{id}}
 * @param policy who may call
 * @param handler what answers
 */
public record RawRoute(String method, String path, RawPolicy policy, RawHandler handler) {}
