package io.aipaging.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEncodingTest {
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void onlyUtf8IsRead(String charset) {
    assertThatThrownBy(() -> Json.tree("{\"a\":\"é\"}".getBytes(Charset.forName(charset))))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void utf8IsReadWithAnyCharacter() throws JsonProcessingException {
    byte[] document = "{\"a\":\"é中\\u0000\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(Json.tree(document).path("a").asText()).isEqualTo("é中\u0000");
  }
}
