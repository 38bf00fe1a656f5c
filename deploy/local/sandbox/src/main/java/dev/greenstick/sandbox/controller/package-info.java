/**
 * Drives the cluster towards what its objects ask for: replicas, endpoints, nodes, budgets,
 * cleanup.
 */
package dev.greenstick.sandbox.controller;
