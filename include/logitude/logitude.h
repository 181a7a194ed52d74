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

/** The state is an `lgt_confusion`. */
#define LGT_STATE_CONFUSION 13

/** The state is an `lgt_class_counts`. */
#define LGT_STATE_CLASS_COUNTS 14

/** The state is an `lgt_multilabel`. */
#define LGT_STATE_MULTILABEL 15

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

/* ---- class_counts ---- */

/** Rows have weights: the state holds exact sums of them, 96 bytes a class. */
#define LGT_CLASS_COUNTS_WEIGHTED 1

/** Rows whose label is `ignore_index` are left out. */
#define LGT_CLASS_COUNTS_IGNORE 2

/** Average: of the sums over classes. */
#define LGT_AVERAGE_MICRO 0

/** Average: every class counts alike. */
#define LGT_AVERAGE_MACRO 1

/** Average: each class counts as often as it is true. */
#define LGT_AVERAGE_WEIGHTED 2

/** A quotient by 0 is 0. */
#define LGT_ZERO_DIVISION_ZERO 0

/** A quotient by 0 is 1. */
#define LGT_ZERO_DIVISION_ONE 1

/** A quotient by 0 is NaN, and left out of averages. */
#define LGT_ZERO_DIVISION_NAN 2

/** Classes to average: all. */
#define LGT_CLASSES_ALL 0

/** Classes to average: those that are true or predicted in some row. */
#define LGT_CLASSES_PRESENT 1

/**
 * How a state of `lgt_class_counts` or `lgt_confusion` is set up. Fill with
 * `lgt_class_counts_opts_default`, then change what is to be different.
 */
typedef struct lgt_class_counts_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_CLASS_COUNTS_` flags; default 0. */
  uint32_t flags;
  /**
   * With `LGT_CLASS_COUNTS_IGNORE`: rows with this label are left out. Any
   * number above INT32_MIN, a class or not; unsigned labels have none below 0.
   */
  int32_t ignore_index;
} lgt_class_counts_opts;

/**
 * What `lgt_class_counts_finish` and `lgt_class_counts_get_classes` are asked
 * for. Fill with `lgt_class_counts_finish_opts_default`, then change what is to
 * be different.
 */
typedef struct lgt_class_counts_finish_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_AVERAGE_`; default `LGT_AVERAGE_MACRO`. */
  uint32_t average;
  /**
   * Of F-beta, from 0 to infinity: recall counts beta times as much as
   * precision. Default 1.
   */
  double beta;
  /** An `LGT_ZERO_DIVISION_`; default `LGT_ZERO_DIVISION_ZERO`. */
  uint32_t zero_division;
  /** Which classes are averaged; default `LGT_CLASSES_ALL`. */
  uint32_t classes;
} lgt_class_counts_finish_opts;

/** The result of `lgt_class_counts_finish`. */
typedef struct lgt_class_counts_report {
  /** Rows that were counted. */
  uint64_t rows;
  /** Rows that the ignored label left out. */
  uint64_t ignored;
  /** The sum of weights. */
  double weight;
  /** Classes that were averaged. */
  uint64_t classes;
  /** Average precision (positive predictive value). */
  double precision;
  /** Average recall (sensitivity). */
  double recall;
  /** Average F-beta. */
  double f;
  /** Average Jaccard index (intersection over union). */
  double jaccard;
  /** Average specificity (true negative rate). */
  double specificity;
  /** Average negative predictive value. */
  double npv;
  /** Averaged classes that were never predicted: no precision. */
  uint64_t undefined_precision;
  /** Averaged classes that are never true: no recall. */
  uint64_t undefined_recall;
  /** Averaged classes without an F-beta. */
  uint64_t undefined_f;
  /** Averaged classes that are neither: no Jaccard index. */
  uint64_t undefined_jaccard;
  /** Averaged classes that are always true: no specificity. */
  uint64_t undefined_specificity;
  /** Averaged classes that are always predicted: no negative predictive value. */
  uint64_t undefined_npv;
  /** Share of rows that are right. */
  double accuracy;
  /** Share of rows that are wrong. */
  double hamming_loss;
  /** Mean recall of the classes that are true somewhere. */
  double balanced_accuracy;
  /** The same, from 0 for chance to 1. */
  double balanced_accuracy_adjusted;
  /** Matthews' correlation coefficient of any number of classes. */
  double mcc;
  /** Cohen's kappa, unweighted. */
  double kappa;
} lgt_class_counts_report;

/** One class, of `lgt_class_counts_get_classes`. */
typedef struct lgt_class_counts_class {
  /** Rows, or their weights, of this class: its support. */
  double labelled;
  /** Predicted as this class. */
  double predicted;
  /** Both. */
  double tp;
  /** tp / predicted. */
  double precision;
  /** tp / labelled. */
  double recall;
  /** F-beta. */
  double f;
  /** tp / (labelled + predicted - tp). */
  double jaccard;
  /** The share of other rows that are not predicted as this class. */
  double specificity;
  /** The share of rows not predicted as this class that are not of it. */
  double npv;
} lgt_class_counts_class;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_class_counts_opts_default(lgt_class_counts_opts *opts);

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_class_counts_finish_opts_default(lgt_class_counts_finish_opts *opts);

