/** What users ask of the scheduler now, with who asked. */
package dev.greenstick.contracts.request;
