/** What took how long, sent to a collector of OpenTelemetry where the operator names one. */
@NullMarked
package dev.shopbell.platform.traces;

import org.jspecify.annotations.NullMarked;
