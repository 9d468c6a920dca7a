/** What an answer over HTTP, or its absence, means for the row that was sent. */
@NullMarked
package net.insightpulseai.bridge.answer;

import org.jspecify.annotations.NullMarked;
