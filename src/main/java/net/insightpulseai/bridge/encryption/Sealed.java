package net.insightpulseai.bridge.encryption;

/**
 * Encrypted bytes.
 *
 * @param bytes the envelope
 * @param keyId names the key that decrypts them
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Sealed(byte[] bytes, String keyId) {}
