package io.aipaging.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.aipaging.sbi.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whoever knows nothing but HTTP: the JDK's client and one certificate to trust. */
final class HttpsUser implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private final HttpClient http;

  private HttpsUser(HttpClient http) {
    this.http = http;
  }

  /** Trusts what {@code pem} vouches for and speaks from {@code address}. */
  static HttpsUser trusting(Path pem, String address) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(pem)) {
      store.setCertificateEntry(
          "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return new HttpsUser(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .localAddress(InetAddress.ofLiteral(address))
            .connectTimeout(TIMEOUT)
            .sslContext(tls)
            .build());
  }

  /** A status and a JSON document, missing when the body is empty. */
  record Answer(int status, JsonNode json) {
    String text(String member) {
      return json.path(member).asText();
    }
  }

  /** Asks the issuer for a token, with HTTP Basic. */
  Answer token(String issuer, String client, String secret) throws Exception {
    String pair = client + ":" + secret;
    return send(
        HttpRequest.newBuilder(URI.create(issuer + "/oauth2/token"))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
  }

  /** Sends JSON; {@code body} null sends none, {@code token} null no authorization. */
  Answer call(String method, String uri, String token, String body) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    return send(request);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), Json.MAPPER.readTree(response.body()));
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
