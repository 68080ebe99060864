package io.poolshim.demo;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All users at once. */
final class Load {
    private final Options options;
    private final Schedule schedule;
    private final List<Shopper> shoppers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Load(Options options, URI address) {
        this.options = options;
        this.schedule = Schedule.fromNow(options.warmUp(), options.measured());
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(30))
                .build();
        for (int number = 0; number < options.users(); number++) {
            Shopper shopper = new Shopper(client, address, options.seed(), number, schedule);
            shoppers.add(shopper);
            threads.add(new Thread(shopper, "user-" + number));
        }
    }

    /** Runs until the time is over and every user has its last answer; tells how it stands every second. */
    static Tally run(Options options, URI address, Consumer<Tally> everySecond) throws InterruptedException {
        Load load = new Load(options, address);
        load.threads.forEach(thread -> thread.setDaemon(true));
        load.threads.forEach(Thread::start);
        for (int second = 0; !load.schedule.isOver(); second++) {
            Thread.sleep(Math.max(1, Math.min(1000, load.schedule.untilEnd().toMillis())));
            everySecond.accept(load.tally());
        }
        for (Thread thread : load.threads) {
            thread.join();
        }
        return load.tally();
    }

    private Tally tally() {
        Tally all = new Tally();
        shoppers.forEach(shopper -> all.addAll(shopper.tally()));
        return all;
    }
}
