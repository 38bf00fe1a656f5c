/** What the injector must never touch, whoever orders it: pure. */
package dev.greenstick.injector.safety;
