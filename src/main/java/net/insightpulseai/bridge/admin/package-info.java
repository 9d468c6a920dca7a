/**
 * The management port with its login and its rules for Jolokia, and the correlation id in the log.
 */
@NullMarked
package net.insightpulseai.bridge.admin;

import org.jspecify.annotations.NullMarked;
