package io.poolshim.demo;

import io.poolshim.testbed.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A browser on no screen. Each look at a page is a process of its own. */
final class Chromium {
    /** For the page's own timers and requests; of the browser's time, which does not pass while it has nothing to do. */
    private static final String PATIENCE = "--virtual-time-budget=15000";

    /** High enough for the trace: the page makes no rows that cannot be seen. */
    private static final String SIZE = "--window-size=1280,620";

    private static final Duration AT_MOST = Duration.ofMinutes(1);

    private final Path program;

    /** Not a test's folder: helpers of the browser may write there for a moment after it has gone. */
    private final Path work = TemporaryFiles.directory();

    Chromium(Path program) throws IOException {
        this.program = program;
    }

    /** The text of a page, a line for each piece, once it satisfies the condition. */
    List<String> text(URI page, Predicate<List<String>> condition) {
        Await.until(page + " shows what it should", AT_MOST, () -> condition.test(text(page)));
        return text(page);
    }

    private List<String> text(URI page) {
        return Stream.of(dom(page).split("<[^>]*>"))
                .map(String::strip)
                .filter(piece -> !piece.isEmpty())
                .toList();
    }

    /** The page as its scripts have made it. */
    String dom(URI page) {
        Path dom = work.resolve("page.html");
        run(page, dom, "--dump-dom");
        try {
            return Files.readString(dom);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of so many pixels. */
    void picture(URI page, Path file, int width, int height) {
        String size = "--window-size=" + width + "," + height; // the last one holds
        run(page, work.resolve("picture.out"), size, "--screenshot=" + file.toAbsolutePath());
    }

    /** Writes a picture of the page, as PNG. */
    void picture(URI page, Path file) {
        run(page, work.resolve("picture.out"), "--screenshot=" + file.toAbsolutePath());
    }

    private void run(URI page, Path output, String... what) {
        List<String> fixed = List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--user-data-dir=" + work.resolve("profile"),
                SIZE,
                PATIENCE);
        List<String> command = Stream.of(fixed.stream(), Stream.of(what), Stream.of(page.toString()))
                .flatMap(part -> part)
                .toList();
        Path log = work.resolve("chromium.log");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(log.toFile())
                    .start();
            boolean ended = process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS);
            process.destroyForcibly();
            if (!ended || process.exitValue() != 0) {
                throw new IllegalStateException("cannot look at " + page + ": " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at " + page, e);
        }
    }
}
