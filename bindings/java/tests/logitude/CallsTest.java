package logitude;

import static org.junit.Assert.assertEquals;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.Test;

/**
 * Every function of the library, called with what tests/calls.json says, answers what is
 * recorded there, at every level of this machine. tests/calls.md says how to read it.
 */
public class CallsTest {
    private final List<String> wrong = new ArrayList<>();

    @Test
    public void answersAreThoseRecorded() throws Exception {
        JsonArray calls;
        try (Reader file = Files.newBufferedReader(Path.of("../../tests/calls.json"))) {
            calls = new Gson().fromJson(file, JsonArray.class);
        }
        Set<String> called = new HashSet<>();
        long best = level();
        for (long level = Logitude.constant("LGT_LEVEL_PORTABLE"); level <= best; level++) {
            for (JsonElement call : calls) {
                // The last call leaves another level.
                Logitude.call("cpu_set_level", level);
                make(call.getAsJsonObject());
                called.add(call.getAsJsonObject().get("function").getAsString());
            }
        }
        Logitude.call("cpu_set_level", best);
        assertEquals(Table.FUNCTIONS.keySet(), called);
        assertEquals(List.of(), wrong);
    }

    private static long level() {
        return ((Number) Logitude.call("cpu_level").answer()).longValue();
    }

    private void make(JsonObject call) {
        JsonArray blocks = call.getAsJsonArray("memory");
        Memory[] memory = new Memory[blocks.size()];
        for (int i = 0; i < memory.length; i++) {
            JsonObject block = blocks.get(i).getAsJsonObject();
            memory[i] = new Memory(Math.max(8, size(block)));
            memory[i].clear();
        }
        for (int i = 0; i < memory.length; i++) {
            JsonObject block = blocks.get(i).getAsJsonObject();
            if (block.has("before")) {
                write(memory[i], block, memory, blocks);
            }
        }
        String dtype = Table.FUNCTIONS.get(call.get("function").getAsString()).dtype;
        double near = dtype == null || dtype.equals("f64") ? 1e-12 : 1e-6;
        for (JsonObject step = call; step != null; step = step.getAsJsonObject("then")) {
            step(step, blocks, memory, near);
        }
        for (int i = 0; i < memory.length; i++) {
            String where = call.get("function").getAsString() + ", block " + i;
            compare(where, memory[i], blocks.get(i).getAsJsonObject(), near);
        }
    }

    private static long size(JsonObject block) {
        return block.get("n").getAsLong() * Layout.size(block.get("type").getAsString());
    }

    /** Calls, and compares what is returned. */
    private void step(JsonObject step, JsonArray blocks, Memory[] memory, double near) {
        Table.Function function = Table.FUNCTIONS.get(step.get("function").getAsString());
        List<Object> given = new ArrayList<>();
        for (int i = 0; i < function.args.size(); i++) {
            JsonElement written = step.getAsJsonArray("args").get(i);
            String name = function.args.get(i).name;
            boolean known = function.args.stream().anyMatch(arg -> arg.extent != null
                && (name.equals(arg.extent.size) || name.equals(arg.extent.element)));
            if (!known) {
                given.add(value(written, blocks, memory));
            }
        }
        Object answer;
        try {
            Result result = Logitude.call(function.name.substring(4), given.toArray());
            answer = result.answer() == null ? (Object) result.status : result.answer();
        } catch (LogitudeException error) {
            answer = error.status;
        }
        JsonElement recorded = step.get("returns");
        if (recorded == null) {
            return;
        }
        boolean same = answer instanceof String
            ? answer.equals(recorded.getAsString())
            : agrees(((Number) answer).doubleValue(), number(recorded), function.returns, near);
        if (!same) {
            wrong.add(function.name + " returns " + answer + ", not " + recorded);
        }
    }

    /** What an argument is in Java. */
    private static Object value(JsonElement written, JsonArray blocks, Memory[] memory) {
        if (written.isJsonNull()) {
            return null;
        } else if (!written.isJsonArray()) {
            return whole(written) ? (Object) integer(written) : (Object) number(written);
        }
        int block = written.getAsJsonArray().get(0).getAsInt();
        int offset = written.getAsJsonArray().get(1).getAsInt();
        JsonObject of = blocks.get(block).getAsJsonObject();
        String type = of.get("type").getAsString();
        if (size(of) == 0) {
            return null;
        }
        ByteBuffer bytes = memory[block].getByteBuffer(0, size(of));
        switch (type) {
            case "float":
                return bytes.asFloatBuffer().position(offset);
            case "double":
                return bytes.asDoubleBuffer().position(offset);
            case "int16_t": case "uint16_t": case "lgt_f16": case "lgt_bf16":
                return bytes.asShortBuffer().position(offset);
            case "int32_t": case "uint32_t":
                return bytes.asIntBuffer().position(offset);
            case "int64_t": case "uint64_t": case "size_t":
                return bytes.asLongBuffer().position(offset);
            case "int8_t": case "uint8_t": case "bytes":
                return bytes.position(offset);
            default:
                Struct[] all = new Struct[of.get("n").getAsInt() - offset];
                int size = Layout.size(type);
                Arrays.setAll(all, i -> new Struct(type, memory[block].share((offset + i) * size)));
                return all;
        }
    }

