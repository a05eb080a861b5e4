package org.engram.store.internal.neurons;

import org.engram.store.internal.format.Picture;

/** A picture that is to be stored under a key, which is valid. */
public record Storable(String key, Picture picture) {}
