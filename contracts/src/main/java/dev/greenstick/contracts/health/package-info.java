/** What was seen while a run lived: predictions, pods, alerts. */
package dev.greenstick.contracts.health;