/**
 * Writes how many bytes a state of `lgt_class_counts` needs: 48, and 36 a class
 * (96 with weights), in whole words.
 *
 * # Shape
 * `classes`: at least 1, and no more than fit a state of 4 GiB: 119 million, with
 * weights 44 million. `opts`: how the state is to be set up, or NULL. `bytes`:
 * one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (classes).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_class_counts_size(uint32_t classes, const lgt_class_counts_opts *opts,
                                         size_t *bytes);

/**
 * Starts a state of class counts: how often each class was true, predicted, and
 * both.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_class_counts_size` says of the same `classes` and `opts`. `classes`: at
 * least 1. `opts`: one struct, or NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`,
 * `LGT_E_VALUE` (classes).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_class_counts_init(void *state, size_t size, uint32_t classes,
                                         const lgt_class_counts_opts *opts);

/**
 * Adds rows to a state of class counts: how often each class was true,
 * predicted, and both.
 *
 * That is all that precision, recall, F-beta, Jaccard, specificity, balanced
 * accuracy, Matthews' correlation and Cohen's kappa need, in memory for the
 * classes and not for their square.
 *
 * # Shape
 * `predicted`: the class given to each row, of the integer type
 * `predicted_type` (`LGT_I8` to `LGT_U64`). `labels`: the true class of each row,
 * of the integer type `label_type`. Both from 0 to classes - 1, but for rows
 * whose label is the `ignore_index` of the options: they are left out, and their
 * prediction is not looked at. `weights`: one number a row from 0 to 2^63, or
 * NULL for 1 each; only for a state that was set up with
 * `LGT_CLASS_COUNTS_WEIGHTED`. A weight of 0, or below 2^-160, leaves its row
 * out, but its classes are checked.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_LABEL` (of either array), `LGT_E_VALUE` (weights),
 * `LGT_E_OPTION` (weights for a state without), `LGT_E_STATE`. The state is then
 * as it was.
 *
 * # Accuracy
 * Exact: counts are whole numbers, sums of weights are exact.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * The counts' definition.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 14];
 * int64_t y_pred[4] = {0, 1, 2, 0};
 * uint8_t y_true[4] = {0, 1, 1, 2};
 * size_t bytes;
 * lgt_class_counts_report report;
 * assert(lgt_class_counts_size(3, NULL, &bytes) == LGT_OK && bytes <= sizeof state);
 * assert(lgt_class_counts_init(state, bytes, 3, NULL) == LGT_OK);
 * assert(lgt_class_counts_update(state, y_pred, LGT_I64, y_true, LGT_U8, NULL, 4) == LGT_OK);
 * assert(lgt_class_counts_finish(state, &report, NULL) == LGT_OK);
 * assert(report.accuracy == 0.5 && report.precision == 0.5 && report.recall == 0.5);
 * ```
 */
LGT_API lgt_status lgt_class_counts_update(void *state, const void *predicted,
                                           uint32_t predicted_type, const void *labels,
                                           uint32_t label_type, const double *weights, size_t rows);

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
LGT_API lgt_status lgt_class_counts_merge(void *state, const void *other);

/**
 * Writes averages over classes, accuracy and agreement; the state can go on.
 *
 * Averages are those of scikit-learn's `precision_recall_fscore_support`,
 * `fbeta_score` and `jaccard_score` with `labels` = 0 .. classes - 1, or, with
 * `LGT_CLASSES_PRESENT`, with `labels=None`; torchmetrics' macro averages are
 * those of `LGT_CLASSES_PRESENT` too. `LGT_ZERO_DIVISION_NAN` is
 * `zero_division=np.nan`; it holds for the Jaccard index as for the others. How
 * many classes each quotient is undefined for is reported whatever stands for it.
 * `balanced_accuracy` is over classes that are true somewhere
 * (`balanced_accuracy_score`, and with `adjusted=True`), `mcc` is
 * `matthews_corrcoef`, 0 where all rows are of one class or predicted as one, and
 * `kappa` is `cohen_kappa_score`, NaN where both are one and the same class.
 *
 * # Shape
 * `report`: one struct. `opts`: one struct, or NULL for the defaults (macro, all
 * classes, beta 1, 0 for a quotient by 0).
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
 * `LGT_UNDEFINED` if a number of the report is NaN.
 *
 * # Accuracy
 * Each number is within 1e-13 of its exact value.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * C. J. van Rijsbergen, "Information Retrieval" (1979), F-beta; J. Gorodkin,
 * "Comparing two K-category assignments by a K-category correlation coefficient"
 * (2004), equation 8; J. Cohen, "A coefficient of agreement for nominal scales"
 * (1960), equation 1.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 9];
 * uint8_t y_pred[3] = {0, 0, 1}, y_true[3] = {0, 1, 1};
 * lgt_class_counts_finish_opts opts;
 * lgt_class_counts_report report;
 * lgt_class_counts_finish_opts_default(&opts);
 * opts.average = LGT_AVERAGE_WEIGHTED;
 * assert(lgt_class_counts_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_class_counts_update(state, y_pred, LGT_U8, y_true, LGT_U8, NULL, 3) == LGT_OK);
 * assert(lgt_class_counts_finish(state, &report, &opts) == LGT_OK);
 * assert(report.recall == 2.0 / 3 && report.mcc == 0.5 && report.undefined_f == 0);
 * ```
 */
LGT_API lgt_status lgt_class_counts_finish(const void *state, lgt_class_counts_report *report,
                                           const lgt_class_counts_finish_opts *opts);

/**
 * Writes each class by itself; the state can go on.
 *
 * # Shape
 * `classes`: `count` structs; at least as many as `init` was told. `opts`: one
 * struct, or NULL for the defaults; of it `beta` and `zero_division` count.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta),
 * `LGT_E_SIZE`.
 *
 * # Accuracy
 * Quotients are rounded once; F-beta a few times.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * As `lgt_class_counts_finish`; scikit-learn's functions with `average=None`.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 9];
 * uint8_t y_pred[3] = {0, 0, 1}, y_true[3] = {0, 1, 1};
 * lgt_class_counts_class each[2];
 * assert(lgt_class_counts_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_class_counts_update(state, y_pred, LGT_U8, y_true, LGT_U8, NULL, 3) == LGT_OK);
 * assert(lgt_class_counts_get_classes(state, each, 2, NULL) == LGT_OK);
 * assert(each[0].precision == 0.5 && each[0].recall == 1 && each[1].labelled == 2);
 * ```
 */
