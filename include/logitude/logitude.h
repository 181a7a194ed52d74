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

/** The state is an `lgt_ece_binary`. */
#define LGT_STATE_ECE_BINARY 8

/** The state is an `lgt_ece_classwise`. */
#define LGT_STATE_ECE_CLASSWISE 9

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

/** Bins are `(low, high]`, and 0 is in the first. */
#define LGT_BINS_RIGHT 0

/** Bins are `[low, high)`, and 1 is in the last. */
#define LGT_BINS_LEFT 1

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
 * lgt_reliability_bin bins[2] = {{3, 3, 0, 0.5, 0.25, 0.5}, {1, 1, 0.5, 1, 0.75, 1}};
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

/* ---- ace ---- */

/** The result of `lgt_ace`. */
typedef struct lgt_ace_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those that hold what is no probability; all below is then NaN. */
  uint64_t nan_rows;
  /** The sum of weights of the others. */
  double weight;
  /** Classes that have anything in their bins: all, but for a threshold. */
  uint64_t classes;
  /**
   * Adaptive calibration error: the plain mean of gaps over all bins of all
   * classes that are not empty.
   */
  double ace;
  /** The largest mean over the bins of one class. */
  double max;
} lgt_ace_report;

/**
 * Writes how many bytes of scratch `lgt_ace` needs: 24 a row.
 *
 * # Shape
 * `rows`: number of rows, below 2^32. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ace_scratch(size_t rows, size_t *bytes);

/**
 * Adaptive calibration error of rows of probabilities: for each class `bins` bins
 * of equal mass, and the plain mean of the gaps |confidence - frequency| over all
 * bins of all classes that are not empty.
 *
 * The bins of a class hold as equal numbers of rows as can be, the first ones one
 * more where they must (numpy's `array_split` of a stable sort); rows are
 * counted, weights have an effect on the means. So equal probabilities may be
 * parted in the order of their rows. With a threshold (TACE) probabilities below
 * it, as rounded to the type of the data, are left out first. A row with a NaN,
 * or a value that is not in 0 .. 1.01, is counted in `nan_rows` and makes the
 * result NaN. A batch function over arrays and scratch of the caller. netcal's
 * `ACE` is another measure: `average` of a reliability report.
 *
 * # Shape
 * `x`: probabilities, rows x cols, row-major, stride in elements, at least cols.
 * `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`
 * (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or NULL
 * for 1 each; a weight of 0, or below 2^-160, leaves its row out. `report`: one
 * struct. `bins`: 1 to 65536. `threshold`: 0 for none, from 0 to below 1.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_ace_scratch` says, apart from the other arrays; what is there before does
 * not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights, bins, threshold), `LGT_E_SCRATCH` (too small, not aligned),
 * `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (nothing, or a NaN, was there).
 *
 * # Accuracy
 * At most 1e-15 times the number of bins.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * J. Nixon et al., "Measuring Calibration in Deep Learning" (2019), section 4:
 * adaptive calibration error, and thresholding.
 *
 * # Example
 * ```c
 * float p[2][2] = {{0.75f, 0.25f}, {0.75f, 0.25f}};
 * uint8_t y[2] = {0, 1};
 * uint64_t scratch[3 * 2];
 * lgt_ace_report report;
 * assert(lgt_ace_f32(&p[0][0], 2, y, LGT_U8, NULL, &report, 2, 2, 1, 0, scratch,
 *                    sizeof scratch) == LGT_OK);
 * assert(report.ace == 0.25 && report.classes == 2);
 * ```
 */
LGT_API lgt_status lgt_ace_f32(const float *x, size_t x_stride, const void *labels,
                               uint32_t label_type, const float *weights, lgt_ace_report *report,
                               size_t rows, size_t cols, uint32_t bins, double threshold,
                               void *scratch, size_t scratch_size);

/** `double` form of `lgt_ace_f32`. */
LGT_API lgt_status lgt_ace_f64(const double *x, size_t x_stride, const void *labels,
                               uint32_t label_type, const double *weights, lgt_ace_report *report,
                               size_t rows, size_t cols, uint32_t bins, double threshold,
                               void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_ace_f32`; computed in f32. */
LGT_API lgt_status lgt_ace_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                               uint32_t label_type, const float *weights, lgt_ace_report *report,
                               size_t rows, size_t cols, uint32_t bins, double threshold,
                               void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_ace_f32`; computed in f32. */
LGT_API lgt_status lgt_ace_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                uint32_t label_type, const float *weights, lgt_ace_report *report,
                                size_t rows, size_t cols, uint32_t bins, double threshold,
                                void *scratch, size_t scratch_size);

