/**
 * What the injector needs of a cluster's pods, as a port: conditional writes and their outcomes.
 */
package dev.greenstick.injector.cluster;
