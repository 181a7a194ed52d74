import java.util.Random;
import logitude.Logitude;
import logitude.State;
import logitude.Struct;

/**
 * Scores of a made-up classifier that is too sure of itself: softmax, calibration error, a
 * temperature that mends it, and the error after it.
 */
public class Calibrate {
    static final int ROWS = 4000, COLS = 5;

    public static void main(String[] args) {
        float[] x = new float[ROWS * COLS], p = new float[ROWS * COLS];
        int[] labels = classifier(x);
        Logitude.call("softmax", x, p, null, ROWS, COLS, null);
        System.out.printf("calibration error before: %.4f%n", calibrationError(p, labels));

        Struct model = Logitude.call("temperature_fit", x, labels, null, ROWS, COLS, null).struct("model");
        System.out.printf("temperature: %.3f%n", model.number("temperature"));
        Logitude.call("temperature_apply", model, x, p, ROWS, COLS);
        System.out.printf("calibration error after:  %.4f%n", calibrationError(p, labels));
    }

    /** Labels drawn from softmax(x / 2). */
    static int[] classifier(float[] x) {
        Random random = new Random(1);
        float[] p = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = 2 * (float) random.nextGaussian();
        }
        Logitude.call("softmax", x, p, null, ROWS, COLS, Struct.of("softmax_opts").set("scale", 0.5));
        int[] labels = new int[ROWS];
        for (int r = 0; r < ROWS; r++) {
            float left = random.nextFloat();
            while (labels[r] < COLS - 1 && left > p[r * COLS + labels[r]]) {
                left -= p[r * COLS + labels[r]++];
            }
        }
        return labels;
    }

    static double calibrationError(float[] p, int[] labels) {
        try (State state = State.of("ece_top_label", 15)) {
            state.update(p, labels, null, ROWS, COLS);
            return state.finish().struct("report").number("ece");
        }
    }
}
