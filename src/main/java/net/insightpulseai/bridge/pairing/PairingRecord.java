package net.insightpulseai.bridge.pairing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was paired, as {@code bridge.pairing} has it.
 *
 * @param fingerprint of the bridge's database
 * @param odooDbUuid Odoo's {@code database.uuid}; null until an Odoo has told it
 * @param odooBaseUrl where that Odoo was; {@link Pairing#SIMULATED} for the stand-in
 * @param at when
 * @param by the operator; or {@code bridge} itself, of what it met first
 */
public record PairingRecord(
    String fingerprint,
    @Nullable String odooDbUuid,
    @Nullable String odooBaseUrl,
    Instant at,
    String by,
    String why) {}
