package logitude;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.Test;

public class LogitudeTest {
    private static final double NEAR = 1e-14;

    private static double[] scores(int rows, int cols) {
        double[] x = new double[rows * cols];
        for (int i = 0; i < x.length; i++) {
            x[i] = 3 * Math.sin(i * 1.7);
        }
        return x;
    }

    private static String failure(String name, Object... given) {
        return assertThrows(LogitudeException.class, () -> Logitude.call(name, given)).name;
    }

    private static void refused(String name, Object... given) {
        assertThrows(IllegalArgumentException.class, () -> Logitude.call(name, given));
    }

    @Test
    public void softmaxIsThatOfTheTextbook() {
        double[] x = scores(5, 4), y = new double[20], lse = new double[5];
        Logitude.call("softmax", x, y, lse, 5, 4, null);
        for (int r = 0; r < 5; r++) {
            double sum = 0;
            for (int c = 0; c < 4; c++) {
                sum += Math.exp(x[r * 4 + c]);
            }
            assertEquals(Math.log(sum), lse[r], NEAR);
            for (int c = 0; c < 4; c++) {
                assertEquals(Math.exp(x[r * 4 + c]) / sum, y[r * 4 + c], NEAR);
            }
        }
    }

    @Test
    public void inPlaceAndInBuffers() {
        double[] x = {0, Math.log(3)};
        Logitude.call("softmax", x, x, null, 1, 2, null);
        assertArrayEquals(new double[] {0.25, 0.75}, x, NEAR);
        ByteBuffer bytes = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        FloatBuffer buffer = bytes.asFloatBuffer();
        buffer.put(new float[] {9, 9, 0, (float) Math.log(3)}).position(2);
        Logitude.call("softmax", buffer, buffer, null, 1, 2, null);
        assertEquals(9, buffer.get(1), 0);
        assertEquals(0.75, buffer.get(3), 1e-7);
        FloatBuffer heap = FloatBuffer.allocate(2);
        refused("softmax", heap, heap, null, 1, 2, null);
    }

    @Test
    public void arraysThatAreTooShortOrOfAnotherType() {
        float[] x = new float[11], y = new float[12];
        assertEquals("LGT_E_SIZE", failure("softmax", x, y, null, 3, 4, null));
        assertEquals("LGT_E_SIZE", failure("softmax", y, x, null, 3, 4, null));
        assertEquals("LGT_E_SIZE", failure("softmax", y, y.clone(), new float[2], 3, 4, null));
        assertEquals("LGT_E_SIZE", failure("softmax_f32", y, 5, y, 4, null, 3, 4, null));
        assertEquals("LGT_E_SIZE", failure("softmax_f32", y, Long.MAX_VALUE, y, 4, null, 3, 4, null));
        assertEquals("LGT_E_SIZE", failure("softmax", y, y, null, -3, 4, null));
        assertEquals("LGT_E_SIZE", failure("accuracy_finish", new byte[15]));
        refused("softmax", y, new double[12], null, 3, 4, null);
        refused("softmax", y, y);
        refused("softmacks", y, y);
    }

    @Test
    public void errorsAndAdvisories() {
        Object[] none = {null, null, null, 3, 4, null};
        LogitudeException error =
            assertThrows(LogitudeException.class, () -> Logitude.call("softmax_f32", none));
        assertEquals("LGT_E_NULL", error.name);
        assertEquals("lgt_softmax_f32", error.function);
        double[] y = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        Result result = Logitude.call("softmax", y, y, null, 1, 2, null);
        assertEquals("LGT_EMPTY_ROW", result.name());
        assertTrue(Double.isNaN(y[0]));
    }

    @Test
    public void optionsPointToArrays() {
        double[] x = {1, 2, 3, 4, 5, 6}, y = new double[4];
        Memory share = new Memory(16);
        Struct mask = Struct.of("softmax_mask").set("columns", new short[] {2, 0}).set("count", 2)
            .set("bias", new float[] {0, 2}).set("sinks", new double[] {3, 6}).set("sink_share", share);
        Struct opts = Struct.of("softmax_opts").set("mask", mask);
        Logitude.call("softmax", x, y, null, 2, 3, opts);
        assertArrayEquals(new double[] {1. / 3, 1. / 3, 1. / 3, 1. / 3}, y, NEAR);
        assertEquals(1. / 3, share.getDouble(8), NEAR);
        assertThrows(IllegalArgumentException.class, () -> opts.set("skale", 1));
    }

    @Test
    public void sparseRowsKnowHowLongTheyAre() {
        long[] counts = new long[3];
        Struct csr = Struct.of("csr").set("indptr", new int[] {0, 1, 2}).set("indices", new int[] {2, 2});
        Logitude.call("csr_count", csr.set("nnz", 2), counts, 2, 3);
        assertArrayEquals(new long[] {0, 0, 2}, counts);
        assertEquals("LGT_E_SIZE", failure("csr_count", csr, counts, 3, 3));
        assertEquals("LGT_E_SIZE", failure("csr_count", csr.set("nnz", 3), counts, 2, 3));
    }

    @Test
    public void threadsGiveTheSameBits() {
        double[] x = scores(3000, 101), alone = new double[x.length], shared = new double[x.length];
        Logitude.call("softmax", x, alone, null, 3000, 101, null);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Struct opts = Struct.of("softmax_opts").set("ctx", Workers.of(threads, 4));
        Logitude.call("softmax", x, shared, null, 3000, 101, opts);
        threads.shutdown();
        assertArrayEquals(alone, shared, 0);
    }

    @Test
    public void statesMergeAndTravel() {
        double[] p = scores(60, 4);
        Logitude.call("softmax", p, p, null, 60, 4, null);
        int[] labels = new int[60];
        Arrays.setAll(labels, r -> r * 7 % 4);
        try (State whole = State.of("ece_top_label", 10); State first = State.of("ece_top_label", 10)) {
            whole.update(p, labels, null, 60, 4);
            first.update(Arrays.copyOf(p, 100), Arrays.copyOf(labels, 25), null, 25, 4);
            byte[] saved;
            try (State rest = State.of("ece_top_label", 10)) {
                double[] later = Arrays.copyOfRange(p, 100, 240);
                rest.update(later, Arrays.copyOfRange(labels, 25, 60), null, 35, 4);
                saved = rest.bytes();
            }
            try (State rest = State.of("ece_top_label", saved)) {
                first.merge(rest);
            }
            assertEquals(whole.finish().struct("report").toString(), first.finish().struct("report").toString());
            byte[] part = Arrays.copyOf(saved, 20);
            assertThrows(LogitudeException.class, () -> State.of("ece_top_label", part));
        }
        State closed = State.of("accuracy", 1);
        closed.close();
        assertThrows(IllegalStateException.class, closed::finish);
    }

    @Test
    public void fitsAllocateTheirModels() {
        float[] x = {0.1f, 0.4f, 0.35f, 0.8f, 0.9f}, y = new float[5];
        byte[] labels = {0, 1, 0, 1, 1};
        Object model = Logitude.call("isotonic_fit", x, labels, null, 5, null).get("model");
        Logitude.call("isotonic_apply", model, x, y, 5);
        assertArrayEquals(new float[] {0, 1, 0, 1, 1}, y, 0);
        assertEquals(1, Logitude.call("auroc", x, labels, null, 5, 1.0).struct("report").number("auroc"), 0);
    }
}
