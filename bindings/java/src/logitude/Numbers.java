package logitude;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/** Something of Java where C can see it. Arrays are copied, direct buffers are not. */
final class Numbers {
    final Pointer at;
    /** In elements; no limit where Java does not know it. */
    final long length;
    /** Of the numbers, as C names it: LGT_F32. */
    final long code;
    private final Object array;

    private Numbers(Pointer at, long length, String name, Object array) {
        this.at = at;
        this.length = length;
        this.code = name == null ? 0 : Table.CONSTANTS.get("LGT_" + name);
        this.array = array;
    }

    /** As what C takes for a pointer to this type; `back` if C writes there. */
    static Numbers of(Object value, String c, boolean back) {
        int size = Layout.size(c);
        if (value == null) {
            return new Numbers(Pointer.NULL, 0, "I32", null);
        } else if (value instanceof Struct) {
            return new Numbers(((Struct) value).at, 1, null, null);
        } else if (value instanceof Struct[]) {
            Struct[] all = (Struct[]) value;
            return new Numbers(all.length == 0 ? Pointer.NULL : all[0].at, all.length, null, null);
        } else if (value instanceof State) {
            return of(((State) value).memory(), c, back);
        } else if (value instanceof Memory) {
            return new Numbers((Memory) value, ((Memory) value).size() / size, null, null);
        } else if (value instanceof Pointer) {
            return new Numbers((Pointer) value, Long.MAX_VALUE, null, null);
        }
        String name = name(value);
        boolean own = Layout.size(c) == bits(name) / 8 && c.contains("float") == name.equals("F32")
            && c.contains("double") == name.equals("F64");
        if (!own && !c.equals("void")) {
            throw new IllegalArgumentException(value.getClass().getSimpleName() + " where C has " + c);
        }
        return value instanceof Buffer ? buffer((Buffer) value, name) : copy(value, name, back);
    }

    private static String name(Object value) {
        if (value instanceof float[] || value instanceof FloatBuffer) {
            return "F32";
        } else if (value instanceof double[] || value instanceof DoubleBuffer) {
            return "F64";
        } else if (value instanceof byte[] || value instanceof ByteBuffer) {
            return "I8";
        } else if (value instanceof short[] || value instanceof ShortBuffer) {
            return "I16";
        } else if (value instanceof int[] || value instanceof IntBuffer) {
            return "I32";
        } else if (value instanceof long[] || value instanceof LongBuffer) {
            return "I64";
        }
        throw new IllegalArgumentException(value.getClass() + " is no array of numbers");
    }

    private static int bits(String name) {
        return Integer.parseInt(name.substring(1));
    }

    private static Numbers buffer(Buffer buffer, String name) {
        if (!buffer.isDirect()) {
            throw new IllegalArgumentException("a buffer that is not direct");
        }
        long start = (long) buffer.position() * bits(name) / 8;
        Pointer at = buffer.capacity() == 0 ? Pointer.NULL : Native.getDirectBufferPointer(buffer);
        return new Numbers(at == null ? null : at.share(start), buffer.remaining(), name, null);
    }

    private static Numbers copy(Object array, String name, boolean back) {
        int length = Array.getLength(array);
        if (length == 0) {
            return new Numbers(Pointer.NULL, 0, name, null);
        }
        Memory at = new Memory((long) length * bits(name) / 8);
        if (array instanceof float[]) {
            at.write(0, (float[]) array, 0, length);
        } else if (array instanceof double[]) {
            at.write(0, (double[]) array, 0, length);
        } else if (array instanceof byte[]) {
            at.write(0, (byte[]) array, 0, length);
        } else if (array instanceof short[]) {
            at.write(0, (short[]) array, 0, length);
        } else if (array instanceof int[]) {
            at.write(0, (int[]) array, 0, length);
        } else {
            at.write(0, (long[]) array, 0, length);
        }
        return new Numbers(at, length, name, back ? array : null);
    }

    /** Copies what C has written. */
    void back() {
        int length = (int) this.length;
        if (array instanceof float[]) {
            at.read(0, (float[]) array, 0, length);
        } else if (array instanceof double[]) {
            at.read(0, (double[]) array, 0, length);
        } else if (array instanceof byte[]) {
            at.read(0, (byte[]) array, 0, length);
        } else if (array instanceof short[]) {
            at.read(0, (short[]) array, 0, length);
        } else if (array instanceof int[]) {
            at.read(0, (int[]) array, 0, length);
        } else if (array instanceof long[]) {
            at.read(0, (long[]) array, 0, length);
        }
    }

    /** One number: a Double, or a Long without its sign lost. Of an address, the address. */
    static Object read(Pointer at, String c) {
        switch (c) {
            case "float":
                return (double) at.getFloat(0);
            case "double":
                return at.getDouble(0);
            case "int8_t":
                return (long) at.getByte(0);
            case "uint8_t":
                return at.getByte(0) & 0xffL;
            case "int16_t":
                return (long) at.getShort(0);
            case "uint16_t": case "lgt_f16": case "lgt_bf16":
                return at.getShort(0) & 0xffffL;
            case "int32_t":
                return (long) at.getInt(0);
            case "uint32_t":
                return at.getInt(0) & 0xffffffffL;
            case "int64_t": case "uint64_t": case "size_t":
                return Layout.size(c) == 8 ? at.getLong(0) : at.getInt(0) & 0xffffffffL;
            default:
                return at.getPointer(0);
        }
    }

    static void write(Pointer at, String c, Number value) {
        if (c.equals("float")) {
            at.setFloat(0, value.floatValue());
        } else if (c.equals("double")) {
            at.setDouble(0, value.doubleValue());
        } else if (Layout.size(c) == 1) {
            at.setByte(0, value.byteValue());
        } else if (Layout.size(c) == 2) {
            at.setShort(0, value.shortValue());
        } else if (Layout.size(c) == 4) {
            at.setInt(0, value.intValue());
        } else {
            at.setLong(0, value.longValue());
        }
    }
}
