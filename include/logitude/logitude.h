/*
 * Logitude: everything after the logits.
 *
 * Generated from the doc comments in src/capi by `cargo api`; not to be edited.
 */
#ifndef LOGITUDE_H
#define LOGITUDE_H

#include <stddef.h>
#include <stdint.h>

/* Define LGT_SHARED on Windows to link the DLL. */
#if defined(_WIN32) && defined(LGT_SHARED)
#define LGT_API __declspec(dllimport)
#elif defined(__GNUC__) && !defined(_WIN32)
#define LGT_API __attribute__((visibility("default")))
#else
#define LGT_API
#endif

/* The version of this header; that of the library is lgt_version(). */
#define LGT_VERSION_MAJOR 0
#define LGT_VERSION_MINOR 1
#define LGT_VERSION_PATCH 0
/* major * 10000 + minor * 100 + patch */
#define LGT_VERSION_NUMBER 100
#define LGT_VERSION "0.1.0"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- version ---- */

/**
 * The version of the library that is running, as "major.minor.patch".
 * Thread safety: any thread, any time.
 */
LGT_API const char *lgt_version(void);

/**
 * The version of the library that is running, as
 * `major * 10000 + minor * 100 + patch`; compare with
 * `LGT_VERSION_NUMBER` of the header. Thread safety: any thread, any time.
 */
LGT_API uint32_t lgt_version_number(void);

/**
 * What this library was built for: version, processor family, the levels it
 * holds kernels for. One line, for logs. Thread safety: any thread, any time.
 */
LGT_API const char *lgt_build_info(void);

/* ---- status ---- */

/**
 * What a call returns. Zero is success. A positive value is an advisory: the
 * outputs are written, and something about them deserves a look. A negative
 * value is an error: nothing is written and a state is as it was. Values are
 * never renumbered.
 */
typedef enum lgt_status {
  /** Success. */
  LGT_OK = 0,
  /** At least one row has no entry above -inf. */
  LGT_EMPTY_ROW = 1,
  /** The statistic is undefined for this data; it was written as NaN. */
  LGT_UNDEFINED = 2,
  /** The fit ended at a bound of its parameter. */
  LGT_AT_BOUND = 3,
  /** The data does not determine the fit; the neutral model was written. */
  LGT_DEGENERATE = 4,
  /** The iteration limit was reached; the best model met was written. */
  LGT_NOT_CONVERGED = 5,
  /** A null pointer where data is needed. */
  LGT_E_NULL = -1,
  /** Shapes that do not fit together. */
  LGT_E_SHAPE = -2,
  /** A stride smaller than the row. */
  LGT_E_STRIDE = -3,
  /** Arrays that overlap other than exactly in place. */
  LGT_E_ALIAS = -4,
  /** A number outside its range, or NaN where a number is needed. */
  LGT_E_VALUE = -5,
  /** A label outside 0 .. cols - 1, or an unknown label type. */
  LGT_E_LABEL = -6,
  /** An options struct of unknown size, or an unknown option value. */
  LGT_E_OPTION = -7,
  /** Bytes that are not a state of this kind and version. */
  LGT_E_STATE = -8,
  /** States of different kinds or parameters cannot be merged. */
  LGT_E_MISMATCH = -9,
  /** A buffer too small, or an array larger than the address space. */
  LGT_E_SIZE = -10,
  /** The scratch buffer is too small. */
  LGT_E_SCRATCH = -11,
  /** The caller's allocator returned null. */
  LGT_E_NOMEM = -12,
  /** This machine or build cannot do what was asked. */
  LGT_E_UNSUPPORTED = -13,
  /** A callback of the caller reported failure. */
  LGT_E_CALLBACK = -14
} lgt_status;

/**
 * The name of a status, such as "LGT_E_ALIAS"; "LGT_?" for a number that is
 * none. Static text. Thread safety: any thread, any time.
 */
LGT_API const char *lgt_status_name(int32_t status);

/**
 * One sentence about a status for a person. Static text. Thread safety: any
 * thread, any time.
 */
LGT_API const char *lgt_status_string(int32_t status);

/* ---- cpu ---- */

/** Plain code; runs on every processor. */
#define LGT_LEVEL_PORTABLE 0

/** x86-64 with AVX2, FMA, F16C, BMI1 and BMI2. */
#define LGT_LEVEL_AVX2 1

/** x86-64 with AVX-512 F, BW, DQ and VL as well. */
#define LGT_LEVEL_AVX512 2

/** 64-bit Arm. */
#define LGT_LEVEL_NEON 3

/** WebAssembly built with simd128. */
#define LGT_LEVEL_SIMD128 4

/**
 * The level in use, an `LGT_LEVEL_` number. The first call of any function
 * finds the best level that the processor and the operating system support,
 * or takes the one that the environment variable `LOGITUDE_LEVEL` names
 * (`portable`, `avx2`, `avx512`, `neon`, `simd128`) if the machine supports
 * that.
 * Thread safety: any thread, any time.
 */
LGT_API uint32_t lgt_cpu_level(void);

/**
 * Uses exactly this level from now on, for the whole process: for tests, for
 * comparing machines, for finding faults. Going up again to what the machine
 * supports is allowed.
 *
 * # Errors
 * `LGT_E_OPTION` for a number that is no level, `LGT_E_UNSUPPORTED` for a
 * level that this machine lacks; the level in use then stays.
 *
 * Thread safety: any thread; calls that run meanwhile use either level.
 */
LGT_API lgt_status lgt_cpu_set_level(uint32_t level);

/**
 * The name of a level, as `LOGITUDE_LEVEL` takes it; "?" for a number that is
 * none. Static text. Thread safety: any thread, any time.
 */
LGT_API const char *lgt_cpu_level_name(uint32_t level);

/* ---- types ---- */

/** Labels are `int8_t`. */
#define LGT_I8 1

/** Labels are `int16_t`. */
#define LGT_I16 2

/** Labels are `int32_t`. */
#define LGT_I32 3

/** Labels are `int64_t`. */
#define LGT_I64 4

/** Labels are `uint8_t`. */
#define LGT_U8 5

/** Labels are `uint16_t`. */
#define LGT_U16 6

/** Labels are `uint32_t`. */
#define LGT_U32 7

/** Labels are `uint64_t`. */
#define LGT_U64 8

/** IEEE binary16, as its bits. */
typedef uint16_t lgt_f16;

/** bfloat16, as its bits. */
typedef uint16_t lgt_bf16;

/** The value of a binary16, exactly. Thread safety: any thread, any time. */
LGT_API float lgt_f16_to_f32(lgt_f16 x);

/**
 * The nearest binary16, ties to even; NaN stays NaN, what is too large becomes
 * infinite. Thread safety: any thread, any time.
 */
LGT_API lgt_f16 lgt_f16_from_f32(float x);

/** The value of a bfloat16, exactly. Thread safety: any thread, any time. */
LGT_API float lgt_bf16_to_f32(lgt_bf16 x);

/**
 * The nearest bfloat16, ties to even; NaN stays NaN. Thread safety: any
 * thread, any time.
 */
LGT_API lgt_bf16 lgt_bf16_from_f32(float x);

/* ---- ctx ---- */

