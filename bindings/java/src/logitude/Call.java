package logitude;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** One call in the making. */
final class Call {
    /** Functions that change single things they are given, and so do not return them. */
    private static final Set<String> CHANGING = Set.of("step", "set", "add", "update", "merge", "reset");

    private static final Map<Table.Function, List<Table.Argument>> ALL = new ConcurrentHashMap<>();
    private static final Map<Table.Function, List<Table.Argument>> FEWER = new ConcurrentHashMap<>();

    private final Table.Function function;
    private final Object[] given;
    private final Map<String, Object> scope = new LinkedHashMap<>();
    private final Map<String, Numbers> memory = new LinkedHashMap<>();
    private final Map<Object, Numbers> lent = new IdentityHashMap<>();
    private final Map<String, Object> results = new LinkedHashMap<>();

    Call(Table.Function function, Object[] given) {
        this.function = function;
        this.given = given;
    }

    Result made() {
        take();
        for (Table.Argument arg : function.args) {
            if (arg.isPointer()) {
                memory.put(arg.name, memory(arg));
            }
        }
        for (Table.Argument arg : function.args) {
            if (arg.isPointer() && !longEnough(arg)) {
                throw new LogitudeException(function.name, (int) Logitude.constant("LGT_E_SIZE"));
            }
        }
        Object answer = Logitude.invoke(function.name, function.args.stream().map(this::passed).toArray());
        lent.values().forEach(Numbers::back);
        Reference.reachabilityFence(given);
        boolean tells = function.returns.equals("lgt_status");
        int status = tells ? (Integer) answer : 0;
        if (status < 0) {
            throw new LogitudeException(function.name, status);
        }
        Result result = new Result(status, tells ? null : answer);
        results.forEach((name, value) -> result.values.put(name, read(name, value)));
        return result;
    }

    /** Gives names to what is given: all but what arrays know, or all but what can be told. */
    private void take() {
        List<Table.Argument> all = ALL.computeIfAbsent(function, x -> {
            return x.args.stream().filter(arg -> !knownByArray(arg)).collect(Collectors.toList());
        });
        List<Table.Argument> fewer = FEWER.computeIfAbsent(function, x -> {
            return all.stream().filter(arg -> !canBeTold(arg)).collect(Collectors.toList());
        });
        List<Table.Argument> taken = given.length == all.size() ? all : fewer;
        if (given.length != taken.size()) {
            throw new IllegalArgumentException(
                function.name + " takes " + names(fewer) + "; or " + names(all)
                    + "; not " + given.length + " arguments");
        }
        for (int i = 0; i < given.length; i++) {
            scope.put(taken.get(i).name, given[i]);
        }
    }

    private static String names(List<Table.Argument> args) {
        return String.join(", ", args.stream().map(arg -> arg.name).toArray(String[]::new));
    }

    private boolean knownByArray(Table.Argument of) {
        return function.args.stream().anyMatch(arg -> arg.extent != null
            && (of.name.equals(arg.extent.size) || of.name.equals(arg.extent.element)));
    }

    private boolean canBeTold(Table.Argument arg) {
        if (!arg.isPointer()) {
            return strided(arg.name) != null;
        } else if (arg.isConst() || arg.extent == null) {
            return false;
        }
        return arg.extent.asked != null && asking(arg) != null
            || arg.extent.kind.equals("one") && !CHANGING.contains(function.verb);
    }

    /** The array whose stride this is. */
    private Table.Argument strided(String name) {
        return function.args.stream()
            .filter(arg -> arg.extent != null && name.equals(arg.extent.stride))
            .findFirst().orElse(null);
    }

    private Numbers memory(Table.Argument arg) {
        if (!scope.containsKey(arg.name)) {
            results.put(arg.name, allocated(arg));
            scope.put(arg.name, results.get(arg.name));
        }
        Object value = scope.get(arg.name);
        if (value == null) {
            return Numbers.of(null, arg.pointee(), false);
        }
        // An array that is given twice is one to C too, and copied back if C may write to it.
        boolean written = function.args.stream()
            .anyMatch(x -> x.isPointer() && !x.isConst() && scope.get(x.name) == value);
        return lent.computeIfAbsent(value, x -> Numbers.of(x, arg.pointee(), written));
    }

    private Object allocated(Table.Argument arg) {
        String to = arg.pointee();
        if (arg.extent.asked == null) {
            boolean isStruct = Table.STRUCTS.containsKey(to);
            return isStruct ? Struct.array(to.substring(4), 1)[0] : zeros(Layout.size(to));
        }
        List<Object> asking = new ArrayList<>();
        for (Table.Argument wanted : asking(arg)) {
            Object value = told(wanted);
            asking.add(wanted.isPointer()
                ? Numbers.of(value, wanted.pointee(), false).at
                : Logitude.number(wanted.c, (Number) value));
        }
        Memory size = zeros(8);
        asking.add(size);
        int status = (Integer) Logitude.invoke(arg.extent.asked, asking.toArray());
        if (status != 0) {
            throw new LogitudeException(arg.extent.asked, status);
        }
        return zeros((Long) Numbers.read(size, "size_t"));
    }

