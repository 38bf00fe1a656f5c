package dev.greenstick.sandbox.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Objects of one kind at one version, ordered by namespace and name. The objects are shared and
 * must not be modified.
 */
public record Snapshot(long version, List<ObjectNode> objects) {}
