package io.aipaging.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FormTest {
  private static final String CHARACTERS = "aZ09_-.:AbyY\n \u0000\u007f\u0080\u0130\uff21@[`{/";

  private record Pair(Form form, Pattern pattern) {}

  @Test
  void aFormAcceptsExactlyWhatItsPatternWould() {
    List<Pair> pairs =
        List.of(
            new Pair(Form.of("A-Za-z0-9._:-", 1, 5), Pattern.compile("[A-Za-z0-9._:-]{1,5}")),
            new Pair(Form.of("A-Za-z0-9_-", 2, 4), Pattern.compile("[A-Za-z0-9_-]{2,4}")),
            new Pair(new Form("A-Z", "A-Z0-9_", 1, 6), Pattern.compile("[A-Z][A-Z0-9_]{0,5}")),
            new Pair(Form.of("0-9a-f", 3, 3), Pattern.compile("[0-9a-f]{3}")));
    long seed = 20_261_123L;
    Random random = new Random(seed);
    int accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);
      for (Pair pair : pairs) {
        boolean matches = pair.pattern.matcher(text).matches();
        assertThat(pair.form.fits(text)).as("seed %d, step %d", seed, i).isEqualTo(matches);
        accepted += matches ? 1 : 0;
      }
    }
    assertThat(accepted).isGreaterThan(1_000);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int among = random.nextBoolean() ? 12 : CHARACTERS.length(); // else hardly any would be long
    for (int length = random.nextInt(8); length > 0; length--) {
      text.append(CHARACTERS.charAt(random.nextInt(among)));
    }
    return text.toString();
  }
}