/* ---- brier_decomposition ---- */

/** The result of `lgt_brier_decomposition`. */
typedef struct lgt_brier_decomposition_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those without a probability; all below is then NaN. */
  uint64_t nan_rows;
  /** Groups of forecasts. */
  uint64_t groups;
  /** The sum of weights of the others. */
  double weight;
  /**
   * The Brier score of a forecast of one thing, from 0 to 1: reliability -
   * resolution + uncertainty + within_variance - within_covariance.
   */
  double brier;
  /** How far forecasts are from what came of them. */
  double reliability;
  /** How far what came of them differs between groups. */
  double resolution;
  /** What would be left of a forecast that is always the mean. */
  double uncertainty;
  /** Variance of forecasts within groups. */
  double within_variance;
  /** Twice the covariance of forecasts and outcomes within groups. */
  double within_covariance;
} lgt_brier_decomposition_report;

/**
 * Writes how many bytes of scratch `lgt_brier_decomposition` needs: 24 a probability.
 *
 * # Shape
 * `n`: number of probabilities, below 2^32. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_brier_decomposition_scratch(size_t n, size_t *bytes);

/**
 * The Brier score of forecasts of one thing and what it is made of: `brier =
 * reliability - resolution + uncertainty + within_variance - within_covariance`.
 *
 * With `bins` = 0 a group is all forecasts of one value (-0 is 0): then nothing
 * is within, and the first three are all of it, exactly. Otherwise groups are
 * bins of equal width, `(low, high]` with 0 in the first, whose edges are
 * `k / bins` rounded to the type of the data; then `resolution +
 * within_covariance - within_variance` is Stephenson's generalised resolution.
 * The score itself is scikit-learn's `brier_score_loss` of binary labels, half of
 * `lgt_brier` of two classes.
 *
 * A NaN, or what is not in 0 .. 1.01, is counted in `nan_rows` and makes the
 * result NaN. A batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `x`: `n` probabilities: P(y = 1), or confidences as `lgt_top_label` gives them.
 * `labels`: `n` times 0 or 1: y, or whether the prediction was right; of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from
 * 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row
 * out. `report`: one struct. `bins`: 0, or 1 to 65536. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
 * what `lgt_brier_decomposition_scratch` says, apart from the other arrays; what is there before
 * does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, bins),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (nothing, or a NaN, was there).
 *
 * # Accuracy
 * Each part is at most 1e-15 off. The order of equal forecasts may change the last
 * bits.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. H. Murphy, "A New Vector Partition of the Probability Score" (1973); D. B.
 * Stephenson, C. A. S. Coelho and I. T. Jolliffe, "Two Extra Components in the
 * Brier Score Decomposition" (2008), equation 5.
 *
 * # Example
 * ```c
 * float p[4] = {0.25f, 0.25f, 0.75f, 0.75f};
 * uint8_t y[4] = {0, 0, 1, 0};
 * uint64_t scratch[3 * 4];
 * lgt_brier_decomposition_report report;
 * assert(lgt_brier_decomposition_f32(p, y, LGT_U8, NULL, &report, 4, 0, scratch,
 *                                    sizeof scratch) == LGT_OK);
 * assert(report.groups == 2 && report.reliability == 0.0625 && report.resolution == 0.0625);
 * assert(report.brier == 0.1875 && report.uncertainty == 0.1875);
 * ```
 */
LGT_API lgt_status lgt_brier_decomposition_f32(const float *x, const void *labels,
                                               uint32_t label_type, const float *weights,
                                               lgt_brier_decomposition_report *report, size_t n,
                                               uint32_t bins, void *scratch, size_t scratch_size);

