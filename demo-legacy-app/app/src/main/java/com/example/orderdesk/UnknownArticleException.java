package com.example.orderdesk;

/** Somebody mistyped an article number. */
class UnknownArticleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownArticleException(String sku) {
        super("There is no article " + sku);
    }
}
