/** Demo mode: everything embedded, one event in and one action out. */
@NullMarked
package net.insightpulseai.bridge.demo;

import org.jspecify.annotations.NullMarked;
