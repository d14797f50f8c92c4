package io.aipaging.cli.session;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a running set; {@code aipaging up} writes one, an operator may too.
 *
 * @param aipfUri {@code apiRoot} of the AIPF
 * @param nefUri {@code apiRoot} of the exposure function
 * @param issuerUri {@code apiRoot} of the token issuer
 * @param trustFile certificates to trust, PEM; null when the set speaks cleartext
 * @param clientId OAuth2 client with the scopes {@code naipf-paging} and {@code naipf-keyinfo}
 * @param clientSecretFile file with its secret
 * @param afId an app that may page, or null
 * @param afSecretFile file with the app's secret, or null
 */
public record ConnectionFile(
    URI aipfUri,
    URI nefUri,
    URI issuerUri,
    @Nullable Path trustFile,
    String clientId,
    Path clientSecretFile,
    @Nullable String afId,
    @Nullable Path afSecretFile) {}
