/** The scheduler: takes experiments, plans their runs and leads each through to its end. */
package dev.greenstick.scheduler;
