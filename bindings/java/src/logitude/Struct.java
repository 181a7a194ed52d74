package logitude;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.HashMap;
import java.util.Map;

/** A struct of C: options, a report, a model. Fields are known by their names there. */
public final class Struct {
    final String type;
    final Pointer at;
    /** What the fields point to, so that it stays. */
    private final Map<String, Object> held = new HashMap<>();

    Struct(String type, Pointer at) {
        this.type = type;
        this.at = at;
    }

    /** A struct of zeros, or of the defaults if there are some: "softmax_opts". */
    public static Struct of(String name) {
        Struct made = array(name, 1)[0];
        if (Table.FUNCTIONS.containsKey(made.type + "_default")) {
            Logitude.invoke(made.type + "_default", made.at);
        }
        return made;
    }

    /** Zeros, one after the other, as functions of many bins or classes want them. */
    public static Struct[] array(String name, int n) {
        String type = "lgt_" + name;
        int size = Layout.size(type);
        Memory memory = new Memory((long) size * Math.max(n, 1));
        memory.clear();
        Struct[] made = new Struct[n];
        for (int i = 0; i < n; i++) {
            made[i] = new Struct(type, memory.share((long) i * size));
        }
        return made;
    }

    /** A number, as a Double or a Long; a struct within this one. */
    public Object get(String name) {
        String c = Layout.field(type, name).c;
        Pointer field = at.share(Layout.offset(type, name));
        return Table.STRUCTS.containsKey(c) ? new Struct(c, field) : Numbers.read(field, c);
    }

    public double number(String name) {
        return ((Number) get(name)).doubleValue();
    }

    /** A number; of a pointer, an array, a direct buffer, a struct or null. */
    public Struct set(String name, Object value) {
        String c = Layout.field(type, name).c;
        long offset = Layout.offset(type, name);
        if (value instanceof Callback) {
            at.setPointer(offset, CallbackReference.getFunctionPointer((Callback) value));
        } else if (c.endsWith("*")) {
            String to = c.replace("const ", "").replace(" *", "");
            Numbers there = Numbers.of(value, to, !c.startsWith("const "));
            at.setPointer(offset, there.at);
            boolean typed = Table.STRUCTS.get(type).stream().anyMatch(x -> x.name.equals(name + "_type"));
            if (typed && value != null) {
                set(name + "_type", there.code);
            }
            held.put(name + " memory", there);
        } else {
            Numbers.write(at.share(offset), c, (Number) value);
        }
        held.put(name, value);
        return this;
    }

    /** Of the array that a field points to. */
    long length(String name) {
        Numbers there = (Numbers) held.get(name + " memory");
        return there == null ? 0 : there.length;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type).append('{');
        for (Table.Field field : Table.STRUCTS.get(type)) {
            String comma = text.charAt(text.length() - 1) == '{' ? "" : ", ";
            text.append(comma).append(field.name).append('=').append(get(field.name));
        }
        return text.append('}').toString();
    }
}
