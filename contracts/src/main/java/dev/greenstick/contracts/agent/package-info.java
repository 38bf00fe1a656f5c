/** Who is there to carry out commands. */
package dev.greenstick.contracts.agent;
