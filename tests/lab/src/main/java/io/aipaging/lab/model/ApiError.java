package io.aipaging.lab.model;

import org.jspecify.annotations.Nullable;

/** A refusal in the words of the OpenAI API. */
final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final @Nullable String param;
  private final @Nullable String code;

  private ApiError(
      int status, String type, @Nullable String param, @Nullable String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
  }

  static ApiError invalid(@Nullable String param, String message) {
    return new ApiError(400, "invalid_request_error", param, null, message);
  }

  static ApiError of(int status, String code, String message) {
    String type = status < 500 ? "invalid_request_error" : "server_error";
    return new ApiError(status, type, null, code, message);
  }

  int status() {
    return status;
  }

  Body body() {
    return new Body(new Detail(String.valueOf(getMessage()), type, param, code));
  }

  record Body(Detail error) {}

  record Detail(String message, String type, @Nullable String param, @Nullable String code) {}
}