LGT_API lgt_status lgt_class_counts_get_classes(const void *state, lgt_class_counts_class *classes,
                                                size_t count,
                                                const lgt_class_counts_finish_opts *opts);

/* ---- confusion ---- */

/** The matrix as counted. */
#define LGT_NORMALIZE_NONE 0

/** Each row of the matrix by its sum: the rows of a true class. */
#define LGT_NORMALIZE_TRUE 1

/** Each column of the matrix by its sum: the rows given a class. */
#define LGT_NORMALIZE_PRED 2

/** The matrix by the sum of all. */
#define LGT_NORMALIZE_ALL 3

/** Mean of two entropies: half their sum. */
#define LGT_MEAN_ARITHMETIC 0

/** Mean of two entropies: the root of their product. */
#define LGT_MEAN_GEOMETRIC 1

/** Mean of two entropies: the smaller. */
#define LGT_MEAN_MIN 2

/** Mean of two entropies: the larger. */
#define LGT_MEAN_MAX 3

/** Of `lgt_confusion_get_agreement`: adjusted mutual information is wanted too. */
#define LGT_AGREEMENT_ADJUSTED 1

/**
 * What `lgt_confusion_get_agreement` is asked for. Fill with
 * `lgt_confusion_agreement_opts_default`, then change what is to be different.
 */
typedef struct lgt_confusion_agreement_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_AGREEMENT_` flags; default 0. */
  uint32_t flags;
  /**
   * Of the V-measure, from 0 to 1e150: completeness counts beta times as much
   * as homogeneity. Default 1.
   */
  double beta;
  /**
   * What mutual information is divided by, an `LGT_MEAN_` of the two
   * entropies; default `LGT_MEAN_ARITHMETIC`.
   */
  uint32_t mean;
  /** 0. */
  uint32_t reserved;
} lgt_confusion_agreement_opts;

/** The result of `lgt_confusion_get_agreement`. */
typedef struct lgt_confusion_agreement {
  /** Cohen's kappa, unweighted. */
  double kappa;
  /** Cohen's kappa, weighted by the distance of the classes. */
  double kappa_linear;
  /** Cohen's kappa, weighted by the square of that distance. */
  double kappa_quadratic;
  /** Entropy of the true classes, in nats. */
  double entropy_labels;
  /** Entropy of the predicted classes, in nats. */
  double entropy_predicted;
  /** Mutual information, in nats. */
  double mutual_info;
  /** Mutual information over a mean of the entropies. */
  double normalized_mutual_info;
  /**
   * The mutual information that classes of these sizes have by chance; NaN if
   * not asked for.
   */
  double expected_mutual_info;
  /** Normalised mutual information, from 0 for chance to 1; NaN if not asked for. */
  double adjusted_mutual_info;
  /** How far each predicted class holds one true class only. */
  double homogeneity;
  /** How far each true class lies in one predicted class. */
  double completeness;
  /** The mean of the two: their F-beta. */
  double v_measure;
  /** The share of pairs of rows that both put together or both apart. */
  double rand;
  /** The same, from 0 for chance to 1. */
  double adjusted_rand;
  /**
   * Of pairs that one puts together, how many the other does too: geometric
   * mean of both ways.
   */
  double fowlkes_mallows;
} lgt_confusion_agreement;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_confusion_agreement_opts_default(lgt_confusion_agreement_opts *opts);

/**
 * Writes how many bytes a state of `lgt_confusion` needs: 48, and 9 for each pair
 * of classes (32 with weights), in whole words.
 *
 * # Shape
 * `classes`: 1 to 21845, with weights 1 to 11585: a state is below 4 GiB. `opts`:
 * how the state is to be set up, or NULL. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (classes).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_confusion_size(uint32_t classes, const lgt_class_counts_opts *opts,
                                      size_t *bytes);

/**
 * Starts a confusion matrix: how many rows of each true class were given each
 * class.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_confusion_size` says of the same `classes` and `opts`. `classes`: 1 to
 * 21845, with weights to 11585. `opts`: one struct, or NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`,
 * `LGT_E_VALUE` (classes).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_confusion_init(void *state, size_t size, uint32_t classes,
                                      const lgt_class_counts_opts *opts);

/**
 * Adds rows to a confusion matrix: how many rows of each true class were given
 * each class.
 *
 * Where only numbers of single classes are wanted (precision, recall, kappa,
 * Matthews' correlation), `lgt_class_counts` gives them in memory for the classes
 * and not for their square.
 *
 * # Shape
 * `predicted`: the class given to each row, of the integer type
 * `predicted_type` (`LGT_I8` to `LGT_U64`). `labels`: the true class of each row,
 * of the integer type `label_type`. Both from 0 to classes - 1, but for rows
 * whose label is the `ignore_index` of the options: they are left out, and their
 * prediction is not looked at. `weights`: one number a row from 0 to 2^63, or
 * NULL for 1 each; only for a state that was set up with
 * `LGT_CLASS_COUNTS_WEIGHTED`. A weight of 0, or below 2^-160, leaves its row
 * out, but its classes are checked.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_LABEL` (of either array), `LGT_E_VALUE` (weights),
 * `LGT_E_OPTION` (weights for a state without), `LGT_E_STATE`. The state is then
 * as it was.
 *
 * # Accuracy
 * Exact: counts are whole numbers, sums of weights are exact.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * The matrix' definition; rows and columns as in scikit-learn's
 * `confusion_matrix`.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 1 + 4], counts[2][2];
 * int64_t y_pred[3] = {0, 1, 1};
 * uint8_t y_true[3] = {0, 0, 1};
 * assert(lgt_confusion_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_confusion_update(state, y_pred, LGT_I64, y_true, LGT_U8, NULL, 3) == LGT_OK);
 * assert(lgt_confusion_get_counts(state, &counts[0][0], 2) == LGT_OK);
 * assert(counts[0][0] == 1 && counts[0][1] == 1 && counts[1][0] == 0 && counts[1][1] == 1);
 * ```
 */
LGT_API lgt_status lgt_confusion_update(void *state, const void *predicted, uint32_t predicted_type,
                                        const void *labels, uint32_t label_type,
                                        const double *weights, size_t rows);

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
LGT_API lgt_status lgt_confusion_merge(void *state, const void *other);

/**
 * Writes averages over classes, accuracy and agreement, as
 * `lgt_class_counts_finish` does of the same rows, to the same bits; the state can
 * go on.
 *
 * # Shape
 * `report`: one struct. `opts`: one struct, or NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
 * `LGT_UNDEFINED` if a number of the report is NaN.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_confusion_finish(const void *state, lgt_class_counts_report *report,
                                        const lgt_class_counts_finish_opts *opts);

/**
 * Writes each class by itself, as `lgt_class_counts_get_classes` does.
 *
 * # Shape
 * `classes`: `count` structs; at least as many as `init` was told. `opts`: one
 * struct, or NULL for the defaults; of it `beta` and `zero_division` count.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta),
 * `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_confusion_get_classes(const void *state, lgt_class_counts_class *classes,
                                             size_t count,
                                             const lgt_class_counts_finish_opts *opts);

