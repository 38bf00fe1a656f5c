/** The faults, one file each, behind one driver interface. */
package dev.greenstick.injector.fault;
