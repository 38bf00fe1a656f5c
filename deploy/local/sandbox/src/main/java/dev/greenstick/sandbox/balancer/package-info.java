/** Gives every service a real port and spreads its connections over the pods that are ready. */
package dev.greenstick.sandbox.balancer;
