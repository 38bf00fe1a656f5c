package dev.greenstick.contracts.id;

import java.util.regex.Pattern;

/**
 * The one rule for names: a DNS-1123 label, as Kubernetes has it, so that a name fits topics,
 * labels and paths.
 */
public final class Labels {

  /** What a name must match as a whole. */
  public static final String PATTERN = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  private static final Pattern LABEL = Pattern.compile(PATTERN);

  private Labels() {}

  /** Whether the text is a DNS-1123 label; null is none. */
  public static boolean isLabel(String text) {
    return text != null && LABEL.matcher(text).matches();
  }

  static void check(String what, String value) {
    if (!isLabel(value)) {
      throw new IllegalArgumentException(
          what
              + " must be lower-case letters, digits and inner hyphens, at most 63, but is: "
              + value);
    }
  }
}
