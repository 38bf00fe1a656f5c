/** The cluster, reached through fabric8's client: the only package that knows it. */
package dev.greenstick.injector.kubernetes;
