package net.insightpulseai.bridge.encryption;

/**
 * Encrypted bytes.
 *
 * @param bytes initialization vector and cipher text
 * @param keyId names the key that decrypts them
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
public record Sealed(byte[] bytes, String keyId) {}
