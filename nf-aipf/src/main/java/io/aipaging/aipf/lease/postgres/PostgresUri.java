package io.aipaging.aipf.lease.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and as whom to go there. Of several hosts the one that takes writes is
 * used, whichever that is at the time.
 *
 * @param hosts the database's servers, 1 to 8
 * @param database name of the database
 * @param user role
 * @param password of the role, or null; not shown by {@link #toString}
 * @param tls how connections are protected
 */
public record PostgresUri(
    List<Host> hosts, String database, String user, @Nullable String password, Tls tls) {
  private static final int HOSTS_MAX = 8;
  private static final int CHARACTERS_MAX = 4_096;
  private static final int PORT = 5_432;
  private static final Pattern FORM =
      Pattern.compile(
          "postgres(?:ql)?://(?<user>[^:@/?]+)(?::(?<password>[^@/?]*))?@(?<hosts>[^/?@]+)"
              + "/(?<database>[^/?]+)(?:\\?(?<query>.*))?");
  private static final Pattern HOST =
      Pattern.compile(
          "(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<name>[^\\[\\]:]+))(?::(?<port>[0-9]{1,5}))?");
  private static final String MODE = "sslmode";
  private static final String ROOT = "sslrootcert";
  private static final String CERTIFICATE = "sslcert";
  private static final String KEY = "sslkey";

  public PostgresUri {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty() || hosts.size() > HOSTS_MAX) {
      throw new IllegalArgumentException("1 to " + HOSTS_MAX + " hosts are needed");
    }
    if (!tls.on() && !hosts.stream().allMatch(Host::loopback)) {
      throw new IllegalArgumentException(
          "a database on another machine needs sslmode=verify-full and sslrootcert");
    }
  }

  /**
   * One server.
   *
   * @param name host name or address
   * @param port TCP port
   */
  public record Host(String name, int port) {
    public Host {
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port must be 1 to 65535");
      }
    }

    boolean loopback() {
      return name.equals("localhost") || name.startsWith("127.") || name.equals("::1");
    }

    @Override
    public String toString() {
      return name + ":" + port;
    }
  }

  /**
   * Protection of connections: none, or TLS with a server that is checked.
   *
   * @param root certificates a server's must lead to; null exactly without TLS
   * @param hostNames whether the server's certificate must also name the host
   * @param certificate own certificate for mutual TLS, or null
   * @param key its private key; present exactly when {@code certificate} is
   */
  public record Tls(
      @Nullable Path root, boolean hostNames, @Nullable Path certificate, @Nullable Path key) {
    /** No TLS. */
    public static final Tls NONE = new Tls(null, false, null, null);

    public Tls {
      if ((certificate == null) != (key == null)) {
        throw new IllegalArgumentException("sslcert and sslkey come together");
      }
    }

    boolean on() {
      return root != null;
    }
  }

  /**
   * Reads {@code postgresql://user:password@host:port,host:port/database?sslmode=…}. Of the
   * parameters of PostgreSQL's own clients {@code sslmode} ({@code disable}, {@code verify-ca},
   * {@code verify-full}), {@code sslrootcert}, {@code sslcert} and {@code sslkey} are known.
   *
   * @throws IllegalArgumentException saying what is wrong, without repeating any of it
   */
  public static PostgresUri parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (text.length() > CHARACTERS_MAX || !form.matches()) {
      throw new IllegalArgumentException(
          "the database's URI must be postgresql://user:password@host:port/database");
    }
    String password = form.group("password");
    return new PostgresUri(
        hosts(form.group("hosts")),
        decoded(form.group("database")),
        decoded(form.group("user")),
        password == null ? null : decoded(password),
        tls(form.group("query")));
  }

  private static List<Host> hosts(String text) {
    List<Host> hosts = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      Matcher host = HOST.matcher(each);
      if (!host.matches()) {
        throw new IllegalArgumentException("the database's URI has a host that is none");
      }
      String name = host.group("v6") == null ? decoded(host.group("name")) : host.group("v6");
      String port = host.group("port");
      hosts.add(new Host(name, port == null ? PORT : Integer.parseInt(port)));
    }
    return hosts;
  }

  private static Tls tls(@Nullable String query) {
    Map<String, String> parameters = parameters(query);
    String mode = parameters.getOrDefault(MODE, "disable");
    if (mode.equals("disable")) {
      return Tls.NONE;
    }
    if (!mode.equals("verify-full") && !mode.equals("verify-ca")) {
      throw new IllegalArgumentException("sslmode must be disable, verify-ca or verify-full");
    }
    if (!parameters.containsKey(ROOT)) {
      throw new IllegalArgumentException("sslmode=" + mode + " needs sslrootcert");
    }
    return new Tls(
        Path.of(parameters.get(ROOT)),
        mode.equals("verify-full"),
        path(parameters.get(CERTIFICATE)),
        path(parameters.get(KEY)));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      String name = equals < 0 ? each : each.substring(0, equals);
      if (equals < 0 || !List.of(MODE, ROOT, CERTIFICATE, KEY).contains(name)) {
        throw new IllegalArgumentException("the database's URI has a parameter that is not known");
      }
      parameters.put(name, decoded(each.substring(equals + 1)));
    }
    return parameters;
  }

  private static @Nullable Path path(@Nullable String text) {
    return text == null ? null : Path.of(text);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "PostgresUri[" + hosts + ", " + database + "]";
  }
}
