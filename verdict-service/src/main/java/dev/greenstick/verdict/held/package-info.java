/** Which instance holds which runs, what this one holds, and how to ask the others. */
package dev.greenstick.verdict.held;
