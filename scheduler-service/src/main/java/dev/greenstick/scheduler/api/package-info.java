/** The REST API: definitions, run now, abort, and where a run stands. */
package dev.greenstick.scheduler.api;
