/** W3C Trace Context: whose trace a request, an event or an action belongs to. */
@NullMarked
package net.insightpulseai.bridge.tracecontext;

import org.jspecify.annotations.NullMarked;