/** `double` form of `lgt_brier_decomposition_f32`. */
LGT_API lgt_status lgt_brier_decomposition_f64(const double *x, const void *labels,
                                               uint32_t label_type, const double *weights,
                                               lgt_brier_decomposition_report *report, size_t n,
                                               uint32_t bins, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_brier_decomposition_f32`; computed in f32. */
LGT_API lgt_status lgt_brier_decomposition_f16(const lgt_f16 *x, const void *labels,
                                               uint32_t label_type, const float *weights,
                                               lgt_brier_decomposition_report *report, size_t n,
                                               uint32_t bins, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_brier_decomposition_f32`; computed in f32. */
LGT_API lgt_status lgt_brier_decomposition_bf16(const lgt_bf16 *x, const void *labels,
                                                uint32_t label_type, const float *weights,
                                                lgt_brier_decomposition_report *report, size_t n,
                                                uint32_t bins, void *scratch, size_t scratch_size);

/**
 * The parts of a Brier score that bins tell, from those of
 * `lgt_ece_binary_get_bins`, say, which merge.
 *
 * Reliability, resolution and uncertainty are those of `lgt_brier_decomposition`
 * with the same bins. The parts within bins need the squares of forecasts and
 * their products with outcomes, which bins do not hold: `within_variance`,
 * `within_covariance` and `brier` are NaN. A score known from elsewhere tells
 * their difference, `brier - (reliability - resolution + uncertainty)`. A batch
 * function over an array of the caller.
 *
 * # Shape
 * `bins`: `count` structs, of which those of weight 0 are passed over. `report`:
 * one struct. All NaN with `LGT_UNDEFINED` if all are empty.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`; `LGT_E_VALUE` as of `lgt_reliability_finish`.
 * Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the bins.
 */
LGT_API lgt_status lgt_brier_decomposition_finish(const lgt_reliability_bin *bins, size_t count,
                                                  lgt_brier_decomposition_report *report);

/* ---- ece_binary ---- */

/**
 * Writes how many bytes a state of `lgt_ece_binary` needs: 40, and 104 a bin.
 *
 * # Shape
 * `bins`: how many bins of equal width, 1 to 65536; 10 and 15 are usual.
 * `closed`: `LGT_BINS_RIGHT` or `LGT_BINS_LEFT`. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (bins, closed).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ece_binary_size(uint32_t bins, uint32_t closed, size_t *bytes);

/**
 * Starts a state of calibration error of binary probabilities: P(y = 1) against
 * how often y is 1. A mergeable state.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_ece_binary_size` says. `bins`: how many bins of equal width, 1 to 65536;
 * 10 and 15 are usual. `closed`: which end of a bin belongs to it,
 * `LGT_BINS_RIGHT` (as scikit-learn's `calibration_curve` and
 * uncertainty-calibration) or `LGT_BINS_LEFT` (as netcal, and as torchmetrics,
 * which has a bin of its own for 1).
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (bins,
 * closed).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_ece_binary_init(void *state, size_t size, uint32_t bins, uint32_t closed);

/**
 * Adds probabilities to a state of calibration error of binary probabilities:
 * P(y = 1) against how often y is 1.
 *
 * Bins are `(low, high]` with 0 in the first, or `[low, high)` with 1 in the
 * last, as `lgt_ece_binary_init` was told; their edges are `k / bins` rounded to
 * the type of the data (float for f16 and bf16). A NaN, or what is not in
 * 0 .. 1.01, is in no bin, is counted in `nan_rows` and makes the result NaN.
 * This is torchmetrics' question in `BinaryCalibrationError` and scikit-learn's
 * in `calibration_curve`; confidence of the predicted class against accuracy is
 * `lgt_ece_top_label`.
 *
 * # Shape
 * `x`: `n` probabilities that y is 1. `labels`: `n` times 0 or 1, of the integer
 * type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
 * `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * Sums are exact; what comes of them is as right as `lgt_reliability_finish`
 * says. The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * M. Pakdaman Naeini et al., "Obtaining Well Calibrated Probabilities Using
 * Bayesian Binning" (2015), section on calibration measures.
 *
 * # Example
 * ```c
 * uint64_t state[5 + 13 * 10];
 * float p[4] = {0.25f, 0.25f, 0.75f, 0.75f};
 * uint8_t y[4] = {0, 0, 1, 0};
 * lgt_reliability_report report;
 * assert(lgt_ece_binary_init(state, sizeof state, 10, LGT_BINS_RIGHT) == LGT_OK);
 * assert(lgt_ece_binary_update_f32(state, p, y, LGT_U8, NULL, 4) == LGT_OK);
 * assert(lgt_ece_binary_finish(state, &report) == LGT_OK && report.ece == 0.25);
 * ```
 */
LGT_API lgt_status lgt_ece_binary_update_f32(void *state, const float *x, const void *labels,
                                             uint32_t label_type, const float *weights, size_t n);

/** `double` form of `lgt_ece_binary_update_f32`. */
LGT_API lgt_status lgt_ece_binary_update_f64(void *state, const double *x, const void *labels,
                                             uint32_t label_type, const double *weights, size_t n);

/** `lgt_f16` form of `lgt_ece_binary_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ece_binary_update_f16(void *state, const lgt_f16 *x, const void *labels,
                                             uint32_t label_type, const float *weights, size_t n);

/** `lgt_bf16` form of `lgt_ece_binary_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ece_binary_update_bf16(void *state, const lgt_bf16 *x, const void *labels,
                                              uint32_t label_type, const float *weights, size_t n);

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
LGT_API lgt_status lgt_ece_binary_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct, as `lgt_reliability_finish` makes of the bins, and with
 * `nan_rows`. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ece_binary_finish(const void *state, lgt_reliability_report *report);

/**
 * Writes the bins of the reliability curve, lowest probability first.
 *
 * # Shape
 * `bins`: `count` structs; at least as many as `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ece_binary_get_bins(const void *state, lgt_reliability_bin *bins,
                                           size_t count);

/* ---- ece_classwise ---- */

/** The result of `lgt_ece_classwise_finish`. */
typedef struct lgt_ece_classwise_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those that hold what is no probability; all below is then NaN. */
  uint64_t nan_rows;
  /** The sum of weights of the others. */
  double weight;
  /** Classes that have anything in their bins: all, but for a threshold. */
  uint64_t classes;
  /** The mean over those classes of their calibration errors. */
  double ece;
  /** The largest of them .. */
  double max;
  /** .. and the first class that has it. */
  uint64_t worst;
} lgt_ece_classwise_report;