/** One piece of work. The library makes it; the executor calls it. */
typedef void (*lgt_task)(void *arg, size_t index);

/**
 * An executor: calls `task(arg, i)` once for every `i < tasks`, in any order
 * and on any threads, and returns when all have returned: 0, or anything else
 * to say that it failed.
 */
typedef int32_t (*lgt_run)(void *user, size_t tasks, lgt_task task, void *arg);

/** What the caller lends to a call: threads. Zero what is not lent. */
typedef struct lgt_ctx {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** How many tasks may run at once; 0 and 1 mean the calling thread alone. */
  uint32_t workers;
  /** Passed on to `run`. */
  void *user;
  /** The executor, or NULL for the calling thread alone. */
  lgt_run run;
} lgt_ctx;

/**
 * Writes a context that lends nothing. Does nothing for NULL. Thread safety:
 * any thread, any time.
 */
LGT_API void lgt_ctx_default(lgt_ctx *ctx);

/* ---- labels ---- */

/**
 * Looks for a label outside 0 .. cols - 1. Every function that takes labels
 * makes this check itself; this one says where the bad label stands.
 *
 * # Shape
 * `labels`: one integer a row, of the type `label_type` (`LGT_I8` to
 * `LGT_U64`). `bad_row`: one number, or NULL; written only when a bad label is
 * found, with the first row that has one.
 *
 * # Errors
 * `LGT_E_LABEL` if there is one, or if `label_type` is none; `LGT_E_NULL` if
 * `labels` is NULL and `rows` is not 0.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_labels_check(const void *labels, uint32_t label_type, size_t rows,
                                    size_t cols, size_t *bad_row);

/* ---- softmax ---- */

/**
 * A row without any entry above -inf becomes zeros (of which the logarithm is
 * -inf) instead of NaN.
 */
#define LGT_SOFTMAX_EMPTY_ZERO 1

/** Algorithm: the fastest for the shape. */
#define LGT_SOFTMAX_AUTO 0

/**
 * Algorithm: maximum; exponentials into the output, and their sum; division.
 * With 16-bit rows of more than 4096 columns, whose output would round the
 * exponentials, it is the next one.
 */
#define LGT_SOFTMAX_THREE_PASS_RELOAD 1

/** Algorithm: maximum; sum of exponentials; exponentials again. */
#define LGT_SOFTMAX_THREE_PASS_RECOMPUTE 2

/** Algorithm: sum by the maximum so far, block by block; exponentials again. */
#define LGT_SOFTMAX_ONLINE 3

/**
 * Algorithm: sum by mantissa and exponent, with neither a maximum nor a guess;
 * exponentials again.
 */
#define LGT_SOFTMAX_TWO_PASS 4

/**
 * Store: past the cache where a row is longer than any cache, 8 MiB, or where
 * there are shorter ones of 32 MiB in all.
 */
#define LGT_STORE_AUTO 0

/** Store: into the cache, for a reader that comes soon. */
#define LGT_STORE_CACHED 1

/**
 * Store: past the cache, for outputs that are larger than it in all. Where that
 * cannot pay it is not done: rows of more than 64 columns but less than 2 KiB;
 * 16-bit outputs below AVX-512; levels without such instructions.
 */
#define LGT_STORE_STREAMING 2

/**
 * Options of `lgt_softmax`, `lgt_log_softmax`, `lgt_logsumexp` and `lgt_extsum`.
 * Fill with `lgt_softmax_opts_default`, then change what is to be different.
 */
typedef struct lgt_softmax_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_SOFTMAX_` flags; default 0. */
  uint32_t flags;
  /**
   * Scores are multiplied by this: an inverse temperature. Default 1;
   * from 1e-30 to 1e30.
   */
  double scale;
  /**
   * An `LGT_SOFTMAX_` algorithm; default `LGT_SOFTMAX_AUTO`. Of
   * `lgt_softmax` only: the others have one.
   */
  uint32_t algorithm;
  /** An `LGT_STORE_` policy; default `LGT_STORE_AUTO`. Of what writes rows. */
  uint32_t store;
  /**
   * What is lent to the call, or NULL: with an executor, rows are shared out,
   * and a long row is too. The results have the same bits for any number of
   * workers.
   */
  const lgt_ctx *ctx;
} lgt_softmax_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_softmax_opts_default(lgt_softmax_opts *opts);

/**
 * Row-wise softmax: `y[r][c] = exp(scale * x[r][c]) / sum_c exp(scale * x[r][c])`.
 *
 * A NaN makes its row NaN. -inf is a share of 0. Entries at +inf share their
 * row equally. A row with nothing above -inf becomes NaN, or zeros with
 * `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `lse`:
 * one number a row, the natural logarithm of `sum_c exp(scale * x[r][c])`, or
 * NULL; not overlapping `x` or `y`. `opts`: NULL for the defaults. With rows =
 * 0 nothing is written; with cols = 0 every row is empty.
 *
 * # In place
 * `y == x` with equal strides is allowed, and so are column ranges of one array
 * that do not meet; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (scale), `LGT_E_CALLBACK` (the executor failed: rows may then
 * be missing). Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 12 ulp for any row of any length, subnormal results included; below 6
 * but for rows made to be hard, of few large and many small terms whose errors
 * agree (f16 and bf16: the nearest value to that).
 * `lse`: at most 7e-7 (f64: 1.2e-15) times the largest of 1, |lse| and scale
 * times the row's maximum in magnitude.
 *
 * Stack: at most 64 KiB, for what waits between being computed and being written.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * The stable softmax of every textbook; the exponential without subtraction
 * and its separate exponent are those of M. Dukhan and A. Ablavatski, "The
 * Two-Pass Softmax Algorithm" (2020), section 4.
 *
 * # Example
 * ```c
 * float x[2][3] = {{1, 2, 3}, {0, 0, 0}}, y[2][3], lse[2];
 * lgt_status status = lgt_softmax_f32(&x[0][0], 3, &y[0][0], 3, lse, 2, 3, NULL);
 * assert(status == LGT_OK && y[1][0] > 0.333f && y[1][0] < 0.334f);
 * ```
 */
LGT_API lgt_status lgt_softmax_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                   float *lse, size_t rows, size_t cols,
                                   const lgt_softmax_opts *opts);

/** `double` form of `lgt_softmax_f32`. */
LGT_API lgt_status lgt_softmax_f64(const double *x, size_t x_stride, double *y, size_t y_stride,
                                   double *lse, size_t rows, size_t cols,
                                   const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_softmax_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y, size_t y_stride,
                                   float *lse, size_t rows, size_t cols,
                                   const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_softmax_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                    size_t y_stride, float *lse, size_t rows, size_t cols,
                                    const lgt_softmax_opts *opts);

/* ---- log_softmax ---- */

