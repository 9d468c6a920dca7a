package net.insightpulseai.bridge.pairing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The pair, as {@code bridge.pairing} stores it.
 *
 * @param fingerprint of the bridge's database
 * @param odooDbUuid Odoo's {@code database.uuid}; null until an Odoo has stated it
 * @param odooBaseUrl that Odoo's address; {@link Pairing#SIMULATED} for the simulated one
 * @param at when it was paired
 * @param by the operator; {@code bridge} if it trusted the first Odoo itself
 */
public record PairingRecord(
    String fingerprint,
    @Nullable String odooDbUuid,
    @Nullable String odooBaseUrl,
    Instant at,
    String by,
    String why) {}
