package dev.greenstick.command.control;

/** How an answer is printed. */
enum Format {
  /** For programs: one JSON value. */
  json,
  /** For files: one YAML document. */
  yaml,
  /** For people. */
  table
}
