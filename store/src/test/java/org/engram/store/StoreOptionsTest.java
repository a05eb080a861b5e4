package org.engram.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StoreOptionsTest {

    @Test
    void optionsTellWhatTheyAre() {
        LearningRule rule = new LearningRule(0.5f, 1, 1, 1);
        Criteria criteria = new Criteria(0.1f, 0.2f, 0.3f, 0.4f);
        StoreOptions options = StoreOptions.DEFAULT
                .withGeometry(new Geometry(28, 27))
                .withLayout(Layout.PACKED)
                .withRule(rule)
                .withCriteria(criteria);
        assertEquals(new StoreOptions(Layout.PACKED, new Geometry(28, 27), rule, criteria), options);
        assertEquals(
                "StoreOptions[layout=PACKED, geometry=28 x 27, rule=%s, criteria=%s, masks=false]"
                        .formatted(rule, criteria),
                options.toString());
        assertEquals(
                new StoreOptions(Layout.FULL, Geometry.PAPER, LearningRule.PAPER, Criteria.DEFAULT),
                StoreOptions.DEFAULT);
        assertTrue(options.withMasks()
                .withLayout(Layout.TIED)
                .withGeometry(Geometry.PAPER)
                .masks());
    }

    @Test
    void theOptionsOfAnOpeningTellWhatTheyAre() {
        assertEquals(Durability.PROCESS_SAFE, OpenOptions.DEFAULT.durability());
        OpenOptions always = OpenOptions.DEFAULT.withDurability(Durability.ALWAYS);
        assertEquals(new OpenOptions(Durability.ALWAYS), always);
        assertEquals("OpenOptions[durability=ALWAYS]", always.toString());
    }

    @Test
    void nullIsRefusedByName() {
        StoreOptions options = StoreOptions.DEFAULT;
        assertEquals(
                "layout",
                assertThrows(NullPointerException.class, () -> options.withLayout(null))
                        .getMessage());
        assertEquals(
                "geometry",
                assertThrows(NullPointerException.class, () -> options.withGeometry(null))
                        .getMessage());
        assertEquals(
                "rule",
                assertThrows(NullPointerException.class, () -> options.withRule(null))
                        .getMessage());
        assertEquals(
                "criteria",
                assertThrows(NullPointerException.class, () -> options.withCriteria(null))
                        .getMessage());
        assertEquals(
                "durability",
                assertThrows(NullPointerException.class, () -> OpenOptions.DEFAULT.withDurability(null))
                        .getMessage());
    }
}