/**
 * Writes the matrix as whole numbers: entry (i, j) is the rows of true class i
 * that were given class j.
 *
 * # Shape
 * `counts`: classes x classes, row-major, `counts_stride` in elements, at least
 * classes.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_STRIDE`, `LGT_E_OPTION` (a state with
 * weights: see `lgt_confusion_get_matrix`).
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_confusion_get_counts(const void *state, uint64_t *counts,
                                            size_t counts_stride);

/**
 * Writes the matrix, or the shares that its entries are of a row, a column or
 * all; the state can go on.
 *
 * Entry (i, j) is of true class i and given class j. A share of nothing is 0, as
 * in scikit-learn's `confusion_matrix(normalize=..)`.
 *
 * # Shape
 * `matrix`: classes x classes, row-major, `matrix_stride` in elements, at least
 * classes. `normalize`: an `LGT_NORMALIZE_`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_STRIDE`, `LGT_E_OPTION` (normalize).
 *
 * # Accuracy
 * Counts and sums of weights are rounded once, and so are quotients.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * The matrix' definition; scikit-learn's `confusion_matrix`.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 1 + 4];
 * uint8_t y_pred[3] = {0, 1, 1}, y_true[3] = {0, 0, 1};
 * double shares[2][2];
 * assert(lgt_confusion_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_confusion_update(state, y_pred, LGT_U8, y_true, LGT_U8, NULL, 3) == LGT_OK);
 * assert(lgt_confusion_get_matrix(state, &shares[0][0], 2, LGT_NORMALIZE_TRUE) == LGT_OK);
 * assert(shares[0][0] == 0.5 && shares[0][1] == 0.5 && shares[1][1] == 1);
 * ```
 */
LGT_API lgt_status lgt_confusion_get_matrix(const void *state, double *matrix, size_t matrix_stride,
                                            uint32_t normalize);

/**
 * Writes how far truth and prediction, or two annotators, or two clusterings,
 * agree; the state can go on.
 *
 * Kappas are `cohen_kappa_score` with `weights` None, linear and quadratic.
 * `mutual_info` is `mutual_info_score`; `normalized_mutual_info` and
 * `adjusted_mutual_info` are the `_score` functions with `average_method` =
 * `mean`; `homogeneity`, `completeness` and `v_measure` as there, and so are
 * `rand` (`rand_score`), `adjusted_rand` (`adjusted_rand_score`) and
 * `fowlkes_mallows` (`fowlkes_mallows_score`), all of scikit-learn. Where nothing
 * was seen all is NaN, where scikit-learn says 1. Adjusted mutual information
 * takes time for the square of the classes times the usual overlap, so it has to
 * be asked for. It, Rand and Fowlkes-Mallows are about single rows: they are NaN
 * for a state with weights.
 *
 * # Shape
 * `agreement`: one struct. `opts`: one struct, or NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
 * `LGT_UNDEFINED` if a kappa is NaN: nothing was seen, or one class only.
 *
 * # Accuracy
 * Each number is within 1e-12 of its exact value; what is adjusted loses digits
 * where chance alone comes close to the most there can be.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * J. Cohen, "Weighted kappa" (1968), equation 9; N. X. Vinh et al., "Information
 * Theoretic Measures for Clusterings Comparison" (2010), equation 24 and table 2;
 * L. Hubert and P. Arabie, "Comparing partitions" (1985), equation 5; A. Rosenberg
 * and J. Hirschberg, "V-Measure" (2007); E. B. Fowlkes and C. L. Mallows (1983).
 *
 * # Example
 * ```c
 * uint64_t state[6 + 2 + 9];
 * uint8_t y_pred[4] = {0, 1, 2, 2}, y_true[4] = {0, 1, 2, 1};
 * lgt_confusion_agreement agreement;
 * assert(lgt_confusion_init(state, sizeof state, 3, NULL) == LGT_OK);
 * assert(lgt_confusion_update(state, y_pred, LGT_U8, y_true, LGT_U8, NULL, 4) == LGT_OK);
 * assert(lgt_confusion_get_agreement(state, &agreement, NULL) == LGT_OK);
 * assert(agreement.kappa > 0.636 && agreement.kappa < 0.637);
 * assert(agreement.kappa_linear > 0.70 && agreement.kappa_linear < 0.72);
 * ```
 */
