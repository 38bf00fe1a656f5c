/** Orders of the scheduler to the agents of one cluster. */
package dev.greenstick.contracts.command;
