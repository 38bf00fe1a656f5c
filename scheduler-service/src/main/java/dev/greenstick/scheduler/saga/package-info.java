/**
 * The life of one run as a pure state machine: what happened, in what state, decides what is done
 * next.
 */
package dev.greenstick.scheduler.saga;