/**
 * Row-wise log-softmax:
 * `y[r][c] = scale * x[r][c] - ln sum_c exp(scale * x[r][c])`.
 *
 * A NaN makes its row NaN. -inf stays -inf. With k entries at +inf, those
 * become -ln k and the others -inf. A row with nothing above -inf becomes NaN,
 * or -inf with `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`.
 *
 * # Shape
 * As `lgt_softmax_f32`, `lse` included.
 *
 * # In place
 * As `lgt_softmax_f32`.
 *
 * # Errors
 * As `lgt_softmax_f32`.
 *
 * # Accuracy
 * At most 12 ulp for any row of any length, near 0 as well (f16 and bf16: the
 * nearest value to that). `lse`: as `lgt_softmax_f32`.
 *
 * Stack: at most 64 KiB.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook; written as two terms of one sign, so that nothing cancels.
 *
 * # Example
 * ```c
 * float x[3] = {0, 0, 0}, y[3];
 * lgt_status status = lgt_log_softmax_f32(x, 3, y, 3, NULL, 1, 3, NULL);
 * assert(status == LGT_OK && y[0] < -1.098f && y[0] > -1.099f);
 * ```
 */
LGT_API lgt_status lgt_log_softmax_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                       float *lse, size_t rows, size_t cols,
                                       const lgt_softmax_opts *opts);

/** `double` form of `lgt_log_softmax_f32`. */
LGT_API lgt_status lgt_log_softmax_f64(const double *x, size_t x_stride, double *y, size_t y_stride,
                                       double *lse, size_t rows, size_t cols,
                                       const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_log_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_log_softmax_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y,
                                       size_t y_stride, float *lse, size_t rows, size_t cols,
                                       const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_log_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_log_softmax_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                        size_t y_stride, float *lse, size_t rows, size_t cols,
                                        const lgt_softmax_opts *opts);

/* ---- logsumexp ---- */

/**
 * The natural logarithm of each row's sum of exponentials:
 * `lse[r] = ln sum_c exp(scale * x[r][c])`.
 *
 * A NaN makes it NaN, an entry at +inf makes it +inf. A row with nothing above
 * -inf gives -inf, and the call returns `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: rows x cols, row-major, stride in elements, at least cols. `lse`: one
 * number a row (float for f16 and bf16), not overlapping `x`. `opts`: NULL for
 * the defaults; `LGT_SOFTMAX_EMPTY_ZERO` changes nothing here. With rows = 0
 * nothing is written; with cols = 0 every row is empty.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (scale), `LGT_E_CALLBACK` (the executor failed: rows may then
 * be missing). Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 7e-7 (f64: 1.2e-15) times the largest of 1, |lse| and scale times the
 * row's maximum in magnitude, for any number of columns.
 *
 * Stack: at most 64 KiB.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook; the largest entry is not summed, so that `ln(1 + rest)` is exact
 * near 0.
 *
 * # Example
 * ```c
 * float x[3] = {1000, 1001, 1002}, lse;
 * lgt_status status = lgt_logsumexp_f32(x, 3, &lse, 1, 3, NULL);
 * assert(status == LGT_OK && lse > 1002.40f && lse < 1002.41f);
 * ```
 */
LGT_API lgt_status lgt_logsumexp_f32(const float *x, size_t x_stride, float *lse, size_t rows,
                                     size_t cols, const lgt_softmax_opts *opts);

