/**
 * What is published beside the code: schemas, examples and the AsyncAPI document, from the code.
 */
package dev.greenstick.contracts.published;
