package org.engram.store;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps the store from logging thousands of recoveries that a test class means to happen. */
final class Quiet implements BeforeAllCallback, AfterAllCallback {

    private final Logger logger = Logger.getLogger(Quiet.class.getPackageName());
    private final Level before = logger.getLevel();

    @Override
    public void beforeAll(ExtensionContext context) {
        logger.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        logger.setLevel(before);
    }
}
