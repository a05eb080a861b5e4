package org.engram.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a member listens. */
record Place(String host, int port) {

    /** An address of IPv6 without a port, one with brackets around it, or any other host; the last two may have a port. */
    private static final Pattern TEXT = Pattern.compile(
            "(?<bare>[^\\[\\]]*:[^\\[\\]]*:[^\\[\\]]*)|(\\[(?<inside>[^\\[\\]]+)]|(?<host>[^:\\[\\]]+))(:(?<port>\\d{1,5}))?");

    private static final int LAST_PORT = 65_535;

    /** Reads {@code 10.0.0.1}, {@code 10.0.0.1:7801}, {@code ::1} or {@code [::1]:7801}. */
    static Place of(String text, int usualPort) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            String bare = matcher.group("bare");
            String inside = matcher.group("inside");
            String host = bare != null ? bare : inside != null ? inside : matcher.group("host");
            int port = matcher.group("port") == null ? usualPort : Integer.parseInt(matcher.group("port"));
            if (!host.isBlank() && port >= 1 && port <= LAST_PORT) {
                return new Place(host, port);
            }
        }
        throw new IllegalArgumentException(
                "host: expected an address such as 10.0.0.1, 10.0.0.1:7801 or [::1]:7801, found %s".formatted(text));
    }

    String forEngine() {
        return "%s[%s]".formatted(host, port);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? "%s:%s" : "[%s]:%s").formatted(host, port);
    }
}