LGT_API lgt_status lgt_confusion_get_agreement(const void *state,
                                               lgt_confusion_agreement *agreement,
                                               const lgt_confusion_agreement_opts *opts);

/* ---- interval ---- */

/**
 * Writes Wilson's score interval for the probability of success: a good choice
 * for accuracy, error rates and other shares of rows. A batch function of counts,
 * no state.
 *
 * What it contains is every probability that a normal test at the true standard
 * error would not reject. It never leaves 0 .. 1, and its mean coverage is close
 * to `confidence` even for few trials; the coverage for one given probability may
 * be somewhat less. As scipy's `binomtest(k, n).proportion_ci(confidence,
 * "wilson")` and statsmodels' `proportion_confint(k, n, 1 - confidence,
 * "wilson")`; no correction for continuity.
 *
 * Without successes `low` is 0, without failures `high` is 1. Without trials the
 * interval is 0 to 1, with `LGT_OK`: no data exclude nothing, and that statement
 * is right at any confidence, where the share itself would be undefined.
 *
 * Counts need not be whole. Of weighted rows, the sums of weights are the counts
 * if the weights are repetitions (frequencies). Weights of any other kind say
 * nothing by their scale: take `n = (sum w)^2 / sum w^2`, Kish's effective number
 * of rows, as `trials`, and `n` times the weighted share (`accuracy` of
 * `lgt_accuracy_report`) as `successes`.
 *
 * # Shape
 * `successes`: from 0 to `trials`. `trials`: at most 2^63. `confidence`: above 0
 * and below 1, usually 0.95. `low`, `high`: one number each.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
 *
 * # Accuracy
 * Relative 1e-14.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * E. Wilson, "Probable Inference, the Law of Succession, and Statistical
 * Inference" (1927).
 *
 * # Example
 * ```c
 * double low, high;
 * assert(lgt_interval_wilson(81, 263, 0.95, &low, &high) == LGT_OK);
 * assert(low > 0.2552 && low < 0.2554 && high > 0.3662 && high < 0.3664);
 * ```
 */
LGT_API lgt_status lgt_interval_wilson(double successes, double trials, double confidence,
                                       double *low, double *high);

/**
 * Writes the interval of Clopper and Pearson ("exact") for the probability of
 * success: its coverage is never less than `confidence`, and for few trials a
 * good deal more. A batch function of counts, no state.
 *
 * As scipy's `binomtest(k, n).proportion_ci(confidence, "exact")` and statsmodels'
 * method "beta"; for counts that are not whole, by the quantiles of the beta
 * distribution. Ends of the range, no trials and weights: see
 * `lgt_interval_wilson`.
 *
 * # Shape
 * As for `lgt_interval_wilson`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
 *
 * # Accuracy
 * `low` and `high` are those of a `confidence` whose complement is off by a
 * relative 1e-13 at most, then rounded.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * C. Clopper and E. Pearson, "The Use of Confidence or Fiducial Limits
 * Illustrated in the Case of the Binomial" (1934).
 *
 * # Example
 * ```c
 * double low, high;
 * assert(lgt_interval_clopper_pearson(0, 10, 0.95, &low, &high) == LGT_OK);
 * assert(low == 0 && high > 0.3084 && high < 0.3085);
 * ```
 */
LGT_API lgt_status lgt_interval_clopper_pearson(double successes, double trials, double confidence,
                                                double *low, double *high);

/**
 * Writes Jeffreys' interval for the probability of success: the middle of the
 * posterior from a beta prior of parameters 1/2. Shorter than Clopper's and
 * Pearson's, its mean coverage close to `confidence`. A batch function of counts,
 * no state.
 *
 * Without successes `low` is 0 and without failures `high` is 1, as its source
 * has it, for else small probabilities were never covered; statsmodels' method
 * "jeffreys" leaves the quantile there. No trials and weights: see
 * `lgt_interval_wilson`.
 *
 * # Shape
 * As for `lgt_interval_wilson`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
 *
 * # Accuracy
 * `low` and `high` are those of a `confidence` whose complement is off by a
 * relative 1e-13 at most, then rounded.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * L. Brown, T. Cai and A. DasGupta, "Interval Estimation for a Binomial
 * Proportion" (2001), section 4.1.2.
 *
 * # Example
 * ```c
 * double low, high;
 * assert(lgt_interval_jeffreys(10, 10, 0.95, &low, &high) == LGT_OK);
 * assert(low > 0.7828 && low < 0.7829 && high == 1);
 * ```
 */
LGT_API lgt_status lgt_interval_jeffreys(double successes, double trials, double confidence,
                                         double *low, double *high);

/**
 * Writes the interval of Agresti and Coull for the probability of success: the
 * normal interval after adding `z^2 / 2` successes and as many failures, `z` the
 * normal quantile; around the same middle as Wilson's and never shorter. Cut off
 * at 0 and 1, which are not always met where there are no successes or no
 * failures. A batch function of counts, no state.
 *
 * As statsmodels' method "agresti_coull". No trials and weights: see
 * `lgt_interval_wilson`.
 *
 * # Shape
 * As for `lgt_interval_wilson`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
 *
 * # Accuracy
 * Absolute 1e-15.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * A. Agresti and B. Coull, "Approximate is Better than 'Exact' for Interval
 * Estimation of Binomial Proportions" (1998).
 *
 * # Example
 * ```c
 * double low, high;
 * assert(lgt_interval_agresti_coull(5, 10, 0.95, &low, &high) == LGT_OK);
 * assert(low > 0.2365 && low < 0.2367 && high == 1 - low);
 * ```
 */
