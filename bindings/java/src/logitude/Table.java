package logitude;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the library consists of: api.json, which is all that is known here of it. */
final class Table {
    static final class Argument {
        String name, c;
        Extent extent;

        boolean isPointer() {
            return c.endsWith("*");
        }

        boolean isConst() {
            return c.startsWith("const ");
        }

        String pointee() {
            return c.replace("const ", "").replace(" *", "");
        }
    }

    /** How much a pointer points at. */
    static final class Extent {
        String kind, rows, cols, stride, count, size, element, asked;
    }

    static final class Function {
        String name, family, verb, dtype, returns;
        List<Argument> args;

        Argument arg(String name) {
            return args.stream().filter(arg -> arg.name.equals(name)).findFirst().orElse(null);
        }
    }

    static final class Field {
        String name, c;
    }

    static final class Group {
        String name;
        List<Field> fields;
    }

    static final class Constant {
        String name;
        long value;
    }

    static final class Names {
        List<Constant> values;
    }

    private static final class Json {
        List<Constant> constants;
        List<Names> enums;
        List<Group> structs;
        List<Function> functions;
    }

    static final Map<String, Function> FUNCTIONS = new HashMap<>();
    static final Map<String, List<Field>> STRUCTS = new HashMap<>();
    static final Map<String, Long> CONSTANTS = new HashMap<>();

    static {
        Json json = read();
        json.functions.forEach(x -> FUNCTIONS.put(x.name, x));
        json.structs.forEach(x -> STRUCTS.put(x.name, x.fields));
        json.constants.forEach(x -> CONSTANTS.put(x.name, x.value));
        json.enums.forEach(x -> x.values.forEach(y -> CONSTANTS.put(y.name, y.value)));
    }

    private static Json read() {
        try (InputStream file = Table.class.getResourceAsStream("api.json")) {
            return new Gson().fromJson(new InputStreamReader(file, StandardCharsets.UTF_8), Json.class);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private Table() {}
}
