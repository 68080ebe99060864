package com.example.orderdesk;

import java.math.BigDecimal;

/** An article as it stands in the catalogue. */
final class Article {
    final String sku;
    final String name;
    final BigDecimal price;

    Article(String sku, String name, BigDecimal price) {
        this.sku = sku;
        this.name = name;
        this.price = price;
    }
}
