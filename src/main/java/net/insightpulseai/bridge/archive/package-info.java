/** Where archives of events are kept: a folder, or a bucket behind the interface of S3. */
@NullMarked
package net.insightpulseai.bridge.archive;

import org.jspecify.annotations.NullMarked;
