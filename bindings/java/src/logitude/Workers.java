package logitude;

import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Threads that are lent to calls, as `ctx` of their options. */
public final class Workers implements Callback {
    private final ExecutorService threads;

    private Workers(ExecutorService threads) {
        this.threads = threads;
    }

    /** So many threads of these at once. */
    public static Struct of(ExecutorService threads, int workers) {
        return Struct.of("ctx").set("workers", workers).set("run", new Workers(threads));
    }

    /** What C calls with the tasks of a call. */
    public int callback(Pointer user, long tasks, Pointer task, Pointer arg) {
        Function function = Function.getFunction(task);
        List<Future<?>> all = new ArrayList<>();
        for (long i = 0; i < tasks; i++) {
            Object[] given = {arg, Logitude.size(i)};
            all.add(threads.submit(() -> function.invoke(void.class, given)));
        }
        int failed = 0;
        for (Future<?> each : all) {
            try {
                each.get();
            } catch (Exception error) {
                failed = 1;
            }
        }
        return failed;
    }
}
