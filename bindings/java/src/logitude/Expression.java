package logitude;

import java.util.function.ToDoubleFunction;

/** A count of api.json: `rows * cols + 1`, `(cols + 63) / 64`, `offsets ? 1 : rows`. */
final class Expression {
    private final String[] tokens;
    private final ToDoubleFunction<String> known;
    private int at;

    private Expression(String text, ToDoubleFunction<String> known) {
        tokens = text.replaceAll("([()*/+?:-])", " $1 ").trim().split("\\s+");
        this.known = known;
    }

    /** Its value, which as a double does not overflow; NaN if a name is not known. */
    static double value(String text, ToDoubleFunction<String> known) {
        return new Expression(text, known).choice();
    }

    private boolean take(String token) {
        boolean there = at < tokens.length && tokens[at].equals(token);
        at += there ? 1 : 0;
        return there;
    }

    private double choice() {
        double value = sum();
        if (!take("?")) {
            return value;
        }
        double then = sum();
        take(":");
        double other = sum();
        return value != 0 ? then : other;
    }

    private double sum() {
        double value = product();
        while (at < tokens.length) {
            if (take("+")) {
                value += product();
            } else if (take("-")) {
                value -= product();
            } else {
                break;
            }
        }
        return value;
    }

    private double product() {
        double value = atom();
        while (at < tokens.length) {
            if (take("*")) {
                value *= atom();
            } else if (take("/")) {
                value = Math.floor(value / atom());
            } else {
                break;
            }
        }
        return value;
    }

    private double atom() {
        if (take("(")) {
            double value = choice();
            take(")");
            return value;
        }
        String word = tokens[at++];
        return Character.isDigit(word.charAt(0)) ? Double.parseDouble(word) : known.applyAsDouble(word);
    }
}
