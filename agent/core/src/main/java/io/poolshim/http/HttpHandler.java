package io.poolshim.http;

/** Answers requests, in several threads at once. */
public interface HttpHandler {
    /**
     * The answer.
     *
     * @throws HttpError for an error as the answer
     */
    HttpResponse handle(HttpRequest request) throws HttpError;
}
