/**
 * The Open Inference Protocol v2: what a request must hold, what an answer holds, and what is
 * refused.
 */
package dev.greenstick.model.inference;
