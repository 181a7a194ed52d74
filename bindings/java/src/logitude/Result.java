package logitude;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a call left: its status, and what was not given to it to write to, by C's names. */
public final class Result {
    /** 0, or an advisory: the results are there, but deserve a look. */
    public final int status;
    final Object answer;
    final Map<String, Object> values = new LinkedHashMap<>();

    Result(int status, Object answer) {
        this.status = status;
        this.answer = answer;
    }

    /** The status by its name: "LGT_OK". */
    public String name() {
        return Logitude.statusName(status);
    }

    /** What a function returns that returns no status. */
    public Object answer() {
        return answer;
    }

    public Struct struct(String name) {
        return (Struct) values.get(name);
    }

    public double number(String name) {
        return ((Number) values.get(name)).doubleValue();
    }

    /** Memory: a fitted model, to be given to other functions. */
    public Object get(String name) {
        return values.get(name);
    }
}
