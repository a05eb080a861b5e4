package org.engram.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.engram.store.EngramException;
import org.engram.store.Geometry;
import org.engram.store.Mask;
import org.engram.store.Pattern;
import org.engram.store.fixture.Patterns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example for tickets. */
class TicketsTest {

    private static final Mask QUARTER = Mask.lowerRight(Geometry.PAPER, 58);

    private static Pattern symbol(long seed) {
        return Patterns.random(Geometry.PAPER, seed);
    }

    private static Map<String, Pattern> seats(long firstSeed) {
        Map<String, Pattern> seats = new TreeMap<>();
        for (int seat = 0; seat < 20; seat++) {
            seats.put("seat " + seat, symbol(firstSeed + seat));
        }
        return seats;
    }

    @Test
    void aTornTicketIsAdmittedOnceAndToItsOwnEventOnly(@TempDir Path temp) {
        try (Tickets tickets = new Tickets(temp.resolve("tickets"))) {
            tickets.issue("opera", seats(100));
            tickets.issue("circus", seats(200));
            assertEquals(Optional.empty(), tickets.admit("circus", symbol(107), QUARTER));
            assertEquals(Optional.of("seat 7"), tickets.admit("opera", symbol(107), QUARTER));
            assertEquals(Optional.empty(), tickets.admit("opera", symbol(107), QUARTER));
            assertEquals(Optional.of("seat 8"), tickets.admit("opera", symbol(108), Mask.all(Geometry.PAPER)));
            assertEquals(Optional.empty(), tickets.admit("opera", symbol(300), QUARTER));
            assertEquals(Optional.of("seat 7"), tickets.admit("circus", symbol(207), QUARTER));
        }
    }

    @Test
    void anEventOfWhichOneSeatIsIssuedGetsNoTicketMore(@TempDir Path temp) {
        try (Tickets tickets = new Tickets(temp.resolve("tickets"))) {
            tickets.issue("opera", Map.of("seat 19", symbol(1)));
            assertThrows(EngramException.DuplicateKey.class, () -> tickets.issue("opera", seats(100)));
            assertEquals(Optional.empty(), tickets.admit("opera", symbol(107), QUARTER));
            assertEquals(Optional.of("seat 19"), tickets.admit("opera", symbol(1), QUARTER));
        }
    }
}