/** `double` form of `lgt_logsumexp_f32`. */
LGT_API lgt_status lgt_logsumexp_f64(const double *x, size_t x_stride, double *lse, size_t rows,
                                     size_t cols, const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_logsumexp_f32`; computed in f32. */
LGT_API lgt_status lgt_logsumexp_f16(const lgt_f16 *x, size_t x_stride, float *lse, size_t rows,
                                     size_t cols, const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_logsumexp_f32`; computed in f32. */
LGT_API lgt_status lgt_logsumexp_bf16(const lgt_bf16 *x, size_t x_stride, float *lse, size_t rows,
                                      size_t cols, const lgt_softmax_opts *opts);

/* ---- state ---- */

/** The state is an `lgt_accuracy`. */
#define LGT_STATE_ACCURACY 1

/** The state is an `lgt_nll`. */
#define LGT_STATE_NLL 2

/** The state is an `lgt_brier`. */
#define LGT_STATE_BRIER 3

/** The state is an `lgt_ece_top_label`. */
#define LGT_STATE_ECE_TOP_LABEL 4

/** The state is an `lgt_extsum`. */
#define LGT_STATE_EXTSUM 6

/** The state is an `lgt_evaluate`. */
#define LGT_STATE_EVALUATE 7

/** The first 16 bytes of every state and model. */
typedef struct lgt_state_head {
  /** "LGT1" in the byte order of the machine that made it. */
  uint32_t magic;
  /** An `LGT_STATE_` number, or 5 for a temperature model. */
  uint16_t kind;
  /** Layout version of that kind. */
  uint16_t version;
  /** Bytes of the whole state. */
  uint32_t size;
  /** The parameter given to `init` (k, bins, ..), or 0. */
  uint32_t param;
} lgt_state_head;

/**
 * Says whether `size` bytes are a state that this library can use: right
 * magic, byte order, kind, version and length. Any bytes may be asked about.
 *
 * # Shape
 * `state`: `size` bytes, 8-byte aligned.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_state_check(const void *state, size_t size);

/**
 * Writes what a state is a state of: an `LGT_STATE_` number.
 *
 * # Shape
 * `state`: `size` bytes, 8-byte aligned. `kind`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_state_kind(const void *state, size_t size, uint32_t *kind);

/**
 * Writes how many bytes a state takes up: what is to be stored or sent.
 *
 * # Shape
 * `state`: `size` bytes, 8-byte aligned. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_state_size(const void *state, size_t size, size_t *bytes);

/**
 * Adds what another state has seen: the one function that a reduction over
 * stored states needs, whatever kind they are. Any bytes may be given.
 *
 * # Shape
 * `state`: `size` bytes. `other`: `other_size` bytes. Both 8-byte aligned.
 *
 * # Errors
 * `LGT_E_NULL`; `LGT_E_STATE` if either is no state; `LGT_E_MISMATCH` if their
 * kinds or parameters differ; `LGT_E_ALIAS` if they are one state. The state
 * is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_state_merge(void *state, size_t size, const void *other, size_t other_size);

/**
 * Makes a state forget what it has seen; its parameters stay.
 *
 * # Shape
 * `state`: `size` bytes, 8-byte aligned.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. The bytes are then as they were.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_state_reset(void *state, size_t size);

/* ---- extsum ---- */

/**
 * Writes how many bytes a state of `lgt_extsum` needs: 16, and 16 a row.
 *
 * # Shape
 * `rows`: how many sums, at most 268435454. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (rows).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_extsum_size(size_t rows, size_t *bytes);

/**
 * Starts a state of sums of exponentials, one a row: what shards of a
 * vocabulary, or pieces of a stream, are added to apart and merged. The bytes
 * are described in docs/state-format.md.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_extsum_size` says. `rows`: how many sums, at most 268435454.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (rows).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_extsum_init(void *state, size_t size, size_t rows);

/**
 * Adds columns to sums of exponentials: row `r` of `x` to sum `r`,
 * `sum_c exp(scale * x[r][c])`.
 *
 * -inf adds nothing. A NaN makes its sum NaN; entries at +inf are counted, and
 * swallow what is finite. All calls for one state should have one `scale`.
 * Where `scale * x` is beyond 3e15 in magnitude (masks that fill a row), an entry
 * is taken as two to the power of `scale * x * log2(e)` rounded to a double, so
 * that those whose powers round alike count as equal; and beyond 1.2e308 as
 * being there.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols.
 * `rows`: those of the state. `opts`: NULL for the defaults; scale and ctx have
 * an effect.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (rows), `LGT_E_STRIDE`,
 * `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_VALUE` (scale); the state is then as it
 * was. `LGT_E_CALLBACK` (the executor failed: some rows may have been added).
 *
 * # Accuracy
 * A sum: at most 3e-7 relative from f32 (f64: 6e-16), for any number of columns,
 * and 1.2e-16 more for each further update or merge. So split and order matter
 * to the last bits; the same calls give the same bytes for any number of
 * workers.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * The accumulator of M. Dukhan and A. Ablavatski, "The Two-Pass Softmax
 * Algorithm" (2020), section 5: mantissa and exponent apart, so that sums need
 * no common maximum.
 *
 * # Example
 * ```c
 * float left[1][2] = {{1000, 1001}}, right[1][1] = {{1002}}, share[1][1];
 * uint64_t sum[4], other[4];
 * double lse;
 * lgt_extsum_init(sum, sizeof sum, 1);
 * lgt_extsum_init(other, sizeof other, 1);
 * lgt_extsum_update_f32(sum, &left[0][0], 2, 1, 2, NULL);
 * lgt_extsum_update_f32(other, &right[0][0], 1, 1, 1, NULL);
 * assert(lgt_extsum_merge(sum, other) == LGT_OK);
 * assert(lgt_extsum_lse(sum, &lse) == LGT_OK && lse > 1002.40 && lse < 1002.41);
 * lgt_extsum_scale_f32(sum, &right[0][0], 1, &share[0][0], 1, 1, 1, NULL);
 * assert(share[0][0] > 0.6652f && share[0][0] < 0.6653f);
 * ```
 */
LGT_API lgt_status lgt_extsum_update_f32(void *state, const float *x, size_t x_stride, size_t rows,
                                         size_t cols, const lgt_softmax_opts *opts);

/** `double` form of `lgt_extsum_update_f32`. */
LGT_API lgt_status lgt_extsum_update_f64(void *state, const double *x, size_t x_stride, size_t rows,
                                         size_t cols, const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_extsum_update_f32`; computed in f32. */
LGT_API lgt_status lgt_extsum_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                         size_t rows, size_t cols, const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_extsum_update_f32`; computed in f32. */
LGT_API lgt_status lgt_extsum_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                          size_t rows, size_t cols, const lgt_softmax_opts *opts);

/**
 * Adds the sums of another state of as many rows. `a` merged with `b` has the
 * bytes of `b` merged with `a`; the order of more merges can change last bits.
 * For bytes from elsewhere use `lgt_state_merge`, which is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (rows), `LGT_E_ALIAS` (the same
 * state twice). The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_extsum_merge(void *state, const void *other);

/**
 * Writes the natural logarithm of each sum, a double whatever was added: -inf
 * where nothing was (and the call returns `LGT_EMPTY_ROW`), +inf, or NaN.
 *
 * At most 6e-16 times the larger of 1 and its magnitude is added to the
 * relative error of the sum.
 *
 * # Shape
 * `lse`: one number a row of the state, not overlapping it.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_extsum_lse(const void *state, double *lse);

/**
 * The shares that entries have of sums of exponentials:
 * `y[r][c] = exp(scale * x[r][c]) / sum[r]`. With a state that has seen the
 * whole rows, in any shards, that is their softmax, shard by shard.
 *
 * A sum that is NaN makes its row NaN. A sum with +inf is shared by the entries
 * at +inf. Where nothing was added the row becomes NaN, or zeros with
 * `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`. An entry that
 * was not added may have a share above 1; past 2^60 (double: 2^500) it may be cut
 * to that.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `rows`:
 * those of the state. `opts`: NULL for the defaults; `scale` that of the
 * updates; algorithm has no effect.
 *
 * # In place
 * `y == x` with equal strides is allowed, and so are column ranges of one array
 * that do not meet; any other overlap, and one of `y` with the state, is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (rows), `LGT_E_STRIDE`,
 * `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (scale),
 * `LGT_E_CALLBACK` (the executor failed: rows may then be missing). Advisory:
 * `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * That of `lgt_softmax_f32`, at most 12 ulp, subnormal results included; in
 * double, half an ulp more for each update and merge after the first. Beyond
 * `scale * x` of 3e15 in magnitude, of the entries as `lgt_extsum_update_f32`
 * takes them.
 *
 * Thread safety: any thread, as long as no other writes the arrays or changes
 * the state.
 *
 * # Source
 * The second pass of M. Dukhan and A. Ablavatski, "The Two-Pass Softmax
 * Algorithm" (2020), section 5.
 *
 * # Example
 * ```c
 * float x[2][2] = {{1, 2}, {-1e30f, -1e30f}}, y[2][2];
 * uint64_t sums[6];
 * lgt_extsum_init(sums, sizeof sums, 2);
 * lgt_extsum_update_f32(sums, &x[0][0], 2, 2, 2, NULL);
 * assert(lgt_extsum_scale_f32(sums, &x[0][0], 2, &y[0][0], 2, 2, 2, NULL) == LGT_OK);
 * assert(y[0][1] > 0.731f && y[0][1] < 0.732f && y[1][0] == 0.5f);
 * ```
 */
LGT_API lgt_status lgt_extsum_scale_f32(const void *state, const float *x, size_t x_stride,
                                        float *y, size_t y_stride, size_t rows, size_t cols,
                                        const lgt_softmax_opts *opts);

/** `double` form of `lgt_extsum_scale_f32`. */
LGT_API lgt_status lgt_extsum_scale_f64(const void *state, const double *x, size_t x_stride,
                                        double *y, size_t y_stride, size_t rows, size_t cols,
                                        const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_extsum_scale_f32`; computed in f32. */
LGT_API lgt_status lgt_extsum_scale_f16(const void *state, const lgt_f16 *x, size_t x_stride,
                                        lgt_f16 *y, size_t y_stride, size_t rows, size_t cols,
                                        const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_extsum_scale_f32`; computed in f32. */
LGT_API lgt_status lgt_extsum_scale_bf16(const void *state, const lgt_bf16 *x, size_t x_stride,
                                         lgt_bf16 *y, size_t y_stride, size_t rows, size_t cols,
                                         const lgt_softmax_opts *opts);

/* ---- accuracy ---- */

/** The result of `lgt_accuracy_finish`. */
typedef struct lgt_accuracy_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those that hold a NaN: misses. */
  uint64_t nan_rows;
  /** The sum of weights. */
  double weight;
  /** The weighted share of hits; NaN if nothing was seen. */
  double accuracy;
} lgt_accuracy_report;

/**
 * Writes how many bytes a state of `lgt_accuracy` needs.
 *
 * # Shape
 * `k`: how many of the highest scores may hold the label, at least 1. `bytes`:
 * one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (k).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_accuracy_size(uint32_t k, size_t *bytes);

/**
 * Starts a state of top-k accuracy: the weighted share of rows whose label
 * ranks among the first `k`.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_accuracy_size` says. `k`: how many of the highest scores may hold the
 * label, at least 1.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (k).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_accuracy_init(void *state, size_t size, uint32_t k);

/**
 * Adds rows to a state of top-k accuracy: the weighted share of rows whose
 * label ranks among the first `k`.
 *
 * The rank of a label is the number of entries above it, and of equal entries
 * before it: ties go to the lower index. A row with a NaN is a miss and is
 * counted in `nan_rows`.
 *
 * # Shape
 * `x`: scores (logits or probabilities: only their order counts), rows x cols,
 * row-major, stride in elements, at least cols. `labels`: one class a row, 0
 * to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of
 * 0, or below 2^-160, leaves its row out.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * Exact: sums of weights are exact, the quotient is rounded once.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * The metric's definition; ranks as scikit-learn's `top_k_accuracy_score`,
 * ties by index.
 *
 * # Example
 * ```c
 * uint64_t state[12];
 * float x[2][3] = {{1, 2, 3}, {5, 0, 0}};
 * int32_t y[2] = {2, 1};
 * lgt_accuracy_report report;
 * assert(lgt_accuracy_init(state, sizeof state, 1) == LGT_OK);
 * assert(lgt_accuracy_update_f32(state, &x[0][0], 3, y, LGT_I32, NULL, 2, 3) == LGT_OK);
 * assert(lgt_accuracy_finish(state, &report) == LGT_OK && report.accuracy == 0.5);
 * ```
 */
LGT_API lgt_status lgt_accuracy_update_f32(void *state, const float *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols);

/** `double` form of `lgt_accuracy_update_f32`. */
LGT_API lgt_status lgt_accuracy_update_f64(void *state, const double *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_accuracy_update_f32`; computed in f32. */
LGT_API lgt_status lgt_accuracy_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_accuracy_update_f32`; computed in f32. */
LGT_API lgt_status lgt_accuracy_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                            const void *labels, uint32_t label_type,
                                            const float *weights, size_t rows, size_t cols);

/**
 * Adds what another state of the same parameters has seen. The order of merging
 * does not change a bit. For bytes from elsewhere use `lgt_state_merge`, which
 * is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
 * state twice). The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_accuracy_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_accuracy_finish(const void *state, lgt_accuracy_report *report);

/* ---- nll ---- */

/** The result of `lgt_nll_finish`. */
typedef struct lgt_nll_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those whose loss is NaN. */
  uint64_t nan_rows;
  /**
   * Those whose loss is +inf: the label has probability 0 (or weight times
   * loss is past the range of double).
   */
  uint64_t infinite_rows;
  /** The sum of weights. */
  double weight;
  /** The weighted mean loss. */
  double nll;
  /**
   * Its standard error, weights taken as repetitions; below 1e-8 of the mean it
   * is rounding.
   */
  double std_error;
} lgt_nll_report;

