package org.engram.store;

/** What a store can be: one of the layouts, or of the format before there were any. */
enum StoreKind {
    FULL(Layout.FULL, Header.MINOR),
    TIED(Layout.TIED, Header.MINOR),
    PACKED(Layout.PACKED, Header.MINOR),
    OLD(Layout.FULL, 0);

    final Layout layout;
    private final int minor;

    StoreKind(Layout layout, int minor) {
        this.layout = layout;
        this.minor = minor;
    }

    /** The header of a new store of this kind. */
    Header header(StoreOptions options) {
        Header header = options.withLayout(layout).header();
        return new Header(
                minor,
                layout,
                header.geometry(),
                header.rule(),
                header.criteria(),
                header.uuid(),
                header.created(),
                Header.Derived.NONE);
    }
}
