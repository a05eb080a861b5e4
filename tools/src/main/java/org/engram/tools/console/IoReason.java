package org.engram.tools.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Says in words why the system refused a file, and what to do; the exceptions of Java often hold a name only. */
public final class IoReason {

    private static final String NO_SPACE = "No space left on device";
    private static final String BROKEN_PIPE = "broken pipe";

    private IoReason() {}

    /** The reason and what to do about it, without the name of the file. */
    public static String of(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException _ -> "it is there already; choose another name";
            case AccessDeniedException _ -> "permission denied; change the permissions, or choose another place";
            case NoSuchFileException _ -> "it is not there; check the name";
            case NotDirectoryException _ -> "it is no directory; check the name";
            case IOException _
            when said(e).contains(NO_SPACE) -> "no space left on the device; free some, or choose another place";
            default -> said(e);
        };
    }

    /** Whether the reader at the other end of a pipe has gone. */
    static boolean isBrokenPipe(IOException e) {
        return said(e).toLowerCase(Locale.ROOT).contains(BROKEN_PIPE);
    }

    /** The reason without advice: what the system says, or the name of the exception when the system says nothing. */
    public static String said(IOException e) {
        String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        if (said == null && e.getCause() instanceof IOException cause) {
            return said(cause);
        }
        return said == null || said.isBlank() ? e.getClass().getSimpleName() : said.strip();
    }
}
