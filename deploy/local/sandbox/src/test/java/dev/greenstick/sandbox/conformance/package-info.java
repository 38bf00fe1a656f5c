/**
 * Every behaviour of the Kubernetes API that Greenstick relies on, one test each, for any cluster.
 */
package dev.greenstick.sandbox.conformance;
