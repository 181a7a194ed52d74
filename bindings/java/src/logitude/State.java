package logitude;

import com.sun.jna.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Anything that is updated chunk by chunk and merged: "accuracy", "ece_top_label". */
public final class State implements AutoCloseable {
    private final String family;
    private Memory memory;

    private State(String family, Memory memory) {
        this.family = family;
        this.memory = memory;
    }

    /** A fresh one, with what `init` of the family takes. */
    public static State of(String family, Object... given) {
        Result made = Logitude.call(family + "_init", given);
        return new State(family, (Memory) made.get("state"));
    }

    /** One that `bytes` gave, here or on another machine. */
    public static State of(String family, byte[] bytes) {
        Memory memory = new Memory(Math.max(bytes.length, 1));
        memory.write(0, bytes, 0, bytes.length);
        Logitude.call("state_check", memory);
        return new State(family, memory);
    }

    /** The function of this family of that name, on this state: `call("finish")`. */
    public Result call(String verb, Object... given) {
        List<Object> all = new ArrayList<>(List.of(this));
        all.addAll(Arrays.asList(given));
        return Logitude.call(family + "_" + verb, all.toArray());
    }

    public Result update(Object... given) {
        return call("update", given);
    }

    public State merge(State other) {
        call("merge", other);
        return this;
    }

    public Result finish(Object... given) {
        return call("finish", given);
    }

    public byte[] bytes() {
        return memory().getByteArray(0, (int) memory.size());
    }

    Memory memory() {
        if (memory == null) {
            throw new IllegalStateException("closed");
        }
        return memory;
    }

    @Override
    public void close() {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
