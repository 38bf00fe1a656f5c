/**
 * Benchmarks: every figure that a README prints, beside its limit or a peer measured in the same
 * run.
 */
package dev.greenstick.bench;
