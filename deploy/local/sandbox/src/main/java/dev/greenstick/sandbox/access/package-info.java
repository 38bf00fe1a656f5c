/** Who a request comes from and whether the cluster's roles let it pass. */
package dev.greenstick.sandbox.access;
