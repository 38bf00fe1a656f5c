/**
 * The kill switch: no new faults, and live ones reverted, for everything, one cluster or one
 * experiment.
 */
package dev.greenstick.contracts.halt;
