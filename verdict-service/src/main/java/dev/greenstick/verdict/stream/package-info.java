/** The fold at the edge: records in, stores, records out. */
package dev.greenstick.verdict.stream;
