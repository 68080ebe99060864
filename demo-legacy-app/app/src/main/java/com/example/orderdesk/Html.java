package com.example.orderdesk;

/** Templates were thought to be slow. */
final class Html {
    private Html() {}

    static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String page(String title, CharSequence body) {
        return "<html><head><title>" + title + "</title></head><body bgcolor=\"#EEEEEE\">\n<h1>" + title + "</h1>\n"
                + body + "<hr><a href=\"/\">Order desk</a></body></html>\n";
    }
}
