package net.insightpulseai.bridge.encryption;

/**
 * Something encrypted.
 *
 * @param bytes initialization vector and cipher text
 * @param keyId names the key that opens it
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Sealed(byte[] bytes, String keyId) {}
