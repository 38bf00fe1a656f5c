/** Carries records to the decisions and their effects back to topics and stores. */
package dev.greenstick.scheduler.stream;
