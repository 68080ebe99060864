package io.poolshim.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private final Locale locale = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
    }

    @Test
    void text_isAsTheFormatHasIt() {
        Locale.setDefault(Locale.GERMANY); // who write 0,5
        PrometheusText text = new PrometheusText();
        text.add("b_total", "counter", "Bs.", PrometheusText.labels("x", "a\"\\\nb", "y", "1"), 3);
        text.add("a", "gauge", "As.", "", 0.5);
        text.add("a", "gauge", "As.", "", 0.25);
        assertEquals(
                "# HELP a As.\n# TYPE a gauge\na 0.750000000\n"
                        + "# HELP b_total Bs.\n# TYPE b_total counter\nb_total{x=\"a\\\"\\\\\\nb\",y=\"1\"} 3\n",
                text.toString());
    }
}
