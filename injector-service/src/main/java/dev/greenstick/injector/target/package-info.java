/** Which pods a fault hits: selection of candidates and choice among them, pure. */
package dev.greenstick.injector.target;
