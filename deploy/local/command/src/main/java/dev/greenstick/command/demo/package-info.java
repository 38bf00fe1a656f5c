/**
 * What the demo runs and how it ends: the experiment, the options that change it, the exit status.
 * Pure.
 */
package dev.greenstick.command.demo;
