/** What finally failed: the record of it. */
@NullMarked
package net.insightpulseai.bridge.deadletter;

import org.jspecify.annotations.NullMarked;
