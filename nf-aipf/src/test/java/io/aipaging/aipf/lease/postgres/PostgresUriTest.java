package io.aipaging.aipf.lease.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUriTest {
  @Test
  void severalHostsEachHaveTheirPort() {
    PostgresUri uri =
        PostgresUri.parse(
            "postgresql://aipf:s%40cret@db-1,db-2:5433,[2001:db8::1]:5434/aipaging"
                + "?sslmode=verify-full&sslrootcert=/etc/ca.pem\n");
    assertThat(uri.hosts())
        .containsExactly(
            new PostgresUri.Host("db-1", 5432),
            new PostgresUri.Host("db-2", 5433),
            new PostgresUri.Host("2001:db8::1", 5434));
    assertThat(uri.user()).isEqualTo("aipf");
    assertThat(uri.password()).isEqualTo("s@cret");
    assertThat(uri.database()).isEqualTo("aipaging");
    assertThat(uri.tls()).isEqualTo(new PostgresUri.Tls(Path.of("/etc/ca.pem"), true, null, null));
  }

  @Test
  void aPasswordIsNeverShown() {
    PostgresUri uri = PostgresUri.parse("postgres://aipf:secret@127.0.0.1/aipaging");
    assertThat(uri.toString()).doesNotContain("secret", "aipf:");
    assertThatThrownBy(() -> PostgresUri.parse("postgres://aipf:secret@/aipaging"))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void onlyADatabaseOnThisMachineIsReachedWithoutTls() {
    assertThat(PostgresUri.parse("postgres://a:b@localhost,[::1]/d").tls())
        .isEqualTo(PostgresUri.Tls.NONE);
    assertThatThrownBy(() -> PostgresUri.parse("postgres://a:b@localhost,db-2/d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sslmode=verify-full");
    assertThatThrownBy(() -> PostgresUri.parse("postgres://a:b@db-2/d?sslmode=disable"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mysql://a:b@localhost/d",
        "postgres://localhost/d",
        "postgres://a:b@localhost",
        "postgres://a:b@localhost:0/d",
        "postgres://a:b@localhost:65536/d",
        "postgres://a:b@localhost,/d",
        "postgres://a:b@localhost/d?sslmode=require",
        "postgres://a:b@localhost/d?sslmode=verify-full",
        "postgres://a:b@localhost/d?options=-c%20fsync=off",
        "postgres://a:b@h,h,h,h,h,h,h,h,h/d?sslmode=verify-ca&sslrootcert=/ca",
        "postgres://a:b@h/d?sslmode=verify-ca&sslrootcert=/ca&sslcert=/c"
      })
  void nonsenseIsRefused(String text) {
    assertThatThrownBy(() -> PostgresUri.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
