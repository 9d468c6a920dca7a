/** Who acts: the name of the login, and the name that was given with it. */
@NullMarked
package net.insightpulseai.bridge.login;

import org.jspecify.annotations.NullMarked;
