/** The pods of a cluster as fabric8 shows them: the only package that knows its client. */
package dev.greenstick.probe.watch.kubernetes;
