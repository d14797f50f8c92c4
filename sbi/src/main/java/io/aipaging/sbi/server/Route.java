package io.aipaging.sbi.server;

/**
 * One mounted route, for inventories.
 *
 * @param method HTTP method
 * @param path path template
 * @param operationId of the contract, or {@code raw}
 * @param access {@code scope <scope>} or {@code public: <reason>}
 */
public record Route(String method, String path, String operationId, String access) {}
