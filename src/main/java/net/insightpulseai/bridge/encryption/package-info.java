/** Encryption at rest: of what finally failed, and of subscribers' secrets. */
@NullMarked
package net.insightpulseai.bridge.encryption;

import org.jspecify.annotations.NullMarked;
