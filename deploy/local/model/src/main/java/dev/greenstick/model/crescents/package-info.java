/**
 * A random forest that tells two interlocking crescents apart, and the sample points it is asked
 * about.
 */
package dev.greenstick.model.crescents;
