/**
 * Names and derived identifiers: tiny records in place of bare strings, written as plain strings in
 * JSON.
 */
package dev.greenstick.contracts.id;
