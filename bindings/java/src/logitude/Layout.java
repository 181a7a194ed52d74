package logitude;

import com.sun.jna.Native;

/** How C lays out numbers and structs. */
final class Layout {
    /** Of a number, an address or a struct. */
    static int size(String c) {
        if (!Table.STRUCTS.containsKey(c)) {
            return scalar(c);
        }
        int size = 0;
        for (Table.Field field : Table.STRUCTS.get(c)) {
            size = aligned(size, field.c) + size(field.c);
        }
        return aligned(size, c);
    }

    /** Where a field starts. */
    static int offset(String struct, String name) {
        int at = 0;
        for (Table.Field field : Table.STRUCTS.get(struct)) {
            at = aligned(at, field.c);
            if (field.name.equals(name)) {
                return at;
            }
            at += size(field.c);
        }
        throw new IllegalArgumentException(struct + " has no field " + name);
    }

    static Table.Field field(String struct, String name) {
        offset(struct, name);
        return Table.STRUCTS.get(struct).stream().filter(x -> x.name.equals(name)).findFirst().get();
    }

    private static int aligned(int at, String c) {
        int to = alignment(c);
        return (at + to - 1) / to * to;
    }

    private static int alignment(String c) {
        if (!Table.STRUCTS.containsKey(c)) {
            return scalar(c);
        }
        return Table.STRUCTS.get(c).stream().mapToInt(x -> alignment(x.c)).max().orElse(1);
    }

    private static int scalar(String c) {
        switch (c) {
            case "int8_t": case "uint8_t": case "bytes": case "void":
                return 1;
            case "int16_t": case "uint16_t": case "lgt_f16": case "lgt_bf16":
                return 2;
            case "int32_t": case "uint32_t": case "float":
                return 4;
            case "int64_t": case "uint64_t": case "double":
                return 8;
            case "size_t":
                return Native.SIZE_T_SIZE;
            default:
                return Native.POINTER_SIZE;
        }
    }

    private Layout() {}
}