/**
 * Writes how many bytes a state of `lgt_nll` needs.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_nll_size(size_t *bytes);

/**
 * Starts a state of mean negative log-likelihood of the labels, from logits.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_nll_size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_nll_init(void *state, size_t size);

/**
 * Adds rows to a state of mean negative log-likelihood of the labels, from logits.
 *
 * A row's loss is `ln sum_c exp(x[r][c]) - x[r][label]`: no probability is
 * formed and none is clipped. A label at -inf costs +inf (`infinite_rows`); a
 * row with a NaN, or with nothing above -inf, makes the mean NaN
 * (`nan_rows`).
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride
 * in elements, at least cols. `labels`: one class a row, 0 to cols - 1, of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a
 * row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * A row's loss: at most 6e-7 relative from f32 (f64: 1e-14). Sums over rows
 * are exact and rounded once.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * The metric's definition; scikit-learn's `log_loss` of the softmax.
 *
 * # Example
 * ```c
 * uint64_t state[77];
 * float x[1][2] = {{0, 0}};
 * uint8_t y[1] = {1};
 * lgt_nll_report report;
 * assert(lgt_nll_init(state, sizeof state) == LGT_OK);
 * assert(lgt_nll_update_f32(state, &x[0][0], 2, y, LGT_U8, NULL, 1, 2) == LGT_OK);
 * assert(lgt_nll_finish(state, &report) == LGT_OK);
 * assert(report.nll > 0.6931 && report.nll < 0.6932);
 * ```
 */
LGT_API lgt_status lgt_nll_update_f32(void *state, const float *x, size_t x_stride,
                                      const void *labels, uint32_t label_type, const float *weights,
                                      size_t rows, size_t cols);

/** `double` form of `lgt_nll_update_f32`. */
LGT_API lgt_status lgt_nll_update_f64(void *state, const double *x, size_t x_stride,
                                      const void *labels, uint32_t label_type,
                                      const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_nll_update_f32`; computed in f32. */
LGT_API lgt_status lgt_nll_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                      const void *labels, uint32_t label_type, const float *weights,
                                      size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_nll_update_f32`; computed in f32. */
LGT_API lgt_status lgt_nll_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                       const void *labels, uint32_t label_type,
                                       const float *weights, size_t rows, size_t cols);

/**
 * Adds what another state of the same parameters has seen. The order of merging
 * does not change a bit. For bytes from elsewhere use `lgt_state_merge`, which
 * is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
 * state twice). The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_nll_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_nll_finish(const void *state, lgt_nll_report *report);

/* ---- brier ---- */

/** The result of `lgt_brier_finish`. */
typedef struct lgt_brier_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those whose score is no number. */
  uint64_t nan_rows;
  /** The sum of weights. */
  double weight;
  /** The weighted mean score; NaN if nothing, or a NaN, was seen. */
  double brier;
} lgt_brier_report;

/**
 * Writes how many bytes a state of `lgt_brier` needs.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_brier_size(size_t *bytes);

/**
 * Starts a state of the multiclass Brier score: the mean of
 * `sum_c (p_c - y_c)^2`, from 0 to 2.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_brier_size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_brier_init(void *state, size_t size);

/**
 * Adds rows to a state of the multiclass Brier score: the mean of
 * `sum_c (p_c - y_c)^2`, from 0 to 2.
 *
 * Probabilities are taken as they are: neither clipped nor normalised. A row
 * whose score is not finite makes the mean NaN (`nan_rows`). With two classes
 * this is twice the binary Brier score.
 *
 * # Shape
 * `x`: probabilities, rows x cols, row-major, stride
 * in elements, at least cols. `labels`: one class a row, 0 to cols - 1, of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a
 * row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * A row's score: at most 5e-7 relative from f32 (f64: 1e-15). Sums over rows
 * are exact and rounded once.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * G. W. Brier, "Verification of forecasts expressed in terms of
 * probability" (1950), equation 2.
 *
 * # Example
 * ```c
 * uint64_t state[42];
 * float p[1][2] = {{0.75f, 0.25f}};
 * int64_t y[1] = {0};
 * lgt_brier_report report;
 * assert(lgt_brier_init(state, sizeof state) == LGT_OK);
 * assert(lgt_brier_update_f32(state, &p[0][0], 2, y, LGT_I64, NULL, 1, 2) == LGT_OK);
 * assert(lgt_brier_finish(state, &report) == LGT_OK && report.brier == 0.125);
 * ```
 */
LGT_API lgt_status lgt_brier_update_f32(void *state, const float *x, size_t x_stride,
                                        const void *labels, uint32_t label_type,
                                        const float *weights, size_t rows, size_t cols);

