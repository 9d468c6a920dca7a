package net.insightpulseai.bridge.outbox;

/**
 * Nothing more may be sent to a target until an operator resumes it.
 *
 * @param how paused or disabled
 * @param why what an operator reads
 */
public record TargetStop(TargetStates.Stop how, String why) {}
