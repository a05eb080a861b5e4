package org.engram.cluster;

/** Where a member listens. */
record Place(String host, int port) {

    /** Reads {@code 10.0.0.1}, {@code 10.0.0.1:7801} or an address of IPv6 without a port. */
    static Place of(String text, int usualPort) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon >= 0 && text.indexOf(':') == colon;
        String port = hasPort ? text.substring(colon + 1) : String.valueOf(usualPort);
        String host = hasPort ? text.substring(0, colon) : text;
        if (host.isBlank() || !port.matches("\\d{1,5}")) {
            throw new IllegalArgumentException(
                    "host: expected an address such as 10.0.0.1 or 10.0.0.1:7801, found %s".formatted(text));
        }
        return new Place(host, Integer.parseInt(port));
    }

    String forEngine() {
        return "%s[%s]".formatted(host, port);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
