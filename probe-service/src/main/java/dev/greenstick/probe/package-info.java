/** The probe of one cluster: pace, predict, record, emit. */
package dev.greenstick.probe;