    private static Pointer address(JsonElement written, JsonArray blocks, Memory[] memory) {
        int block = written.getAsJsonArray().get(0).getAsInt();
        String type = blocks.get(block).getAsJsonObject().get("type").getAsString();
        return memory[block].share(written.getAsJsonArray().get(1).getAsLong() * Layout.size(type));
    }

    private static boolean whole(JsonElement written) {
        return written.getAsString().matches("-?[0-9]+");
    }

    private static long integer(JsonElement written) {
        String text = written.getAsString();
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    }

    private static double number(JsonElement written) {
        return Double.parseDouble(written.getAsString());
    }

    /** What one element consists of: C types, and where they are. */
    private static void scalars(String c, int at, List<String> types, List<Integer> offsets) {
        if (!Table.STRUCTS.containsKey(c)) {
            types.add(c);
            offsets.add(at);
            return;
        }
        for (Table.Field field : Table.STRUCTS.get(c)) {
            scalars(field.c, at + Layout.offset(c, field.name), types, offsets);
        }
    }

    private static void write(Memory room, JsonObject block, Memory[] memory, JsonArray blocks) {
        JsonArray before = block.getAsJsonArray("before");
        String type = block.get("type").getAsString();
        if (type.equals("bytes")) {
            byte[] bytes = unpacked(before);
            room.write(0, bytes, 0, bytes.length);
            return;
        }
        List<String> types = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        scalars(type, 0, types, offsets);
        for (int i = 0; i < before.size(); i++) {
            JsonElement written = before.get(i);
            int at = i / types.size() * Layout.size(type) + offsets.get(i % types.size());
            String c = types.get(i % types.size());
            if (written.isJsonArray()) {
                room.setPointer(at, address(written, blocks, memory));
            } else if (!written.isJsonNull()) {
                boolean real = c.equals("float") || c.equals("double");
                Number value = real ? (Number) number(written) : (Number) integer(written);
                Numbers.write(room.share(at), c, value);
            }
        }
    }

    /** Bytes as hexadecimal digits, and how many zeros where there are many. */
    private static byte[] unpacked(JsonArray written) {
        StringBuilder digits = new StringBuilder();
        for (JsonElement x : written) {
            boolean text = x.getAsJsonPrimitive().isString();
            digits.append(text ? x.getAsString() : "00".repeat(x.getAsInt()));
        }
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return bytes;
    }

    private void compare(String where, Memory room, JsonObject block, double near) {
        JsonElement recorded = block.has("after") ? block.get("after") : block.get("before");
        if (recorded instanceof JsonNull) {
            return;
        }
        JsonArray list = recorded == null ? new JsonArray() : recorded.getAsJsonArray();
        String type = block.get("type").getAsString();
        if (type.equals("bytes")) {
            compareBytes(where, room, block, list, near);
            return;
        }
        List<String> types = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        scalars(type, 0, types, offsets);
        for (int i = 0; i < block.get("n").getAsInt() * types.size(); i++) {
            JsonElement was = recorded == null ? null : list.get(i);
            String c = types.get(i % types.size());
            int at = i / types.size() * Layout.size(type) + offsets.get(i % types.size());
            Object is = Numbers.read(room.share(at), c);
            // An address, or what differs from time to time.
            boolean open = was != null && (was.isJsonNull() || was.isJsonArray());
            if (is instanceof Pointer || is == null || open) {
                continue;
            }
            boolean real = is instanceof Double;
            boolean same = real || c.endsWith("f16")
                ? agrees(((Number) is).doubleValue(), was == null ? 0 : number(was), c, near)
                : (Long) is == (was == null ? 0 : integer(was));
            if (!same) {
                wrong.add(where + ", " + i + ": " + is + ", not " + was);
            }
        }
    }

    private void compareBytes(String where, Memory room, JsonObject block, JsonArray list, double near) {
        int n = block.get("n").getAsInt();
        byte[] is = room.getByteArray(0, n);
        ByteBuffer was = ByteBuffer.allocate(Math.max(n, 8)).order(java.nio.ByteOrder.nativeOrder());
        was.put(unpacked(list));
        Set<Integer> doubles = new HashSet<>();
        if (block.has("near")) {
            block.getAsJsonArray("near").forEach(x -> doubles.add(x.getAsInt()));
        }
        for (int i = 0; i < n; i++) {
            boolean real = doubles.contains(i / 8);
            boolean same = is[i] == was.get(i)
                || real && agrees(room.getDouble(i / 8 * 8), was.getDouble(i / 8 * 8), "double", near);
            if (!same) {
                wrong.add(where + ": byte " + i + " differs");
                return;
            }
        }
    }

    private static boolean agrees(double is, double was, String c, double near) {
        if (c.equals("float") || c.equals("double")) {
            return is == was || Double.isNaN(is) && Double.isNaN(was)
                || Math.abs(is - was) <= near * Math.max(1, Math.abs(was));
        }
        return Math.abs(is - was) <= (c.endsWith("f16") ? 1 : 0);
    }
}
