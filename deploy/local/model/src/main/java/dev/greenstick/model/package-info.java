/**
 * The model that the sandbox serves: a process per pod that answers over the Open Inference
 * Protocol.
 */
package dev.greenstick.model;
