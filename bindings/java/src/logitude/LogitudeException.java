package logitude;

/** A call that failed. */
public final class LogitudeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The function of C. */
    public final String function;
    /** What it returned. */
    public final int status;
    /** That by its name: "LGT_E_SHAPE". */
    public final String name;

    LogitudeException(String function, int status) {
        super(function + ": " + Logitude.statusName(status) + ": " + Logitude.statusText(status));
        this.function = function;
        this.status = status;
        this.name = Logitude.statusName(status);
    }
}
