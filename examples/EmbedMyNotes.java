// A third-party app on the UE: pages in plain words, embeds three notes through the steered path,
// releases. Needs a JDK 25, and "./aipaging up" beside it:  java examples/EmbedMyNotes.java
import module java.net.http;
static final String APP = env("AIPAGING_CLIENT_ID", "notes-app");
static final String NEF = env("AIPAGING_NEF", "https://127.0.0.1:7720") + "/nnef-aipaging/v1/";
static final String JSON = "application/json";
HttpClient http;

void main() throws Exception {
  http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1) // the model server's
      .sslContext(trusting(env("AIPAGING_TRUST_FILE", ".aipaging/up/pki/root.pem"))).build();
  String basic = APP + ":" + Files.readString(Path.of(env("AIPAGING_CLIENT_SECRET_FILE",
      ".aipaging/up/secrets/notes-app.secret"))).strip();
  String access = "Bearer " + text("access_token", send("POST",
      env("AIPAGING_ISSUER", "https://127.0.0.1:7700") + "/oauth2/token",
      "Basic " + Base64.getEncoder().encodeToString(basic.getBytes()),
      "application/x-www-form-urlencoded", "grant_type=client_credentials&audience=NEF"));
  String session = send("POST", NEF + APP + "/sessions", access, JSON, """
      {"ueAddress": "%s", "intent": {"text": "embed my field notes, data stays in the EU"}}
      """.formatted(env("AIPAGING_UE_ADDRESS", "127.0.0.1")));
  IO.println(text("aisi", session) + " at anchor " + text("anchorId", session));
  String answer = send("POST", text("serviceUri", session) + "/embeddings",
      "Bearer " + text("accessToken", session), JSON, """
      {"model": "all-MiniLM-L6-v2", "input": ["a heron stood in the reeds",
       "a grey bird waded at the shore", "the invoice is due on Friday"]}""");
  List<double[]> vectors = Pattern.compile("\"embedding\"\\s*:\\s*\\[([^]]*)]").matcher(answer)
      .results().map(found -> Stream.of(found.group(1).split(","))
      .mapToDouble(Double::parseDouble).toArray()).toList();
  IO.println("heron ~ bird    %.2f".formatted(cosine(vectors.get(0), vectors.get(1))));
  IO.println("heron ~ invoice %.2f".formatted(cosine(vectors.get(0), vectors.get(2))));
  send("DELETE", NEF + APP + "/sessions/" + text("sessionId", session), access, JSON, "");
}
String send(String method, String uri, String auth, String type, String body) throws Exception {
  var response = http.send(HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(10))
      .header("Authorization", auth).header("Content-Type", type).method(method,
      HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
  if (response.statusCode() >= 300) throw new IOException(uri + ": " + response.body());
  return response.body();
}
SSLContext trusting(String pem) throws Exception { // the certificate that vouches for the set's
  KeyStore store = KeyStore.getInstance("PKCS12");
  store.load(null, null); // empty
  store.setCertificateEntry("root", CertificateFactory.getInstance("X.509")
      .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(Path.of(pem)))));
  var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
  trust.init(store);
  SSLContext context = SSLContext.getInstance("TLS");
  context.init(null, trust.getTrustManagers(), null);
  return context;
}
String text(String member, String json) { // enough for this example; use a JSON library in an app
  return Pattern.compile("\"" + member + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json).results()
      .map(found -> found.group(1)).findFirst().orElse("?");
}
double cosine(double[] a, double[] b) { // the vectors have length 1
  return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
}
static String env(String name, String fallback) {
  return System.getenv().getOrDefault(name, fallback);
}