/**
 * Writes how many bytes a state of `lgt_ece_classwise` needs: 80, and 104 a bin
 * of a class.
 *
 * # Shape
 * `bins`: how many bins of equal width, 1 to 65536; 15 is usual. `classes`: how
 * many columns rows will have, at least 1; with `bins` times `classes` a state
 * must stay below 4 GiB. `threshold`: from 0 to below 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (bins, classes, threshold).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ece_classwise_size(uint32_t bins, uint32_t classes, double threshold,
                                          size_t *bytes);

/**
 * Starts a state of calibration error of each class, from probabilities: the
 * static calibration error. A mergeable state.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_ece_classwise_size` says. `bins`: how many bins of equal width, 1 to
 * 65536; 15 is usual. `classes`: how many columns rows will have. `threshold`:
 * probabilities below it are left out; 0 for none, from 0 to below 1.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (bins,
 * classes, threshold).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_ece_classwise_init(void *state, size_t size, uint32_t bins, uint32_t classes,
                                          double threshold);

/**
 * Adds rows to a state of calibration error of each class, from probabilities.
 *
 * For class c the question is how far `p_c` is from how often the label is c,
 * over bins `(low, high]` with 0 in the first, edges `k / bins` rounded to the
 * type of the data (float for f16 and bf16). Probabilities below the threshold,
 * rounded likewise, are left out. A row with a NaN, or with a value that is not
 * in 0 .. 1.01, is in no bin, is counted in `nan_rows` and makes the result NaN.
 *
 * # Shape
 * `x`: probabilities, rows x cols, row-major, stride in elements, at least cols.
 * `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`
 * (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or NULL
 * for 1 each; a weight of 0, or below 2^-160, leaves its row out. `cols`: the
 * classes that `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (cols), `LGT_E_STRIDE`,
 * `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights). The state is then as it
 * was.
 *
 * # Accuracy
 * Sums are exact; a class's error is at most 1e-15 times the number of bins off.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * J. Nixon et al., "Measuring Calibration in Deep Learning" (2019), section 4:
 * static calibration error, and thresholding.
 *
 * # Example
 * ```c
 * uint64_t state[10 + 13 * 10 * 2];
 * float p[2][2] = {{0.75f, 0.25f}, {0.75f, 0.25f}};
 * int16_t y[2] = {0, 1};
 * lgt_ece_classwise_report report;
 * assert(lgt_ece_classwise_init(state, sizeof state, 10, 2, 0) == LGT_OK);
 * assert(lgt_ece_classwise_update_f32(state, &p[0][0], 2, y, LGT_I16, NULL, 2, 2) == LGT_OK);
 * assert(lgt_ece_classwise_finish(state, &report) == LGT_OK && report.ece == 0.25);
 * ```
 */
LGT_API lgt_status lgt_ece_classwise_update_f32(void *state, const float *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const float *weights, size_t rows, size_t cols);