/** `double` form of `lgt_brier_update_f32`. */
LGT_API lgt_status lgt_brier_update_f64(void *state, const double *x, size_t x_stride,
                                        const void *labels, uint32_t label_type,
                                        const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_brier_update_f32`; computed in f32. */
LGT_API lgt_status lgt_brier_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                        const void *labels, uint32_t label_type,
                                        const float *weights, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_brier_update_f32`; computed in f32. */
LGT_API lgt_status lgt_brier_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                         const void *labels, uint32_t label_type,
                                         const float *weights, size_t rows, size_t cols);

/**
 * Adds what another state of the same parameters has seen. The order of merging
 * does not change a bit. For bytes from elsewhere use `lgt_state_merge`, which
 * is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
 * state twice). The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_brier_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_brier_finish(const void *state, lgt_brier_report *report);

/* ---- reliability ---- */

/** One bin of a reliability curve. */
typedef struct lgt_reliability_bin {
  /** Rows in the bin. */
  uint64_t rows;
  /** Their weight. */
  double weight;
  /**
   * Where the bin begins: its lower edge, or in bins of equal mass its least
   * probability (NaN if empty).
   */
  double low;
  /** Where it ends. */
  double high;
  /** Mean probability; NaN if empty. */
  double confidence;
  /** How often what it foretold came true; NaN if empty. */
  double frequency;
} lgt_reliability_bin;

/** What a reliability curve amounts to. */
typedef struct lgt_reliability_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those without a probability: in no bin, and all below is then NaN. */
  uint64_t nan_rows;
  /** Bins that are not empty. */
  uint64_t bins;
  /** The sum of weights in the bins. */
  double weight;
  /**
   * Expected calibration error: the weighted mean of the gaps |confidence -
   * frequency|.
   */
  double ece;
  /** Maximum calibration error: the largest gap. */
  double mce;
  /** The root of the weighted mean of squared gaps. */
  double rms;
  /** The same less what chance adds to the squares, at least 0. */
  double rms_debiased;
  /** The plain mean of gaps over bins that are not empty. */
  double average;
  /** The weighted mean of confidence - frequency: above 0 if overconfident. */
  double signed_gap;
  /**
   * What bins with confidence above frequency add to `ece`; the rest is
   * underconfidence.
   */
  double overconfidence;
  /** Mean probability. */
  double confidence;
  /** How often what was foretold came true. */
  double frequency;
} lgt_reliability_report;

/**
 * Sums up a reliability curve: every calibration error that bins can tell, from
 * the bins of `lgt_ece_top_label_get_bins`, `lgt_ece_binary_get_bins`,
 * `lgt_ece_equal_mass` or of the caller.
 *
 * With `w_b` the weight in a bin, `c_b` its confidence and `f_b` its frequency:
 * `ece` is the mean of `|c_b - f_b|` weighted by `w_b` (L1), `mce` the largest
 * over bins that are not empty, `rms` the root of the weighted mean of squares
 * (L2; torchmetrics' norms "l1", "max", "l2"). `rms_debiased` subtracts
 * `f_b (1 - f_b) / (n_b - 1)` from each *squared* gap, where `n_b`, the bin's
 * `rows`, is at least 2, whatever their weights; what is below 0 in total
 * counts as 0. (uncertainty-calibration's `get_calibration_error` likewise, but
 * there a bin of a single row has no gap.) `average` is the plain mean over
 * bins that are not empty: netcal's `ACE`, not the adaptive error of
 * `lgt_ace`. A batch function over an array of the caller.
 *
 * # Shape
 * `bins`: `count` structs, of which those of weight 0 are passed over; `low` and
 * `high` are not looked at. `report`: one struct; `nan_rows` is 0, since bins do
 * not tell. NaN with `LGT_UNDEFINED` if all are empty.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`; `LGT_E_VALUE` for a weight that is not from 0 to
 * 2^63, or a confidence or frequency, where there is weight, that is not from 0
 * to 1.01. Advisory: `LGT_UNDEFINED`.
 *
 * # Accuracy
 * At most 1e-15 times the number of bins; `rms` and `rms_debiased` in their
 * squares.
 *
 * Thread safety: any thread, as long as no other changes the bins.
 *
 * # Source
 * C. Guo et al., "On Calibration of Modern Neural Networks" (2017), equations 3
 * and 5; A. Kumar, P. Liang and T. Ma, "Verified Uncertainty Calibration"
 * (2019), section 5, for the debiased norm; L. Neumann, A. Zisserman and A.
 * Vedaldi, "Relaxed Softmax" (2018), for the average.
 *
 * # Example
 * ```c
 * lgt_reliability_bin bins[2] = {{4, 3, 0, 0.5, 0.25, 0.5}, {1, 1, 0.5, 1, 0.75, 1}};
 * lgt_reliability_report report;
 * assert(lgt_reliability_finish(bins, 2, &report) == LGT_OK);
 * assert(report.ece == 0.25 && report.mce == 0.25 && report.signed_gap == -0.25);
 * assert(report.rms_debiased == 0);
 * ```
 */
LGT_API lgt_status lgt_reliability_finish(const lgt_reliability_bin *bins, size_t count,
                                          lgt_reliability_report *report);

/* ---- ece_top_label ---- */

/** The result of `lgt_ece_top_label_finish`. */
typedef struct lgt_ece_top_label_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those that hold a NaN or no probabilities: in no bin. */
  uint64_t nan_rows;
  /** The sum of weights in the bins. */
  double weight;
  /** Expected calibration error. */
  double ece;
  /** Maximum calibration error. */
  double mce;
  /** Mean confidence of the predicted class. */
  double confidence;
  /** How often it is right. */
  double accuracy;
  /** Root mean square calibration error. */
  double rms;
  /** The same less what chance adds to the squares, at least 0. */
  double rms_debiased;
  /** The plain mean of gaps over bins that are not empty. */
  double average;
} lgt_ece_top_label_report;

/**
 * Writes how many bytes a state of `lgt_ece_top_label` needs.
 *
 * # Shape
 * `bins`: how many bins of equal width, 1 to 65536; 15 is usual. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (bins).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ece_top_label_size(uint32_t bins, size_t *bytes);

/**
 * Starts a state of expected and maximum calibration error of the predicted
 * class, from probabilities.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_ece_top_label_size` says. `bins`: how many bins of equal width, 1 to
 * 65536; 15 is usual.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (bins).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_ece_top_label_init(void *state, size_t size, uint32_t bins);

/**
 * Adds rows to a state of expected and maximum calibration error of the
 * predicted class, from probabilities.
 *
 * The confidence of a row is its largest probability, its class the lowest
 * index that has it. Bins are `(low, high]`, 0 in the first; their edges are
 * `k / bins` rounded to the type of the data (float for f16 and bf16). A row
 * with a NaN, or whose largest value is not in 0 .. 1.01, is in no bin, is
 * counted in `nan_rows` and makes the result NaN. This is confidence against
 * accuracy; P(y = 1) against frequency is another measure.
 *
 * # Shape
 * `x`: probabilities, rows x cols, row-major, stride
 * in elements, at least cols. `labels`: one class a row, 0 to cols - 1, of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a
 * row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * Sums are exact; each gap and the total are rounded a few times: at most
 * 1e-15 times the number of bins (`rms_debiased`: its square).
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * C. Guo et al., "On Calibration of Modern Neural Networks" (2017),
 * equations 3 and 5; bin closure as there.
 *
 * # Example
 * ```c
 * uint64_t state[4 + 13 * 10];
 * float p[2][2] = {{0.75f, 0.25f}, {0.75f, 0.25f}};
 * int16_t y[2] = {0, 1};
 * lgt_ece_top_label_report report;
 * assert(lgt_ece_top_label_init(state, sizeof state, 10) == LGT_OK);
 * assert(lgt_ece_top_label_update_f32(state, &p[0][0], 2, y, LGT_I16, NULL, 2, 2) == LGT_OK);
 * assert(lgt_ece_top_label_finish(state, &report) == LGT_OK && report.ece == 0.25);
 * ```
 */
