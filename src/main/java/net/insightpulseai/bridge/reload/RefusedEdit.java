package net.insightpulseai.bridge.reload;

import java.time.Instant;
import java.util.List;
import net.insightpulseai.bridge.routecheck.Finding;

/**
 * What is in the folder and does not run.
 *
 * @param hash of its files
 * @param findings why; those that refuse come first
 */
public record RefusedEdit(String hash, Instant at, List<Finding> findings) {}
