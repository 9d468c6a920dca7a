/** Signs and verifies bodies: the schemes a caller may use, checked on the raw bytes. */
@NullMarked
package net.insightpulseai.bridge.signature;

import org.jspecify.annotations.NullMarked;