LGT_API lgt_status lgt_ece_top_label_update_f32(void *state, const float *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const float *weights, size_t rows, size_t cols);

/** `double` form of `lgt_ece_top_label_update_f32`. */
LGT_API lgt_status lgt_ece_top_label_update_f64(void *state, const double *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_ece_top_label_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ece_top_label_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const float *weights, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_ece_top_label_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ece_top_label_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                                 const void *labels, uint32_t label_type,
                                                 const float *weights, size_t rows, size_t cols);

/**
 * Adds what another state of the same parameters has seen. The order of merging
 * does not change a bit. For bytes from elsewhere use `lgt_state_merge`, which
 * is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
 * state twice). The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_ece_top_label_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ece_top_label_finish(const void *state, lgt_ece_top_label_report *report);

/**
 * Writes the bins of the reliability diagram, lowest confidence first.
 *
 * # Shape
 * `bins`: `count` structs; at least as many as `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ece_top_label_get_bins(const void *state, lgt_reliability_bin *bins,
                                              size_t count);

/* ---- temperature ---- */

/**
 * Options of `lgt_temperature_fit`. Fill with `lgt_temperature_opts_default`,
 * then change what is to be different.
 */
typedef struct lgt_temperature_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** Passes over the data at most, at least 1; default 50. */
  uint32_t max_iter;
  /**
   * Done when a step would change 1 / T by no more than this share; from 0
   * to 1, default 1e-7.
   */
  double tol;
  /** The least temperature, from 1e-6 to 1; default 0.01. */
  double t_min;
  /** The largest temperature, from 1 to 1e6; default 100. */
  double t_max;
} lgt_temperature_opts;

/** A fitted temperature. Plain bytes: store it anywhere. */
typedef struct lgt_temperature_model {
  /** What these bytes are. */
  lgt_state_head head;
  /** How the fit ended, an `lgt_status`. */
  int32_t fit_status;
  /** Passes over the data. */
  uint32_t iterations;
  /** The temperature, above 0. */
  double temperature;
  /** Mean negative log-likelihood at temperature 1; NaN if there were no rows. */
  double nll_before;
  /** The same at the temperature found. */
  double nll_after;
} lgt_temperature_model;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_temperature_opts_default(lgt_temperature_opts *opts);

/**
 * Fits a temperature to held-out logits and labels: the `T` that minimises the
 * mean negative log-likelihood of `softmax(x / T)`.
 *
 * Newton's method on `1 / T` inside a bracket, with both derivatives from one
 * pass over the data; it always stops. `fit_status` in the model, and the
 * return value, say how: `LGT_OK`; `LGT_AT_BOUND` (the minimum lies at or beyond
 * `t_min` or `t_max`, as when every row is right); `LGT_DEGENERATE` (no rows, or
 * logits that are all equal: T = 1); `LGT_NOT_CONVERGED` (`max_iter` passes made).
 * The model is written in every case, and its loss is never above that of T = 1.
 *
 * # Shape
 * `model`: one struct. `x`: logits, rows x cols, row-major, stride in elements,
 * at least cols. `labels`: one class a row, 0 to cols - 1, of the integer type
 * `label_type`. `weights`: one number a row from 0 to 2^63, or NULL for 1 each.
 * `opts`: NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (weights, options, or a row whose loss is finite at no
 * temperature: a NaN, an entry at +inf, a label at -inf). The model is then as
 * it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * T within 1e-6 relative of the exact minimum for f32 logits (f64: 1e-8) where
 * the minimum is not flat. The same rows give the same bits in any order.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * C. Guo et al., "On Calibration of Modern Neural Networks" (2017), section
 * 4.2.
 *
 * # Example
 * ```c
 * float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}};
 * int32_t y[4] = {0, 0, 0, 1};
 * lgt_temperature_model model;
 * assert(lgt_temperature_fit_f32(&model, &x[0][0], 2, y, LGT_I32, NULL, 4, 2, NULL) == LGT_OK);
 * assert(model.temperature > 3.640 && model.temperature < 3.642);
 * assert(model.nll_after < model.nll_before);
 * ```
 */
LGT_API lgt_status lgt_temperature_fit_f32(lgt_temperature_model *model, const float *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols,
                                           const lgt_temperature_opts *opts);

/** `double` form of `lgt_temperature_fit_f32`. */
LGT_API lgt_status lgt_temperature_fit_f64(lgt_temperature_model *model, const double *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const double *weights, size_t rows, size_t cols,
                                           const lgt_temperature_opts *opts);

/** `lgt_f16` form of `lgt_temperature_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_fit_f16(lgt_temperature_model *model, const lgt_f16 *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols,
                                           const lgt_temperature_opts *opts);

/** `lgt_bf16` form of `lgt_temperature_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_fit_bf16(lgt_temperature_model *model, const lgt_bf16 *x,
                                            size_t x_stride, const void *labels,
                                            uint32_t label_type, const float *weights, size_t rows,
                                            size_t cols, const lgt_temperature_opts *opts);

/**
 * Calibrated probabilities: `softmax(x / T)` with the model's temperature.
 *
 * # Shape
 * `model`: a fitted model. `x`: logits, `y`: probabilities, rows x cols,
 * row-major, strides in elements, at least cols.
 *
 * # In place
 * As `lgt_softmax_f32`.
 *
 * # Errors
 * `LGT_E_STATE` if the bytes at `model` are no temperature model; otherwise as
 * `lgt_softmax_f32`. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * As `lgt_softmax_f32`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_temperature_fit_f32`.
 *
 * # Example
 * ```c
 * float x[1][2] = {{4, 0}}, y[1][2];
 * int32_t label[1] = {0};
 * lgt_temperature_model model;
 * assert(lgt_temperature_fit_f32(&model, &x[0][0], 2, label, LGT_I32, NULL, 1, 2, NULL) == LGT_AT_BOUND);
 * assert(lgt_temperature_apply_f32(&model, &x[0][0], 2, &y[0][0], 2, 1, 2) == LGT_OK);
 * assert(y[0][0] > 0.999f);
 * ```
 */
LGT_API lgt_status lgt_temperature_apply_f32(const lgt_temperature_model *model, const float *x,
                                             size_t x_stride, float *y, size_t y_stride,
                                             size_t rows, size_t cols);

