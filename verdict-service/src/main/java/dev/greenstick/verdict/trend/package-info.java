/** How the figures of an experiment's runs change from run to run. Pure. */
package dev.greenstick.verdict.trend;
