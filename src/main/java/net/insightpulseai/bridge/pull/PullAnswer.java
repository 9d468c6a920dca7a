package net.insightpulseai.bridge.pull;

import net.insightpulseai.bridge.cursor.Bookmark;
import net.insightpulseai.bridge.cursor.EventBatch;

/**
 * What a request gets.
 *
 * @param next where the caller is with it
 * @param release gives back the memory that it counts for; to be called once, when it is written
 */
record PullAnswer(EventBatch batch, Bookmark next, Runnable release) {}
