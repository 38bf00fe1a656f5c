package dev.greenstick.contracts.id;

/**
 * The one rule for names: a DNS-1123 label, as Kubernetes has it, so that a name fits topics,
 * labels and paths.
 */
public final class Labels {

  /** What a name must match as a whole. */
  public static final String PATTERN = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  private static final int LONGEST = 63;

  private Labels() {}

  /** Whether the text is a DNS-1123 label; null is none. */
  public static boolean isLabel(String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char one = text.charAt(i);
      boolean isInner = i > 0 && i < text.length() - 1;
      if (!(one >= 'a' && one <= 'z') && !(one >= '0' && one <= '9') && !(one == '-' && isInner)) {
        return false;
      }
    }
    return true;
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