/** `double` form of `lgt_ece_classwise_update_f32`. */
LGT_API lgt_status lgt_ece_classwise_update_f64(void *state, const double *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_ece_classwise_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ece_classwise_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const float *weights, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_ece_classwise_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ece_classwise_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
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
LGT_API lgt_status lgt_ece_classwise_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * `ece` is the mean over classes of each one's weighted mean of gaps, `max` the
 * largest of them. With a threshold a class's gaps are weighed by what it keeps,
 * and classes that keep nothing are left out.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ece_classwise_finish(const void *state, lgt_ece_classwise_report *report);

/**
 * Writes what the bins of one class amount to, as `lgt_reliability_finish` does.
 *
 * # Shape
 * `class_index`: below the number of classes. `report`: one struct. NaN with
 * `LGT_UNDEFINED` if the class has nothing in its bins, or a NaN was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_VALUE` (class_index). Advisory:
 * `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ece_classwise_get_class(const void *state, uint32_t class_index,
                                               lgt_reliability_report *report);

/**
 * Writes the bins of the reliability curve of one class, lowest probability
 * first.
 *
 * # Shape
 * `class_index`: below the number of classes. `bins`: `count` structs; at least
 * as many as `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_VALUE` (class_index), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ece_classwise_get_bins(const void *state, uint32_t class_index,
                                              lgt_reliability_bin *bins, size_t count);

/* ---- ece_equal_mass ---- */

/** Equal probabilities may be parted by a bin's end, in the order of their rows. */
#define LGT_TIES_SPLIT 0

/** Equal probabilities are in one bin. */
#define LGT_TIES_TOGETHER 1

/**
 * Writes how many bytes of scratch `lgt_ece_equal_mass` needs: 24 a probability.
 *
 * # Shape
 * `n`: number of probabilities, below 2^32. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ece_equal_mass_scratch(size_t n, size_t *bytes);

/**
 * Calibration errors over `count` bins of equal mass: rows in order of their
 * probabilities, cut into parts of as equal numbers as can be, of which the first
 * ones hold one more where they must (numpy's `array_split`).
 *
 * Rows are counted, not weighed: weights have an effect on the means. Equal
 * probabilities that a cut parts stay, with `LGT_TIES_SPLIT`, on both sides of it
 * in the order of their rows (`array_split` of a stable sort;
 * torch-uncertainty's `AdaptiveCalibrationError`), so that the order of rows can
 * change the result; with `LGT_TIES_TOGETHER` all go below it, and bins may be
 * empty (uncertainty-calibration's `get_equal_bins`).
 *
 * A NaN, or what is not in 0 .. 1.01, is counted in `nan_rows` and makes the
 * result NaN. A batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `x`: `n` probabilities: P(y = 1), or confidences as `lgt_top_label` gives them.
 * `labels`: `n` times 0 or 1: y, or whether the prediction was right; of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from
 * 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row
 * out. `report`: one struct. `bins`: `count` structs for the bins, lowest first, whose
 * `low` and `high` are their least and largest probability; or NULL. `count`: 1 to
 * 65536. `ties`: `LGT_TIES_SPLIT` or `LGT_TIES_TOGETHER`. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
 * what `lgt_ece_equal_mass_scratch` says, apart from the other arrays; what is there before
 * does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, count, ties),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (nothing, or a NaN, was there).
 *
 * # Accuracy
 * At most 1e-15 times the number of bins (`rms_debiased`: its square).
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. Kumar, P. Liang and T. Ma, "Verified Uncertainty Calibration" (2019), section
 * 3; K. Nguyen and B. O'Connor, "Posterior calibration and exploratory analysis
 * for natural language processing models" (2015), section 4.2.
 *
 * # Example
 * ```c
 * float p[4] = {0.75f, 0.25f, 0.75f, 0.25f};
 * uint8_t y[4] = {1, 0, 0, 0};
 * uint64_t scratch[3 * 4];
 * lgt_reliability_report report;
 * lgt_reliability_bin bins[2];
 * assert(lgt_ece_equal_mass_f32(p, y, LGT_U8, NULL, &report, bins, 4, 2, LGT_TIES_SPLIT, scratch,
 *                               sizeof scratch) == LGT_OK);
 * assert(report.ece == 0.25 && bins[0].rows == 2 && bins[1].low == 0.75);
 * ```
 */
LGT_API lgt_status lgt_ece_equal_mass_f32(const float *x, const void *labels, uint32_t label_type,
                                          const float *weights, lgt_reliability_report *report,
                                          lgt_reliability_bin *bins, size_t n, uint32_t count,
                                          uint32_t ties, void *scratch, size_t scratch_size);

/** `double` form of `lgt_ece_equal_mass_f32`. */
LGT_API lgt_status lgt_ece_equal_mass_f64(const double *x, const void *labels, uint32_t label_type,
                                          const double *weights, lgt_reliability_report *report,
                                          lgt_reliability_bin *bins, size_t n, uint32_t count,
                                          uint32_t ties, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_ece_equal_mass_f32`; computed in f32. */
LGT_API lgt_status lgt_ece_equal_mass_f16(const lgt_f16 *x, const void *labels, uint32_t label_type,
                                          const float *weights, lgt_reliability_report *report,
                                          lgt_reliability_bin *bins, size_t n, uint32_t count,
                                          uint32_t ties, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_ece_equal_mass_f32`; computed in f32. */
LGT_API lgt_status lgt_ece_equal_mass_bf16(const lgt_bf16 *x, const void *labels,
                                           uint32_t label_type, const float *weights,
                                           lgt_reliability_report *report,
                                           lgt_reliability_bin *bins, size_t n, uint32_t count,
                                           uint32_t ties, void *scratch, size_t scratch_size);

/* ---- ks_calibration ---- */

/** The result of `lgt_ks_calibration`. */
typedef struct lgt_ks_calibration_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those without a probability; all below is then NaN. */
  uint64_t nan_rows;
  /** The sum of weights of the others. */
  double weight;
  /** The Kolmogorov-Smirnov calibration error, the largest |D|. */
  double ks;
  /** Kuiper's calibration error, the largest D less the least. */
  double kuiper;
  /** The lowest probability at which |D| is largest. */
  double at;
} lgt_ks_calibration_report;

/**
 * Writes how many bytes of scratch `lgt_ks_calibration` needs: 24 a probability.
 *
 * # Shape
 * `n`: number of probabilities, below 2^32. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ks_calibration_scratch(size_t n, size_t *bytes);

/**
 * The Kolmogorov-Smirnov calibration error, which needs no bins: the largest
 * difference, over all thresholds, between the sum of probabilities up to it and
 * the number of what came true there, as a share of all weight.
 *
 * Sums are looked at where a run of equal probabilities ends, so that the order
 * of rows does not matter. `ks` is the largest magnitude (ECCE-MAD), `kuiper` the
 * range of the sums, with the 0 before the first (ECCE-R); probmetrics has
 * both.
 *
 * A NaN, or what is not in 0 .. 1.01, is counted in `nan_rows` and makes the
 * result NaN. A batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `x`: `n` probabilities: P(y = 1), or confidences as `lgt_top_label` gives them.
 * `labels`: `n` times 0 or 1: y, or whether the prediction was right; of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from
 * 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row
 * out. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
 * what `lgt_ks_calibration_scratch` says, apart from the other arrays; what is there before
 * does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (nothing, or a NaN, was there).
 *
 * # Accuracy
 * At most 1e-15; the order of equal probabilities may change the last bits.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * K. Gupta et al., "Calibration of Neural Networks using Splines" (2021), equation
 * 6; I. Arrieta-Ibarra et al., "Metrics of Calibration for Probabilistic
 * Predictions" (2022), for Kuiper's.
 *
 * # Example
 * ```c
 * float p[4] = {0.25f, 0.25f, 0.75f, 0.75f};
 * uint8_t y[4] = {0, 0, 1, 0};
 * uint64_t scratch[3 * 4];
 * lgt_ks_calibration_report report;
 * assert(lgt_ks_calibration_f32(p, y, LGT_U8, NULL, &report, 4, scratch, sizeof scratch) == LGT_OK);
 * assert(report.ks == 0.25 && report.at == 0.75 && report.kuiper == 0.25);
 * ```
 */
LGT_API lgt_status lgt_ks_calibration_f32(const float *x, const void *labels, uint32_t label_type,
                                          const float *weights, lgt_ks_calibration_report *report,
                                          size_t n, void *scratch, size_t scratch_size);

/** `double` form of `lgt_ks_calibration_f32`. */
LGT_API lgt_status lgt_ks_calibration_f64(const double *x, const void *labels, uint32_t label_type,
                                          const double *weights, lgt_ks_calibration_report *report,
                                          size_t n, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_ks_calibration_f32`; computed in f32. */
LGT_API lgt_status lgt_ks_calibration_f16(const lgt_f16 *x, const void *labels, uint32_t label_type,
                                          const float *weights, lgt_ks_calibration_report *report,
                                          size_t n, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_ks_calibration_f32`; computed in f32. */
LGT_API lgt_status lgt_ks_calibration_bf16(const lgt_bf16 *x, const void *labels,
                                           uint32_t label_type, const float *weights,
                                           lgt_ks_calibration_report *report, size_t n,
                                           void *scratch, size_t scratch_size);

/* ---- mmce ---- */

/** The result of `lgt_mmce`. */
typedef struct lgt_mmce_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those without a probability; all below is then NaN. */
  uint64_t nan_rows;
  /** The sum of weights of the others. */
  double weight;
  /** Maximum mean calibration error. */
  double mmce;
  /** The same with what came true and what did not counting alike. */
  double mmce_weighted;
} lgt_mmce_report;

/**
 * Writes how many bytes of scratch `lgt_mmce` needs: 24 a probability.
 *
 * # Shape
 * `n`: number of probabilities, below 2^32. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_mmce_scratch(size_t n, size_t *bytes);

/**
 * Maximum mean calibration error: `sqrt(sum_ij u_i u_j exp(-|p_i - p_j| / 0.4))`,
 * with `u_i = w_i (p_i - y_i) / W` (`mmce`), or with what came true and what did
 * not weighing 1 each (`mmce_weighted`: `u_i` is `w_i (1 - p_i) / W_1` for the
 * former, `-w_i p_i / W_0` for the latter).
 *
 * A sort and one pass, not a double sum. `mmce` is netcal's `MMCE` of confidences
 * and hits. Where only one sort is there the other adds nothing to
 * `mmce_weighted`.
 *
 * A NaN, or what is not in 0 .. 1.01, is counted in `nan_rows` and makes the
 * result NaN. A batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `x`: `n` probabilities: P(y = 1), or confidences as `lgt_top_label` gives them.
 * `labels`: `n` times 0 or 1: y, or whether the prediction was right; of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from
 * 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row
 * out. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
 * what `lgt_mmce_scratch` says, apart from the other arrays; what is there before
 * does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (nothing, or a NaN, was there).
 *
 * # Accuracy
 * The squares are right to 1e-14, and never negative.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. Kumar, S. Sarawagi and U. Jain, "Trainable Calibration Measures for Neural
 * Networks from Kernel Mean Embeddings" (2018), equations 5 and 6.
 *
 * # Example
 * ```c
 * float p[2] = {0.75f, 0.75f};
 * uint8_t y[2] = {1, 0};
 * uint64_t scratch[3 * 2];
 * lgt_mmce_report report;
 * assert(lgt_mmce_f32(p, y, LGT_U8, NULL, &report, 2, scratch, sizeof scratch) == LGT_OK);
 * assert(report.mmce > 0.2499 && report.mmce < 0.2501);
 * ```
 */
LGT_API lgt_status lgt_mmce_f32(const float *x, const void *labels, uint32_t label_type,
                                const float *weights, lgt_mmce_report *report, size_t n,
                                void *scratch, size_t scratch_size);

/** `double` form of `lgt_mmce_f32`. */
LGT_API lgt_status lgt_mmce_f64(const double *x, const void *labels, uint32_t label_type,
                                const double *weights, lgt_mmce_report *report, size_t n,
                                void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_mmce_f32`; computed in f32. */
LGT_API lgt_status lgt_mmce_f16(const lgt_f16 *x, const void *labels, uint32_t label_type,
                                const float *weights, lgt_mmce_report *report, size_t n,
                                void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_mmce_f32`; computed in f32. */
LGT_API lgt_status lgt_mmce_bf16(const lgt_bf16 *x, const void *labels, uint32_t label_type,
                                 const float *weights, lgt_mmce_report *report, size_t n,
                                 void *scratch, size_t scratch_size);

/* ---- smooth_ece ---- */

/** The result of `lgt_smooth_ece`. */
typedef struct lgt_smooth_ece_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those without a probability; all below is then NaN. */
  uint64_t nan_rows;
  /** The sum of weights of the others. */
  double weight;
  /** Smooth calibration error. */
  double ece;
  /**
   * The bandwidth at which that is so: `ece` itself, or 1/1024 if `ece` is
   * less.
   */
  double bandwidth;
} lgt_smooth_ece_report;

/**
 * Writes how many bytes of scratch `lgt_smooth_ece` needs: for any
 * number of probabilities less than 256 KiB.
 *
 * # Shape
 * `n`: number of probabilities. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_smooth_ece_scratch(size_t _n, size_t *bytes);

/**
 * Smooth calibration error: the residuals p - y smoothed along p by a Gaussian of
 * bandwidth `s`, reflected at 0 and 1, integrated in magnitude; at the one `s`
 * that is equal to the result.
 *
 * It needs no bins and changes smoothly with the probabilities. `s` is found by
 * bisection down to 1/1024; where the error is less even there, it is the result
 * with `bandwidth` 1/1024. relplot's `smECE` is the same measure on a coarser
 * grid, with `s` in steps of 1/1024, and differs by up to 0.003.
 *
 * A NaN, or what is not in 0 .. 1.01, is counted in `nan_rows` and makes the
 * result NaN. A batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `x`: `n` probabilities: P(y = 1), or confidences as `lgt_top_label` gives them.
 * `labels`: `n` times 0 or 1: y, or whether the prediction was right; of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from
 * 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row
 * out. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
 * what `lgt_smooth_ece_scratch` says, apart from the other arrays; what is there before
 * does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (nothing, or a NaN, was there).
 *
 * # Accuracy
 * At most 1e-6 where the result is at least 0.01, growing to 2e-5 at 1/1024. The
 * order of rows may change the last bits.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * J. Blasiok and P. Nakkiran, "Smooth ECE: Principled Reliability Diagrams via
 * Kernel Smoothing" (2023), definition 6 and section 3.
 *
 * # Example
 * ```c
 * float p[2] = {1, 1};
 * uint8_t y[2] = {0, 1};
 * static uint64_t scratch[1 << 15];
 * lgt_smooth_ece_report report;
 * assert(lgt_smooth_ece_f32(p, y, LGT_U8, NULL, &report, 2, scratch, sizeof scratch) == LGT_OK);
 * assert(report.ece > 0.4999 && report.ece < 0.5001 && report.bandwidth == report.ece);
 * ```
 */
LGT_API lgt_status lgt_smooth_ece_f32(const float *x, const void *labels, uint32_t label_type,
                                      const float *weights, lgt_smooth_ece_report *report, size_t n,
                                      void *scratch, size_t scratch_size);

/** `double` form of `lgt_smooth_ece_f32`. */
LGT_API lgt_status lgt_smooth_ece_f64(const double *x, const void *labels, uint32_t label_type,
                                      const double *weights, lgt_smooth_ece_report *report,
                                      size_t n, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_smooth_ece_f32`; computed in f32. */
LGT_API lgt_status lgt_smooth_ece_f16(const lgt_f16 *x, const void *labels, uint32_t label_type,
                                      const float *weights, lgt_smooth_ece_report *report, size_t n,
                                      void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_smooth_ece_f32`; computed in f32. */
LGT_API lgt_status lgt_smooth_ece_bf16(const lgt_bf16 *x, const void *labels, uint32_t label_type,
                                       const float *weights, lgt_smooth_ece_report *report,
                                       size_t n, void *scratch, size_t scratch_size);

/* ---- top_label ---- */

/**
 * Each row's largest probability and its class: what makes one question of yes
 * and no (was the predicted class right?) out of many classes, for the functions
 * that take confidences and hits.
 *
 * Of equal values the one of the lowest index is taken. A row with a NaN, or
 * without columns, has a NaN and `UINT32_MAX`.
 *
 * # Shape
 * `x`: probabilities or any other scores, rows x cols, row-major, stride in
 * elements, at least cols. `confidence`: one number a row (float for f16 and
 * bf16), or NULL. `predicted`: one number a row, or NULL. Neither overlaps `x`
 * or the other.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * Exact.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * C. Guo et al., "On Calibration of Modern Neural Networks" (2017), section 2.
 *
 * # Example
 * ```c
 * float p[2][3] = {{0.25f, 0.5f, 0.25f}, {0.5f, 0, 0.5f}}, confidence[2];
 * uint32_t predicted[2];
 * assert(lgt_top_label_f32(&p[0][0], 3, confidence, predicted, 2, 3) == LGT_OK);
 * assert(predicted[0] == 1 && predicted[1] == 0 && confidence[1] == 0.5f);
 * ```
 */
LGT_API lgt_status lgt_top_label_f32(const float *x, size_t x_stride, float *confidence,
                                     uint32_t *predicted, size_t rows, size_t cols);

/** `double` form of `lgt_top_label_f32`. */
LGT_API lgt_status lgt_top_label_f64(const double *x, size_t x_stride, double *confidence,
                                     uint32_t *predicted, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_top_label_f32`; computed in f32. */
LGT_API lgt_status lgt_top_label_f16(const lgt_f16 *x, size_t x_stride, float *confidence,
                                     uint32_t *predicted, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_top_label_f32`; computed in f32. */
LGT_API lgt_status lgt_top_label_bf16(const lgt_bf16 *x, size_t x_stride, float *confidence,
                                      uint32_t *predicted, size_t rows, size_t cols);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGITUDE_H */
