package org.engram.store;

/** What a store can be: one of the layouts, or of the format before there were any. */
enum StoreKind {
    FULL(Layout.FULL),
    TIED(Layout.TIED),
    PACKED(Layout.PACKED),
    OLD(Layout.FULL);

    final Layout layout;

    StoreKind(Layout layout) {
        this.layout = layout;
    }

    /** The header of a new store of this kind. */
    Header header(StoreOptions options) {
        Header header = options.withLayout(layout).header();
        return this == OLD
                ? new Header(
                        0,
                        layout,
                        header.geometry(),
                        header.rule(),
                        header.criteria(),
                        header.uuid(),
                        header.created(),
                        Header.Derived.NONE)
                : header;
    }
}
