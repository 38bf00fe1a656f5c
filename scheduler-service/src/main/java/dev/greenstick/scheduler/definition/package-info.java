/** What makes a definition one that may run: the same rules for the API and for the topic. */
package dev.greenstick.scheduler.definition;
