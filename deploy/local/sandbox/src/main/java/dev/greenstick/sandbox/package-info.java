/** A Kubernetes cluster on one machine, without containers: {@link Sandbox} is the front door. */
package dev.greenstick.sandbox;