    private static Memory zeros(long size) {
        Memory made = new Memory(Math.max(size, 1));
        made.clear();
        return made;
    }

    /** What the function wants that says how many bytes are needed; null if it is not known. */
    private List<Table.Argument> asking(Table.Argument arg) {
        List<Table.Argument> args = Table.FUNCTIONS.get(arg.extent.asked).args;
        List<Table.Argument> wanted = args.subList(0, args.size() - 1);
        boolean known = wanted.stream().allMatch(x -> {
            Table.Argument own = function.arg(plain(x.name));
            boolean by = own != null && own.c.equals(x.c) && !knownByArray(own);
            return by || x.name.equals("score_size") && function.dtype != null
                || x.name.equals("weighted") && function.arg("weights") != null;
        });
        return known ? wanted : null;
    }

    private static String plain(String name) {
        return name.startsWith("_") ? name.substring(1) : name;
    }

    private Object told(Table.Argument wanted) {
        String name = plain(wanted.name);
        if (scope.containsKey(name) || function.arg(name) != null) {
            return scope.get(name);
        } else if (name.equals("weighted")) {
            return scope.get("weights") == null ? 0 : 1;
        }
        return function.dtype.equals("f64") ? 8 : function.dtype.equals("f32") ? 4 : 2;
    }

    private Object passed(Table.Argument arg) {
        if (arg.isPointer()) {
            return memory.get(arg.name).at;
        }
        for (Table.Argument array : function.args) {
            if (array.extent != null && arg.name.equals(array.extent.size)) {
                return Logitude.size(memory.get(array.name).length);
            } else if (array.extent != null && arg.name.equals(array.extent.element)) {
                return (int) memory.get(array.name).code;
            }
        }
        return Logitude.number(arg.c, number(arg.name));
    }

    /** An argument by value; a stride that was not given is as many as there are columns. */
    private Number number(String name) {
        if (!scope.containsKey(name)) {
            scope.put(name, (long) count(strided(name).extent.cols));
        }
        return (Number) scope.get(name);
    }

    private boolean longEnough(Table.Argument arg) {
        Numbers there = memory.get(arg.name);
        if (arg.pointee().equals("lgt_csr") && scope.get(arg.name) instanceof Struct) {
            Struct csr = (Struct) scope.get(arg.name);
            boolean rows = csr.length("indptr") > number("rows").doubleValue();
            return rows && csr.length("indices") >= csr.number("nnz");
        }
        if (arg.extent == null || there.length == 0 || there.at == null) {
            return true;
        }
        switch (arg.extent.kind) {
            case "array": {
                double count = count(arg.extent.count);
                return Double.isNaN(count) || count >= 0 && count <= there.length;
            }
            case "rows": {
                double rows = count(arg.extent.rows), cols = count(arg.extent.cols);
                double stride = number(arg.extent.stride).doubleValue();
                double all = rows == 0 || cols == 0 ? 0 : (rows - 1) * stride + cols;
                return Double.isNaN(all) || rows >= 0 && cols >= 0 && stride >= 0 && all <= there.length;
            }
            case "blob":
                return there.length >= 16 && word(there.at, 8) <= there.length;
            default:
                return true;
        }
    }

    private static long word(Pointer at, int offset) {
        return at.getInt(offset) & 0xffffffffL;
    }

    private double count(String text) {
        return Expression.value(text, this::known);
    }

    /** What a word in an extent stands for. */
    private double known(String word) {
        Table.Argument arg = function.arg(word);
        if (arg != null) {
            return arg.isPointer() ? Math.min(memory.get(word).length, 1) : number(word).doubleValue();
        }
        Numbers state = memory.get("state"), layer = memory.get("layer");
        if (word.equals("picked")) {
            return picked();
        } else if (word.equals("predicted.nnz") && memory.get("predicted").at != null) {
            return new Struct("lgt_csr", memory.get("predicted").at).number("nnz");
        } else if (word.equals("dims") && layer != null && layer.length >= 24) {
            return layer.at.getLong(16);
        }
        boolean ofState = word.equals("classes") || word.equals("categories") || word.equals("rows");
        if (ofState && state != null && state.length >= 16) {
            return word(state.at, 12);
        }
        return Double.NaN;
    }

    /** The columns that a mask leaves. */
    private double picked() {
        Pointer opts = memory.get("opts").at;
        Pointer mask = opts == null ? null : (Pointer) new Struct("lgt_softmax_opts", opts).get("mask");
        Struct of = mask == null ? null : new Struct("lgt_softmax_mask", mask);
        return of == null || of.get("columns") == null ? number("cols").doubleValue() : of.number("count");
    }

    private Object read(String name, Object value) {
        String to = function.arg(name).pointee();
        boolean isNumber = !to.equals("void") && !Table.STRUCTS.containsKey(to);
        return isNumber ? Numbers.read((Memory) value, to) : value;
    }
}