LGT_API lgt_status lgt_interval_agresti_coull(double successes, double trials, double confidence,
                                              double *low, double *high);

/**
 * Writes the normal interval (Wald's) for the probability of success: the share
 * and so many of its standard errors, cut off at 0 and 1. For comparison with
 * others who have it: its coverage is poor for few trials and for shares near 0
 * and 1, where it may be a single point. A batch function of counts, no state.
 *
 * As statsmodels' method "normal". No trials and weights: see
 * `lgt_interval_wilson`.
 *
 * # Shape
 * As for `lgt_interval_wilson`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE`. Nothing is then written.
 *
 * # Accuracy
 * Absolute 1e-15.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * As for `lgt_interval_jeffreys`, section 2.
 *
 * # Example
 * ```c
 * double low, high;
 * assert(lgt_interval_normal(50, 100, 0.95, &low, &high) == LGT_OK);
 * assert(low > 0.4020 && low < 0.4021 && high == 1 - low);
 * ```
 */
LGT_API lgt_status lgt_interval_normal(double successes, double trials, double confidence,
                                       double *low, double *high);

/* ---- likelihood_ratios ---- */

/** The result of `lgt_likelihood_ratios`. */
typedef struct lgt_likelihood_ratios_report {
  /** LR+: the true positive rate over the false positive rate. */
  double positive;
  /** LR-: the false negative rate over the true negative rate. */
  double negative;
} lgt_likelihood_ratios_report;

/**
 * Writes the likelihood ratios of a binary test: how many times as likely it is
 * positive, or negative, where the condition is than where it is not.
 *
 * A function of four counts, or sums of weights, and no state: they are those of
 * `lgt_confusion_get_counts` with class 1 as the condition, row by row. They are
 * scikit-learn's `class_likelihood_ratios`, undefined where that is: LR+ if there
 * are no false positives, even if there are true ones; LR- if there are no true
 * negatives; both if one of the classes is missing.
 *
 * # Shape
 * `tn`, `fp`, `fn_`, `tp`: true and false negatives and positives, at least 0 and
 * finite. `report`: one struct.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (counts). Advisory: `LGT_UNDEFINED` if one of the
 * ratios is NaN.
 *
 * # Accuracy
 * To within a few roundings.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * J. J. Deeks and D. G. Altman, "Diagnostic tests 4: likelihood ratios" (2004).
 *
 * # Example
 * ```c
 * lgt_likelihood_ratios_report ratios;
 * assert(lgt_likelihood_ratios(90, 10, 20, 80, &ratios) == LGT_OK);
 * assert(ratios.positive > 7.99 && ratios.positive < 8.01);
 * assert(ratios.negative > 0.22 && ratios.negative < 0.23);
 * ```
 */
LGT_API lgt_status lgt_likelihood_ratios(double tn, double fp, double fn_, double tp,
                                         lgt_likelihood_ratios_report *report);

/* ---- mcnemar ---- */

/** The result of `lgt_mcnemar`. */
typedef struct lgt_mcnemar_report {
  /** Rows that only the first has right. */
  uint64_t b;
  /** Rows that only the second has right. */
  uint64_t c;
  /** Two-sided, by the binomial distribution. */
  double exact_p;
  /** (b - c)^2 / (b + c). */
  double chi2;
  /** Its p-value, by the chi-square distribution of one degree. */
  double chi2_p;
  /** (|b - c| - 1)^2 / (b + c), but 0 where b = c. */
  double corrected_chi2;
  /** Its p-value. */
  double corrected_p;
} lgt_mcnemar_report;

/**
 * Tests whether two classifiers are right equally often, from how many rows only
 * the one and only the other has right.
 *
 * A function of two counts and no state: add them up over parts of the data. The
 * exact p-value is twice the smaller tail of the binomial distribution, at most 1:
 * scipy's `binomtest(b, b + c)`. With and without the continuity correction are
 * those of statsmodels' `mcnemar`, but that b = c gives 0 with it too, as in R.
 *
 * # Shape
 * `b`: rows that only the first has right. `c`: rows that only the second has
 * right. `report`: one struct. NaN with `LGT_UNDEFINED` if both are 0.
 *
 * # Errors
 * `LGT_E_NULL`. Advisory: `LGT_UNDEFINED`.
 *
 * # Accuracy
 * Relative errors of p-values are below 1e-12.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * Q. McNemar, "Note on the sampling error of the difference between correlated
 * proportions or percentages" (1947); A. L. Edwards (1948) for the correction.
 *
 * # Example
 * ```c
 * lgt_mcnemar_report report;
 * assert(lgt_mcnemar(121, 59, &report) == LGT_OK);
 * assert(report.corrected_chi2 > 20.67 && report.corrected_chi2 < 20.68);
 * assert(report.exact_p > 4.4e-6 && report.exact_p < 4.5e-6);
 * ```
 */
LGT_API lgt_status lgt_mcnemar(uint64_t b, uint64_t c, lgt_mcnemar_report *report);

