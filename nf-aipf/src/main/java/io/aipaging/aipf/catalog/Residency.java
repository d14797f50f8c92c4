package io.aipaging.aipf.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where data may be processed.
 *
 * @param codes ISO 3166-1 alpha-2 codes and {@code EU}, sorted; empty means anywhere
 */
public record Residency(List<String> codes) {
  /** No limit. */
  public static final Residency ANYWHERE = new Residency(List.of());

  /** The code for all member states of the European Union. */
  public static final String EU = "EU";

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> EU_MEMBERS =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
          "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

  public Residency {
    codes.forEach(
        code ->
            Require.that(isCode(code), "residency must be ISO 3166-1 alpha-2 country codes or EU"));
    codes = List.copyOf(new TreeSet<>(codes));
  }

  /** From codes in any order and number. */
  public static Residency of(Collection<String> codes) {
    return new Residency(List.copyOf(codes));
  }

  /** Whether {@code code} is a country's. */
  public static boolean isCountry(String code) {
    return COUNTRIES.contains(code);
  }

  /** Whether {@code code} is a country's or {@code EU}. */
  public static boolean isCode(String code) {
    return code.equals(EU) || isCountry(code);
  }

  /** Whether data may be processed in {@code country}. */
  public boolean allows(String country) {
    return codes.isEmpty()
        || codes.contains(country)
        || (codes.contains(EU) && EU_MEMBERS.contains(country));
  }
}
