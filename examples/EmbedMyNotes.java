// A third-party app on the UE: pages in plain words, embeds three notes through the steered path,
// releases. Needs nothing but a JDK 25:  java examples/EmbedMyNotes.java
import module java.net.http;

static final String APP = env("AIPAGING_CLIENT_ID", "notes-app");
static final String NEF = env("AIPAGING_NEF", "http://127.0.0.1:7001") + "/nnef-aipaging/v1/" + APP;
static final String JSON = "application/json";
static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

void main() throws Exception {
  String access = text("access_token", send("POST", env("AIPAGING_ISSUER", "http://127.0.0.1:7000")
      + "/oauth2/token", basic(), "application/x-www-form-urlencoded",
      "grant_type=client_credentials&scope=nnef-aipaging&audience=NEF"));
  String session = send("POST", NEF + "/sessions", "Bearer " + access, JSON, """
      {"ueAddress": "%s", "intent": {"text":
       "embed my field notes, data stays in the EU, answer within 200 ms"}}
      """.formatted(env("AIPAGING_UE_ADDRESS", "10.45.0.2")));
  IO.println(text("aisi", session) + " at anchor " + text("anchorId", session));
  List<String> notes = List.of("a heron stood in the reeds", "a grey bird waded at the shore",
      "the invoice is due on Friday");
  String input = notes.stream().map(n -> '"' + n + '"').collect(Collectors.joining(", ", "[", "]"));
  String answer = send("POST", text("serviceUri", session) + "/embeddings",
      "Bearer " + text("accessToken", session), JSON,
      "{\"model\": \"all-MiniLM-L6-v2\", \"input\": " + input + "}");
  List<double[]> vectors = Pattern.compile("\"embedding\"\\s*:\\s*\\[([^]]*)]").matcher(answer)
      .results().map(m -> Arrays.stream(m.group(1).split(",")).mapToDouble(Double::parseDouble)
      .toArray()).toList();
  IO.println("heron ~ bird    %.2f".formatted(cosine(vectors.get(0), vectors.get(1))));
  IO.println("heron ~ invoice %.2f".formatted(cosine(vectors.get(0), vectors.get(2))));

  send("DELETE", NEF + "/sessions/" + text("sessionId", session), "Bearer " + access, JSON, "");
}

String send(String method, String uri, String authorization, String type, String body)
    throws Exception {
  HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(10))
      .header("Authorization", authorization).header("Content-Type", type)
      .method(method, HttpRequest.BodyPublishers.ofString(body)).build();
  HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  if (response.statusCode() >= 300) throw new IOException(uri + ": " + response.body());
  return response.body();
}

String text(String member, String json) { // enough for this example; use a JSON library in an app
  Matcher found = Pattern.compile("\"" + member + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
  return found.find() ? found.group(1) : "?";
}

double cosine(double[] a, double[] b) { // the vectors have length 1
  return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
}

String basic() {
  String pair = APP + ":" + env("AIPAGING_CLIENT_SECRET", "change-me");
  return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes());
}

static String env(String name, String fallback) {
  return System.getenv().getOrDefault(name, fallback);
}
