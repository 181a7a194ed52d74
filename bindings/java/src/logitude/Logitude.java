package logitude;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Native;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/** The functions of the library, by their names. */
public final class Logitude {
    private static final NativeLibrary LIBRARY = NativeLibrary.getInstance("logitude");

    /**
     * Calls a function. Its name is that of C without `lgt_`; without `_f32` or `_f64` too if
     * the first array of floats is to decide.
     *
     * <p>Given are the arguments of C in their order, without lengths of memory and types of
     * numbers, which arrays know. Left out, all or none, are also strides (rows have no gaps),
     * scratch, models to be fitted, and single results: these are in what is returned.
     */
    public static Result call(String name, Object... given) {
        return new Call(function(name, given), given).made();
    }

    /** A constant or a status: "LGT_MASK_CAUSAL". */
    public static long constant(String name) {
        return Table.CONSTANTS.get(name);
    }

    private static Table.Function function(String name, Object[] given) {
        Table.Function typed = null;
        for (Object value : given) {
            boolean single = value instanceof float[] || value instanceof FloatBuffer;
            if (single || value instanceof double[] || value instanceof DoubleBuffer) {
                typed = Table.FUNCTIONS.get("lgt_" + name + (single ? "_f32" : "_f64"));
                break;
            }
        }
        Table.Function found = Table.FUNCTIONS.getOrDefault("lgt_" + name, typed);
        if (found == null) {
            throw new IllegalArgumentException("no function " + name + " of these arguments");
        }
        return found;
    }

    /** The function as it is: numbers and pointers as C takes them. */
    static Object invoke(String name, Object... given) {
        return LIBRARY.getFunction(name).invoke(returned(Table.FUNCTIONS.get(name).returns), given);
    }

    private static Class<?> returned(String c) {
        switch (c) {
            case "void":
                return void.class;
            case "const char *":
                return String.class;
            case "float":
                return float.class;
            case "lgt_f16": case "lgt_bf16":
                return short.class;
            default:
                return int.class;
        }
    }

    /** A number as C takes it by value. */
    static Object number(String c, Number value) {
        switch (c) {
            case "size_t":
                return size(value.longValue());
            case "double":
                return value.doubleValue();
            case "float":
                return value.floatValue();
            case "int64_t": case "uint64_t":
                return value.longValue();
            case "lgt_f16": case "lgt_bf16":
                return value.shortValue();
            default:
                return value.intValue();
        }
    }

    static Object size(long value) {
        if (Native.SIZE_T_SIZE == 8) {
            return value;
        }
        return (int) value;
    }

    static String statusName(int status) {
        return (String) invoke("lgt_status_name", status);
    }

    static String statusText(int status) {
        return (String) invoke("lgt_status_string", status);
    }

    private Logitude() {}
}
