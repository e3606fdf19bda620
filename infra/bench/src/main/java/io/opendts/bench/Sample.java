package io.opendts.bench;

import java.util.Map;

/**
 * One contestant, one round.
 *
 * @param seconds wall time as a user would take it
 * @param ownCpuSeconds of the contestant's own processes; 0 when all the work is the servers'
 * @param peakRssKib of the contestant's own process; 0 when unknown
 * @param parts named spans within {@code seconds}, in seconds
 */
record Sample(double seconds, double ownCpuSeconds, double sourceCpuSeconds, double targetCpuSeconds, long peakRssKib,
        Map<String, Double> parts) {

    Sample {
        parts = Map.copyOf(parts);
    }
}
