package io.aipaging.openapi;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a contract, as its OpenAPI file names it. Every operation takes one record and
 * returns one record. Members of the request record that the path names travel in the path; of the
 * rest, a GET or DELETE sends them in the query and every other method in a JSON body.
 *
 * @param api service name, also the OAuth2 scope, such as {@code naipf-paging}
 * @param operationId as in the OpenAPI file
 * @param method GET, POST or DELETE
 * @param path absolute path template with the version, such as {@code
 *     /naipf-paging/v1/sessions/{sessionId}}
 * @param successStatus 200, 201 or 204
 * @param location path template of the {@code Location} of a 201, filled from the response record;
 *     null otherwise
 * @param request type of the request record
 * @param response type of the response record; {@link NoContent} for a 204
 * @param safeToRepeat whether a repeat with the same content changes nothing more: a consumer may
 *     then retry when it cannot know whether the first attempt arrived
 */
public record Operation<Q, R>(
    String api,
    String operationId,
    String method,
    String path,
    int successStatus,
    @Nullable String location,
    Class<Q> request,
    Class<R> response,
    boolean safeToRepeat) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z]+)}");

  /** A GET that answers 200. */
  public static <Q, R> Operation<Q, R> get(
      String api, String operationId, String path, Class<Q> request, Class<R> response) {
    return new Operation<>(
        api, operationId, "GET", prefix(api) + path, 200, null, request, response, true);
  }

  /** A POST that creates a resource: 201 with {@code Location}. */
  public static <Q, R> Operation<Q, R> create(
      String api,
      String operationId,
      String path,
      String location,
      Class<Q> request,
      Class<R> response) {
    return new Operation<>(
        api,
        operationId,
        "POST",
        prefix(api) + path,
        201,
        prefix(api) + location,
        request,
        response,
        false);
  }

  /** A custom operation: POST on a verb segment (TS 29.501 §4.4.2) that answers 200. */
  public static <Q, R> Operation<Q, R> post(
      String api, String operationId, String path, Class<Q> request, Class<R> response) {
    return new Operation<>(
        api, operationId, "POST", prefix(api) + path, 200, null, request, response, false);
  }

  /** A POST that tells something, as often as it takes: 204. */
  public static <Q> Operation<Q, NoContent> notice(
      String api, String operationId, String path, Class<Q> request) {
    return new Operation<>(
        api, operationId, "POST", prefix(api) + path, 204, null, request, NoContent.class, true);
  }

  /** A DELETE that answers 204. */
  public static <Q> Operation<Q, NoContent> delete(
      String api, String operationId, String path, Class<Q> request) {
    return new Operation<>(
        api, operationId, "DELETE", prefix(api) + path, 204, null, request, NoContent.class, true);
  }

  /** The same operation, declared repeatable. */
  public Operation<Q, R> repeatable() {
    return new Operation<>(
        api, operationId, method, path, successStatus, location, request, response, true);
  }

  /** Whether members outside the path travel in a JSON body. */
  public boolean hasBody() {
    return method.equals("POST");
  }

  /** Names of the path variables, in order. */
  public List<String> pathVariables() {
    return VARIABLE.matcher(path).results().map(m -> m.group(1)).toList();
  }

  /** Fills {@code template} with {@code value.apply(name)} for each of its variables. */
  public static String expand(
      String template, java.util.function.Function<String, String> valueOf) {
    return VARIABLE
        .matcher(template)
        .replaceAll(m -> Matcher.quoteReplacement(valueOf.apply(m.group(1))));
  }

  private static String prefix(String api) {
    return "/" + api + "/v1";
  }
}