/** `double` form of `lgt_temperature_apply_f32`. */
LGT_API lgt_status lgt_temperature_apply_f64(const lgt_temperature_model *model, const double *x,
                                             size_t x_stride, double *y, size_t y_stride,
                                             size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_temperature_apply_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_apply_f16(const lgt_temperature_model *model, const lgt_f16 *x,
                                             size_t x_stride, lgt_f16 *y, size_t y_stride,
                                             size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_temperature_apply_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_apply_bf16(const lgt_temperature_model *model, const lgt_bf16 *x,
                                              size_t x_stride, lgt_bf16 *y, size_t y_stride,
                                              size_t rows, size_t cols);

/* ---- evaluate ---- */

/** Scores are logits. */
#define LGT_EVALUATE_LOGITS 0

/** Scores are probabilities. */
#define LGT_EVALUATE_PROBABILITIES 1

/**
 * What an evaluation counts. Fill with `lgt_evaluate_opts_default`, then change what
 * is to be different.
 */
typedef struct lgt_evaluate_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_EVALUATE_LOGITS` (default) or `LGT_EVALUATE_PROBABILITIES`. */
  uint32_t input;
  /** Bins of equal width of the calibration errors, 1 to 65536; default 15. */
  uint32_t bins;
  /**
   * How many of the label's ranks are counted one by one, 1 to 65536; default 10.
   * So many different k has `lgt_evaluate_get_accuracy`.
   */
  uint32_t ranks;
  /**
   * How many classes are counted for `lgt_evaluate_get_classes`, and are then the
   * only number of columns that an update takes; default 0: none, and any number.
   */
  uint32_t classes;
  /** 0. */
  uint32_t reserved;
} lgt_evaluate_opts;

/**
 * Writes the defaults to `opts`, unless that is NULL.
 *
 * Thread safety: any thread, any time.
 */
LGT_API void lgt_evaluate_opts_default(lgt_evaluate_opts *opts);

/**
 * Writes how many bytes a state of `lgt_evaluate` needs: 472, and 136 a bin, 40 a rank,
 * 24 a class.
 *
 * # Shape
 * `opts`: what is to be counted, or NULL for the defaults. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION` (the struct's size), `LGT_E_VALUE` (what it says).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_evaluate_size(const lgt_evaluate_opts *opts, size_t *bytes);

/**
 * Starts a state of everything that one visit to each row of scores tells.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what `lgt_evaluate_size`
 * says. `opts`: what is to be counted, or NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION` (the struct's
 * size), `LGT_E_VALUE` (what it says).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_evaluate_init(void *state, size_t size, const lgt_evaluate_opts *opts);

/**
 * Adds rows to a state of everything that one visit to each row of scores tells:
 * accuracy at every rank, negative log-likelihood, Brier score, confidence and its
 * calibration errors with their bins, entropy, margin, and the counts of each class.
 *
 * Each row is read once. With p = softmax(x), or p = x where the state was started for
 * probabilities, and y the label: the loss is -ln p_y, the Brier score the sum over
 * classes of the squared distance of p from 1 at y and 0 elsewhere, the entropy -sum p ln p, the confidence the largest
 * p, the margin what it has over the next. The rank of the label is the number of
 * entries above it, and of equal entries before it; the predicted class is the lowest
 * index of the largest. Bins are `(low, high]`, 0 in the first, their edges rounded to
 * float, of double scores to double, as in `lgt_ece_top_label`.
 *
 * Scores of -inf have probability 0; if the label's has, its loss is +inf and counted in
 * `infinite_rows`. Several of +inf share the mass. A row with a NaN, or with nothing
 * above -inf, or, of probabilities, with one below 0 or above 1.01, is counted in
 * `nan_rows`, is a miss at every rank, and makes the other means NaN. Probabilities are
 * not divided by their sum.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or
 * below 2^-160, leaves its row out. Classes are counted in rows, not weights.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
 * `LGT_E_SHAPE` (another number of columns than of classes), `LGT_E_STATE`. The state is
 * then as it was.
 *
 * # Accuracy
 * Counts are exact. Of a row, for float scores (for double): loss, Brier score and
 * entropy within 1.5e-6 (5e-14) of the largest of themselves and, for the entropy of a
 * row whose label is not the largest, the loss; confidence and margin within 1.5e-6
 * (5e-14). Of loss and Brier score 4e-18 (6e-153) a column may be lost besides, of the
 * entropy 2e-16 (2e-150). A confidence is rounded to 2^-50; other sums over rows are
 * exact but for half of 2^-98 a row. The same rows give the same bytes in any order and
 * any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its own and
 * merge them.
 *
 * # Source
 * C. Guo et al., "On Calibration of Modern Neural Networks" (2017), for the calibration
 * errors; G. Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950).
 *
 * # Example
 * ```c
 * uint64_t state[512];
 * float z[3][2] = {{1, 0}, {0, 0}, {0, INFINITY}};
 * uint8_t y[3] = {0, 1, 1};
 * lgt_evaluate_report report;
 * assert(lgt_evaluate_init(state, sizeof state, NULL) == LGT_OK);
 * assert(lgt_evaluate_update_f32(state, &z[0][0], 2, y, LGT_U8, NULL, 3, 2) == LGT_OK);
 * assert(lgt_evaluate_finish(state, &report) == LGT_OK);
 * assert(report.rows == 3 && fabs(report.accuracy - 2 / 3.) < 1e-15);
 * assert(fabs(report.nll - (log1p(exp(-1.)) + log(2.)) / 3) < 1e-7);
 * ```
 */
LGT_API lgt_status lgt_evaluate_update_f32(void *state, const float *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols);

/** `double` form of `lgt_evaluate_update_f32`. */
LGT_API lgt_status lgt_evaluate_update_f64(void *state, const double *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_evaluate_update_f32`; computed in f32. */
LGT_API lgt_status lgt_evaluate_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_evaluate_update_f32`; computed in f32. */
LGT_API lgt_status lgt_evaluate_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                            const void *labels, uint32_t label_type,
                                            const float *weights, size_t rows, size_t cols);

/**
 * Adds what another state of the same options has seen. The order of merging does not
 * change a bit. For bytes from elsewhere use `lgt_state_merge`, which is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same state twice).
 * The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_evaluate_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. Its means are NaN with `LGT_UNDEFINED` if nothing, or a NaN, was
 * seen; `accuracy` is a number as soon as anything was.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_evaluate_finish(const void *state, lgt_evaluate_report *report);

/**
 * Writes the top-k accuracy so far: the weighted share of rows whose label ranks among
 * the first `k`.
 *
 * # Shape
 * `k`: from 1 to the ranks that `init` was told of. `accuracy`: one number; NaN with
 * `LGT_UNDEFINED` if nothing was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_VALUE` (k). Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_evaluate_get_accuracy(const void *state, uint32_t k, double *accuracy);

/**
 * Writes the bins of the reliability diagram, lowest confidence first.
 *
 * # Shape
 * `bins`: `count` structs; at least as many as `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_evaluate_get_bins(const void *state, lgt_reliability_bin *bins,
                                         size_t count);

/**
 * Writes what was counted of each class, from which precision, recall and all that is
 * made of them follow.
 *
 * # Shape
 * `classes`: `count` structs; at least as many as `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_evaluate_get_classes(const void *state, lgt_evaluate_class *classes,
                                            size_t count);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGITUDE_H */