/**
 * As `lgt_mcnemar`, from what two classifiers predicted for the same rows.
 *
 * # Shape
 * `first`, `second`: a class a row, of the integer types `first_type` and
 * `second_type`. `labels`: the true class of each row, of the integer type
 * `label_type`. Classes are at least 0. `report`: one struct.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_LABEL` (a negative class, an unknown type); nothing is
 * written. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_mcnemar_labels(const void *first, uint32_t first_type, const void *second,
                                      uint32_t second_type, const void *labels, uint32_t label_type,
                                      lgt_mcnemar_report *report, size_t rows);

/* ---- multilabel ---- */

/** Rows have weights: the state holds exact sums of them, 96 bytes a label. */
#define LGT_MULTILABEL_WEIGHTED 1

/** Average, of `lgt_multilabel` only: every row counts by its weight. */
#define LGT_AVERAGE_SAMPLES 3

/**
 * How a state of `lgt_multilabel` is set up. Fill with
 * `lgt_multilabel_opts_default`, then change what is to be different.
 */
typedef struct lgt_multilabel_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_MULTILABEL_` flags; default 0. */
  uint32_t flags;
  /**
   * Of F-beta, from 0 to infinity: recall counts beta times as much as
   * precision. Default 1. Part of the state, since each row has an F-beta.
   */
  double beta;
} lgt_multilabel_opts;

/**
 * What `lgt_multilabel_finish` and `lgt_multilabel_get_labels` are asked for. Fill
 * with `lgt_multilabel_finish_opts_default`, then change what is to be different.
 */
typedef struct lgt_multilabel_finish_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_AVERAGE_`; default `LGT_AVERAGE_MACRO`. */
  uint32_t average;
  /** An `LGT_ZERO_DIVISION_`; default `LGT_ZERO_DIVISION_ZERO`. */
  uint32_t zero_division;
} lgt_multilabel_finish_opts;

/** The result of `lgt_multilabel_finish`. */
typedef struct lgt_multilabel_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those that hold a NaN. */
  uint64_t nan_rows;
  /** The sum of weights of the others. */
  double weight;
  /** Average precision (positive predictive value). */
  double precision;
  /** Average recall (sensitivity). */
  double recall;
  /** Average F-beta. */
  double f;
  /** Average Jaccard index (intersection over union). */
  double jaccard;
  /** Average specificity (true negative rate); NaN for averages over rows. */
  double specificity;
  /** Average negative predictive value; NaN for averages over rows. */
  double npv;
  /** Labels, or rows, that were averaged and never given: no precision. */
  uint64_t undefined_precision;
  /** Labels, or rows, that are never true: no recall. */
  uint64_t undefined_recall;
  /** Labels, or rows, without an F-beta. */
  uint64_t undefined_f;
  /** Labels, or rows, that are neither: no Jaccard index. */
  uint64_t undefined_jaccard;
  /** Share of rows that have every label right (subset accuracy). */
  double exact_match;
  /** Share of all labels of all rows that are wrong. */
  double hamming_loss;
} lgt_multilabel_report;

/** One label, of `lgt_multilabel_get_labels`. */
typedef struct lgt_multilabel_label {
  /** Rows, or their weights, that have it and were given it. */
  double tp;
  /** That do not have it and were given it. */
  double fp;
  /** That have it and were not given it. */
  double fn_;
  /** That do not have it and were not given it. */
  double tn;
  /** tp / (tp + fp). */
  double precision;
  /** tp / (tp + fn_). */
  double recall;
  /** F-beta. */
  double f;
  /** tp / (tp + fp + fn_). */
  double jaccard;
  /** tn / (tn + fp). */
  double specificity;
  /** tn / (tn + fn_). */
  double npv;
} lgt_multilabel_label;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_multilabel_opts_default(lgt_multilabel_opts *opts);

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_multilabel_finish_opts_default(lgt_multilabel_finish_opts *opts);

/**
 * Writes how many bytes a state of `lgt_multilabel` needs: 400, and 36 a label
 * (96 with weights), in whole words.
 *
 * # Shape
 * `labels`: how many there are, at least 1. `opts`: how the state is to be set up,
 * or NULL. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (labels, beta).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_multilabel_size(uint32_t labels, const lgt_multilabel_opts *opts,
                                       size_t *bytes);

/**
 * Starts a state of multi-label counts.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_multilabel_size` says of the same `labels` and `opts`. `labels`: how many
 * there are, at least 1. `opts`: one struct, or NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`,
 * `LGT_E_VALUE` (labels, beta).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_multilabel_init(void *state, size_t size, uint32_t labels,
                                       const lgt_multilabel_opts *opts);

/**
 * Adds rows to a state of multi-label counts: how often each label was true,
 * given, and both, and averages over rows.
 *
 * # Shape
 * `predicted`: rows x cols numbers 0 and 1 of the integer type `predicted_type`
 * (`LGT_I8` to `LGT_U64`; C's `bool` is `LGT_U8`), row-major, stride in elements, at
 * least cols. `labels`: likewise what is true. `cols`: as `init` was told.
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; only for a state
 * with `LGT_MULTILABEL_WEIGHTED`. Below 2^-160 a row is left out.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_SHAPE` (cols), `LGT_E_LABEL`
 * (a number other than 0 and 1, in either array), `LGT_E_VALUE` (weights),
 * `LGT_E_OPTION` (weights for a state without), `LGT_E_STATE`. The state is then
 * as it was.
 *
 * # Accuracy
 * Sums are exact, of quotients that are rounded once a row.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * The counts' definition.
 *
 * # Example
 * ```c
 * uint64_t state[50 + 14];
 * uint8_t y_pred[2][3] = {{1, 0, 1}, {0, 0, 0}}, y_true[2][3] = {{1, 0, 1}, {0, 1, 0}};
 * lgt_multilabel_report report;
 * assert(lgt_multilabel_init(state, sizeof state, 3, NULL) == LGT_OK);
 * assert(lgt_multilabel_update(state, y_pred, 3, LGT_U8, y_true, 3, LGT_U8, NULL, 2, 3) ==
 *        LGT_OK);
 * assert(lgt_multilabel_finish(state, &report, NULL) == LGT_OK);
 * assert(report.exact_match == 0.5 && report.hamming_loss == 1.0 / 6);
 * ```
 */
