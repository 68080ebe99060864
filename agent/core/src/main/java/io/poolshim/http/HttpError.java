package io.poolshim.http;

/** A request that is answered with an error. Its message is sent, so it quotes nothing that the agent must not tell. */
public final class HttpError extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    public HttpError(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }

    HttpResponse response() {
        return HttpResponse.error(status, String.valueOf(getMessage()));
    }
}