LGT_API lgt_status lgt_multilabel_update(void *state, const void *predicted,
                                         size_t predicted_stride, uint32_t predicted_type,
                                         const void *labels, size_t labels_stride,
                                         uint32_t label_type, const double *weights, size_t rows,
                                         size_t cols);

/**
 * Adds rows to a state of multi-label counts: labels are given by scores above a
 * threshold.
 *
 * The threshold is rounded to the type that scores are computed in (float for f16
 * and bf16), and a score that equals it gives no label, as in torchmetrics. A row
 * with a NaN is counted in `nan_rows` and makes the result NaN.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols.
 * `labels`: what is true, as numbers 0 and 1 of the integer type `label_type`
 * (`LGT_I8` to `LGT_U64`), rows x cols, `labels_stride` in elements, at least cols.
 * `weights`, `cols`: as of `lgt_multilabel_update`. `threshold`: any number but
 * NaN.
 *
 * # Errors
 * Those of `lgt_multilabel_update`, and `LGT_E_VALUE` (threshold). The state is
 * then as it was.
 *
 * # Accuracy
 * Sums are exact, of quotients that are rounded once a row.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * The counts' definition.
 *
 * # Example
 * ```c
 * uint64_t state[50 + 9];
 * float scores[2][2] = {{0.9f, 0.5f}, {0.2f, 0.6f}};
 * int32_t y_true[2][2] = {{1, 0}, {1, 1}};
 * lgt_multilabel_report report;
 * lgt_multilabel_finish_opts opts = {sizeof opts, LGT_AVERAGE_SAMPLES, 0};
 * assert(lgt_multilabel_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_multilabel_update_f32(state, &scores[0][0], 2, y_true, 2, LGT_I32, NULL, 2, 2,
 *                                  0.5) == LGT_OK);
 * assert(lgt_multilabel_finish(state, &report, &opts) == LGT_OK);
 * assert(report.precision == 1 && report.recall == 0.75);
 * ```
 */
LGT_API lgt_status lgt_multilabel_update_f32(void *state, const float *x, size_t x_stride,
                                             const void *labels, size_t labels_stride,
                                             uint32_t label_type, const float *weights, size_t rows,
                                             size_t cols, double threshold);

/** `double` form of `lgt_multilabel_update_f32`. */
LGT_API lgt_status lgt_multilabel_update_f64(void *state, const double *x, size_t x_stride,
                                             const void *labels, size_t labels_stride,
                                             uint32_t label_type, const double *weights,
                                             size_t rows, size_t cols, double threshold);

/** `lgt_f16` form of `lgt_multilabel_update_f32`; computed in f32. */
LGT_API lgt_status lgt_multilabel_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                             const void *labels, size_t labels_stride,
                                             uint32_t label_type, const float *weights, size_t rows,
                                             size_t cols, double threshold);

/** `lgt_bf16` form of `lgt_multilabel_update_f32`; computed in f32. */
LGT_API lgt_status lgt_multilabel_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                              const void *labels, size_t labels_stride,
                                              uint32_t label_type, const float *weights,
                                              size_t rows, size_t cols, double threshold);

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
LGT_API lgt_status lgt_multilabel_merge(void *state, const void *other);

/**
 * Writes averages over labels or rows, exact matches and wrong labels; the state
 * can go on.
 *
 * Averages are those of scikit-learn's `precision_recall_fscore_support`,
 * `fbeta_score` and `jaccard_score` of indicator matrices, `LGT_AVERAGE_SAMPLES`
 * its `average="samples"`; `LGT_ZERO_DIVISION_NAN` is `zero_division=np.nan`.
 * `exact_match` is `accuracy_score`, `hamming_loss` the function of that name.
 *
 * # Shape
 * `report`: one struct. `opts`: one struct, or NULL for the defaults (macro, 0 for
 * a quotient by 0).
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_OPTION`. Advisory: `LGT_UNDEFINED` if a
 * number of the report is NaN that is not always so.
 *
 * # Accuracy
 * Each number is within 1e-13 of its exact value.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * M.-L. Zhang and Z.-H. Zhou, "A Review on Multi-Label Learning Algorithms"
 * (2014), section 2.
 *
 * # Example
 * ```c
 * uint64_t state[50 + 9];
 * uint8_t y_pred[2] = {1, 0}, y_true[2] = {1, 1};
 * lgt_multilabel_report report;
 * assert(lgt_multilabel_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_multilabel_update(state, y_pred, 2, LGT_U8, y_true, 2, LGT_U8, NULL, 1, 2) ==
 *        LGT_OK);
 * assert(lgt_multilabel_finish(state, &report, NULL) == LGT_OK);
 * assert(report.recall == 0.5 && report.undefined_precision == 1);
 * ```
 */
LGT_API lgt_status lgt_multilabel_finish(const void *state, lgt_multilabel_report *report,
                                         const lgt_multilabel_finish_opts *opts);

/**
 * Writes each label by itself; the state can go on.
 *
 * # Shape
 * `labels`: `count` structs; at least as many as `init` was told. `opts`: one
 * struct, or NULL for the defaults; of it `zero_division` counts.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_OPTION`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_multilabel_get_labels(const void *state, lgt_multilabel_label *labels,
                                             size_t count, const lgt_multilabel_finish_opts *opts);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGITUDE_H */
