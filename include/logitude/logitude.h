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
 * No level of its own but a wish for one: that of this processor family whose results
 * are the same, bit for bit, on all families that have one. AVX2 on x86-64, also where
 * there is AVX-512; NEON on 64-bit Arm.
 */
#define LGT_LEVEL_REPRODUCIBLE 100

/**
 * The level in use, an `LGT_LEVEL_` number. The first call of any function
 * finds the best level that the processor and the operating system support,
 * or takes the one that the environment variable `LOGITUDE_LEVEL` names
 * (`portable`, `avx2`, `avx512`, `neon`, `simd128`, or `reproducible` for what
 * `LGT_LEVEL_REPRODUCIBLE` means here) if the machine supports that.
 * Thread safety: any thread, any time.
 */
LGT_API uint32_t lgt_cpu_level(void);

/**
 * Uses exactly this level from now on, for the whole process: for tests, for
 * comparing machines, for finding faults. Going up again to what the machine
 * supports is allowed.
 *
 * `LGT_LEVEL_REPRODUCIBLE` uses the level whose arithmetic does not depend on the
 * processor family: AVX2 or NEON, which `lgt_cpu_level` then returns. All results are
 * then the same bits on both, but for the sign and the payload of a NaN. WebAssembly,
 * processors without a fused multiply-add, and families that run plain code have none.
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

/** Numbers are `float`. */
#define LGT_F32 9

/** Numbers are `double`. */
#define LGT_F64 10

/** Numbers are `lgt_f16`. */
#define LGT_F16 11

/** Numbers are `lgt_bf16`. */
#define LGT_BF16 12

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
 * `labels` is NULL and `rows` is not 0; `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_labels_check(const void *labels, uint32_t label_type, size_t rows,
                                    size_t cols, size_t *bad_row);

/* ---- softmax_mask ---- */

/** Row r sees columns up to r + `causal_offset`. */
#define LGT_MASK_CAUSAL 1

/**
 * `sink` stands beside the scores of every row. With the default of 0 that is the
 * softmax "off by one", which divides by 1 more than the sum.
 */
#define LGT_MASK_SINK 2

/** Scores are negated first: softmin. */
#define LGT_MASK_NEGATE 4

/**
 * What is done to scores before `lgt_softmax`, `lgt_log_softmax` and
 * `lgt_logsumexp` take them: `mask` of `lgt_softmax_opts`. Fill with
 * `lgt_softmax_mask_default`, then change what is to be different; all together may be.
 *
 * Entry c of row r has the score `z = cap(scale * scales[r] * x) + bias[r][c] +
 * slope * (c - r - causal_offset)`, with `cap(u) = soft_cap * tanh(u / soft_cap)`. An
 * entry that the mask or `LGT_MASK_CAUSAL` leaves out has none, whatever x is there: its
 * share is 0. So is that of an entry with a bias of -inf, but there NaN and +inf in x
 * make the row NaN. A row of which nothing is left is an empty row, unless it has a sink:
 * that then has all of the mass, and the logarithm of the sum is the sink.
 *
 * Rows that stand side by side, such as the heads of a batch, may share masks: a stride
 * of 0 is one row for all, and with `period` rows r, r + period, r + 2 period .. of x
 * have the bias, the mask, the causal place and the slope of row r.
 *
 * A scale, also one a row, and `LGT_MASK_CAUSAL` alone cost and lose nothing: rows are
 * then as accurate as without a mask, and what a row does not see is not read. Else scores
 * are first rounded to the type that is computed in. That adds at most 4.8e-7 (f64:
 * 9.6e-16) times the largest sum of what a score of the row, or its sink, is the sum of, in
 * magnitude and eightfold where it is capped, to the relative error of shares and to the
 * absolute one of logarithms. The algorithm of the options is `LGT_SOFTMAX_AUTO`, whatever
 * they say, and rows are shared out to an executor, but no parts of rows.
 *
 * With a cap, -inf in x is a score of -`soft_cap`. Where the row is a number, so is
 * the share of its sink; of an empty row it is NaN, or 0 with `LGT_SOFTMAX_EMPTY_ZERO`.
 */
typedef struct lgt_softmax_mask {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_MASK_` flags; default 0. */
  uint32_t flags;
  /**
   * What the bias is: `LGT_F32`, `LGT_F64`, `LGT_F16`, `LGT_BF16`, or 0, the default,
   * for the type of x.
   */
  uint32_t bias_type;
  /** What `columns` are: `LGT_I8` to `LGT_U64`. Default `LGT_I64`. */
  uint32_t columns_type;
  /**
   * With `LGT_MASK_CAUSAL`, row r sees columns up to r + this; columns - rows where
   * rows are the last of a sequence. Default 0; may be negative.
   */
  int64_t causal_offset;
  /**
   * Added for every column after r + `causal_offset`, and subtracted for every one
   * before (ALiBi: linear biases of attention). Finite; default 0.
   */
  double slope;
  /**
   * Scaled scores are brought smoothly between this and its negative. From 1e-30 to
   * 1e30, or 0 for no bounds, the default.
   */
  double soft_cap;
  /**
   * With `LGT_MASK_SINK`, the score beside those of every row. Not NaN; -inf is none,
   * +inf has all of the mass. Default 0.
   */
  double sink;
  /**
   * One factor a row, from 1e-30 to 1e30, as is its product with the scale of
   * the options; or NULL.
   */
  const double *scales;
  /** Rows that are added, or NULL. */
  const void *bias;
  /** From row to row of them, in elements; 0 for one row for all. Default 0. */
  size_t bias_stride;
  /** Rows of bytes: an entry is kept where they are not 0, as in PyTorch. Or NULL. */
  const uint8_t *kept;
  /** From row to row of them; 0 for one row for all. Default 0. */
  size_t kept_stride;
  /** One sink a row, or NULL; then without `LGT_MASK_SINK`. */
  const double *sinks;
  /** Where each row's share of its sink goes, or NULL; nothing of x, y or lse. */
  double *sink_share;
  /**
   * Columns of x that stand in the row, in this order; NULL for all. Everything else
   * then counts places among them: y, bias and mask have `count` columns, and y is
   * apart from x.
   */
  const void *columns;
  /** How many they are. */
  size_t count;
  /**
   * Rows of bias and mask, and of the places of causal masks and slopes, after which
   * they start again; 0, the default, for as many as x has.
   */
  size_t period;
} lgt_softmax_mask;

/**
 * Writes the default mask, which changes nothing. Does nothing for NULL. Thread safety:
 * any thread, any time.
 */
LGT_API void lgt_softmax_mask_default(lgt_softmax_mask *mask);

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
  /** What is done to scores first, or NULL. Not of `lgt_extsum`. */
  const lgt_softmax_mask *mask;
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
 * With `mask` of the options, a row is that of the scores that `lgt_softmax_mask`
 * makes: scaled row by row, masked, causal, biased, capped, beside a sink, of some
 * columns, or negated.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols; `y` has
 * as many columns as the mask picks, if it does. `lse`:
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
 * be missing). With a mask, `LGT_E_LABEL` (a column that `x` does not have) and
 * `LGT_E_VALUE` (a number that is none) too. Advisory: `LGT_EMPTY_ROW`.
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
 * Two-Pass Softmax Algorithm" (2020), section 4. Of masks, slopes: O. Press, N. A.
 * Smith and M. Lewis, "Train Short, Test Long" (2022); sinks: X. Gu et al., "When
 * Attention Sink Emerges in Language Models" (2024).
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

/** The state is an `lgt_evaluate_rows`. */
#define LGT_STATE_EVALUATE_ROWS 18

/** The state is an `lgt_confusion`. */
#define LGT_STATE_CONFUSION 13

/** The state is an `lgt_class_counts`. */
#define LGT_STATE_CLASS_COUNTS 14

/** The state is an `lgt_log_loss`. */
#define LGT_STATE_LOG_LOSS 10

/** The state is an `lgt_spherical`. */
#define LGT_STATE_SPHERICAL 11

/** The state is an `lgt_rps`. */
#define LGT_STATE_RPS 12

/** The state is an `lgt_binary`. */
#define LGT_STATE_BINARY 17

/** The state is an `lgt_ece_binary`. */
#define LGT_STATE_ECE_BINARY 8

/** The state is an `lgt_ece_classwise`. */
#define LGT_STATE_ECE_CLASSWISE 9

/** The state is an `lgt_bootstrap`. */
#define LGT_STATE_BOOTSTRAP 16

/** The state is an `lgt_multilabel`. */
#define LGT_STATE_MULTILABEL 15

/** The state is an `lgt_agreement`. */
#define LGT_STATE_AGREEMENT 27

/** The state is an `lgt_ranking`. */
#define LGT_STATE_RANKING 23

/** The state is an `lgt_xmc`. */
#define LGT_STATE_XMC 24

/** The state is an `lgt_matching`. */
#define LGT_STATE_MATCHING 25

/** The state is an `lgt_label_ranking`. */
#define LGT_STATE_LABEL_RANKING 26

/** The state is an `lgt_binned_auroc`. */
#define LGT_STATE_BINNED_AUROC 21

/** The state is an `lgt_streaming_auroc`. */
#define LGT_STATE_STREAMING_AUROC 22

/** The state is an `lgt_pearson`. */
#define LGT_STATE_PEARSON 19

/** The state is an `lgt_regression`. */
#define LGT_STATE_REGRESSION 20

/** The state is an `lgt_ca_loss`. */
#define LGT_STATE_CA_LOSS 51

/** The state is an `lgt_matrix_loss`. */
#define LGT_STATE_MATRIX_LOSS 29

/** The state is an `lgt_logistic_loss`. */
#define LGT_STATE_LOGISTIC_LOSS 30

/** The state is an `lgt_temperature_loss`. */
#define LGT_STATE_TEMPERATURE_LOSS 28

/** The state is an `lgt_coverage`. */
#define LGT_STATE_COVERAGE 49

/** The first 16 bytes of every state and model. */
typedef struct lgt_state_head {
  /** "LGT1" in the byte order of the machine that made it. */
  uint32_t magic;
  /** An `LGT_STATE_` or `LGT_MODEL_` number. */
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
 * kinds or parameters differ; `LGT_E_ALIAS` if they are one state; `LGT_E_SIZE` if it
 * has no room left, which only `lgt_streaming_auroc` can say. The state is then as it
 * was.
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

/* ---- model ---- */

/** The model is an `lgt_temperature`. */
#define LGT_MODEL_TEMPERATURE 5

/** The model is an `lgt_ensemble_temperature`. */
#define LGT_MODEL_ENSEMBLE_TEMPERATURE 34

/** The model is an `lgt_prior_shift`. */
#define LGT_MODEL_PRIOR_SHIFT 35

/** The model is an `lgt_vector_scaling`. */
#define LGT_MODEL_VECTOR_SCALING 36

/** The model is an `lgt_matrix_scaling`. */
#define LGT_MODEL_MATRIX_SCALING 37

/** The model is an `lgt_dirichlet`. */
#define LGT_MODEL_DIRICHLET 38

/** The model is an `lgt_platt`. */
#define LGT_MODEL_PLATT 39

/** The model is an `lgt_beta`. */
#define LGT_MODEL_BETA 40

/** The model is an `lgt_isotonic`. */
#define LGT_MODEL_ISOTONIC 41

/** The model is an `lgt_histogram_binning`. */
#define LGT_MODEL_HISTOGRAM_BINNING 42

/** The model is an `lgt_bbq`. */
#define LGT_MODEL_BBQ 43

/** The model is an `lgt_scaling_binning`. */
#define LGT_MODEL_SCALING_BINNING 44

/** The model is an `lgt_spline`. */
#define LGT_MODEL_SPLINE 45

/** The model is an `lgt_venn_abers`. */
#define LGT_MODEL_VENN_ABERS 46

/** The model is an `lgt_one_vs_rest`. */
#define LGT_MODEL_ONE_VS_REST 47

/** The model is an `lgt_top_label_calibration`. */
#define LGT_MODEL_TOP_LABEL_CALIBRATION 48

/** The model is an `lgt_conformal`. */
#define LGT_MODEL_CONFORMAL 50

/** The first 40 bytes of every model; parameters, double each, follow. */
typedef struct lgt_model_head {
  /** What these bytes are: an `LGT_MODEL_` kind, and how many. */
  lgt_state_head head;
  /** How the fit ended, an `lgt_status`. */
  int32_t fit_status;
  /** Passes over the data. */
  uint32_t iterations;
  /** Mean negative log-likelihood before; NaN where there is none to speak of. */
  double nll_before;
  /** The same of the fitted model. */
  double nll_after;
} lgt_model_head;

/**
 * Says whether `size` bytes are a fitted model that this library can use: right
 * magic, byte order, kind, version and length, and parameters that a fit may have
 * found. Any bytes may be asked about. What passes may be given to the `apply` of
 * its family.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`.
 *
 * Thread safety: any thread, as long as no other changes the model.
 */
LGT_API lgt_status lgt_model_check(const void *model, size_t size);

/**
 * Writes what a model is a model of, an `LGT_MODEL_` number, how many bytes it takes
 * up, and how many parameters, of type `double`, follow its head.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned. `kind`, `bytes`, `parameters`: one number
 * each, or NULL.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`.
 *
 * Thread safety: any thread, as long as no other changes the model.
 */
LGT_API lgt_status lgt_model_size(const void *model, size_t size, uint32_t *kind, size_t *bytes,
                                  size_t *parameters);

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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
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
 * whose score is not finite makes the mean NaN (`nan_rows`).
 *
 * With two classes this is twice the binary Brier score `(p_1 - y)^2`, which is
 * `brier` of `lgt_binary`. scikit-learn's `brier_score_loss` halves it for two
 * classes and for no other number (`scale_by_half="auto"`); with
 * `scale_by_half=False` it is this score always.
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
 * A row's score: at most 5e-7 relative from f32 (f64: 1e-15), or of 1e-37
 * (f64: 1e-300) where it is less than that. Sums over rows are exact and rounded
 * once.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
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
   * Done when 1 / T is estimated to be off by no more than this share; from 0
   * to 1, default 1e-8.
   */
  double tol;
  /** The least temperature, from 1e-6 to 1; default 0.01. */
  double t_min;
  /** The largest temperature, from 1 to 1e6; default 100. */
  double t_max;
  /**
   * The temperature to start from, from `t_min` to `t_max`; default 0: the
   * best for a sample of the rows where there are many, else 1. Only from the
   * same start does a fit on shards give the bits of the fit on the whole.
   */
  double start;
} lgt_temperature_opts;

/** A fitted temperature. Plain bytes: store it anywhere. */
typedef struct lgt_temperature_model {
  /** What these bytes are. */
  lgt_state_head head;
  /** How the fit ended, an `lgt_status`. */
  int32_t fit_status;
  /** Passes over the data. */
  uint32_t iterations;
  /** Mean negative log-likelihood at temperature 1; NaN if there were no rows. */
  double nll_before;
  /** The same at the temperature found. */
  double nll_after;
  /** The temperature, above 0. */
  double temperature;
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
 * Steps of fourth order on `1 / T` inside a bracket, with all derivatives from one
 * pass over the data; it always stops. Of many rows samples come first, chosen by what
 * is in the rows, so that often one pass over all is enough. It is
 * `lgt_temperature_search_init` and what follows it, done for rows that are all here. `fit_status` in the model, and the
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
 * the minimum is not flat; `nll_after` within as much. The same rows give the same bits
 * in any order.
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

/* ---- matrix_search ---- */

/**
 * Options of the fits of linear maps. Fill with `lgt_matrix_search_opts_default`, then
 * change what is to be different. What costs 0 is no penalty.
 */
typedef struct lgt_matrix_search_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** Passes over the data at most, at least 1; default 1000. */
  uint32_t max_iter;
  /**
   * Done when a step is expected to lower the mean loss by no more than this, or than
   * can be told from rounding: from 0 to 1, default 1e-20.
   */
  double tol;
  /** The largest magnitude of a parameter, from 1 to 1e6; default 1000. */
  double bound;
  /**
   * The cost of squared differences from 1 of scales that go from a class to itself,
   * at least 0, at most 1e9; default 0.
   */
  double diagonal;
  /** The cost of squares of scales that go from one class to another, likewise. */
  double off_diagonal;
  /** The cost of squares of biases, likewise. */
  double bias;
} lgt_matrix_search_opts;

/** Writes the default options. Does nothing for NULL. Thread safety: any thread, any time. */
LGT_API void lgt_matrix_search_opts_default(lgt_matrix_search_opts *opts);

/**
 * Writes how many bytes a search needs: 464, and 280 a parameter.
 *
 * # Shape
 * As `lgt_matrix_loss_size`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (form, classes, `eps`, or more than 4 GiB).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_matrix_search_size(uint32_t form, size_t classes, double eps, size_t *bytes);

/**
 * Starts the search for the linear map of least loss, for fits whose rows are split among
 * workers. Each round, `lgt_matrix_search_point` says where to look; every worker sets a
 * `lgt_matrix_loss` of the same form, classes and `eps` there and updates it with rows of
 * its own; the states are merged, and `lgt_matrix_search_step` takes them. When that says
 * so, `lgt_matrix_search_model` writes the model: the same as by the `fit` of its family,
 * but for the rounding of sums. A search is plain bytes: it may be stored and sent.
 *
 * # Shape
 * `search`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_matrix_search_size` says. `opts`: NULL for the defaults. The rest as
 * `lgt_matrix_loss_init`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`, `LGT_E_VALUE`.
 *
 * Thread safety: any thread, one at a time for one search.
 */
LGT_API lgt_status lgt_matrix_search_init(void *search, size_t size, uint32_t form, size_t classes,
                                          double eps, const lgt_matrix_search_opts *opts);

/**
 * Writes the point at which the search wants the loss next; when it is done, the best.
 *
 * # Shape
 * `point`: `count` numbers, one a parameter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SHAPE` (count).
 *
 * Thread safety: any thread, as long as no other changes the search.
 */
LGT_API lgt_status lgt_matrix_search_point(const void *search, double *point, size_t count);

/**
 * Takes the loss at the point that the search wanted, of all rows.
 *
 * # Shape
 * `loss`: a state of `lgt_matrix_loss`. `done`: one number, which becomes 1 if the search
 * has ended, else 0.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (form, classes, `eps` or point),
 * `LGT_E_VALUE` (rows were left out because of their numbers). The search is then as it
 * was.
 *
 * Thread safety: any thread, one at a time for one search.
 */
LGT_API lgt_status lgt_matrix_search_step(void *search, const void *loss, uint32_t *done);

/**
 * Writes the model of the best point, of `lgt_prior_shift`, `lgt_vector_scaling`,
 * `lgt_matrix_scaling` or, with `eps`, `lgt_dirichlet`. Returns how the search has ended;
 * before that, `LGT_NOT_CONVERGED`.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what the family's `size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. Advisory: `LGT_AT_BOUND`,
 * `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
 *
 * Thread safety: any thread, as long as no other changes the search.
 */
LGT_API lgt_status lgt_matrix_search_model(const void *search, void *model, size_t size);

/* ---- matrix_loss ---- */

/** Maps `z + b`. Parameters: biases. */
#define LGT_MATRIX_FORM_BIAS 0

/** Maps `a z + b`, each class by itself. Parameters: scales, then biases. */
#define LGT_MATRIX_FORM_VECTOR 1

/** Maps `W z + b`. Parameters: the matrix row by row, then biases. */
#define LGT_MATRIX_FORM_MATRIX 2

/** The result of `lgt_matrix_loss_finish`. */
typedef struct lgt_matrix_loss_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those left out: a number that is not finite, or no probability. */
  uint64_t rejected_rows;
  /** The sum of the weights of the others. */
  double weight;
  /** Their weighted mean loss; NaN if there are none. */
  double loss;
} lgt_matrix_loss_report;

/**
 * Writes how many bytes a state of `lgt_matrix_loss` needs: 72, 24 a parameter and 8 a
 * class.
 *
 * # Shape
 * `form`: an `LGT_MATRIX_FORM_` number. `classes`: how many, at least 1. `eps`: 0 for
 * logits; with a matrix, from 1e-300 to 0.5 for probabilities, of whose logarithms the
 * map is, or of that of `eps` where they are less. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (form, classes, or `eps`).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_matrix_loss_size(uint32_t form, size_t classes, double eps, size_t *bytes);

/**
 * Starts a state of the loss of a linear map. Its point is all zero until
 * `lgt_matrix_loss_set`, and again after `lgt_state_reset`.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_matrix_loss_size` says. The rest as there.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE`.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_matrix_loss_init(void *state, size_t size, uint32_t form, size_t classes,
                                        double eps);

/**
 * Writes how many bytes of scratch `lgt_matrix_loss_update` needs.
 *
 * # Shape
 * `form`: an `LGT_MATRIX_FORM_` number. `classes`: how many. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (form), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_matrix_loss_scratch(uint32_t form, size_t classes, size_t *bytes);

/**
 * Sets the point at which the loss is looked at, and forgets all rows.
 *
 * # Shape
 * `point`: `count` numbers, one a parameter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (count), `LGT_E_VALUE` (a number that is
 * not finite). The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_matrix_loss_set(void *state, const double *point, size_t count);

/**
 * Adds rows at the state's point: of each, the loss of `softmax(A z + b)`, its gradient and the
 * curvature of each parameter by itself. A mergeable state: workers set the same point, see
 * rows of their own, and are merged.
 *
 * # Shape
 * `x`: logits (probabilities if the state has `eps`), rows x cols, row-major, stride in
 * elements, at least cols, which are the state's classes. `labels`: one class a row, of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `scratch`:
 * `scratch_size` bytes, 8-byte aligned, at least what `lgt_matrix_loss_scratch` says, apart
 * from the other arrays.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`,
 * `LGT_E_LABEL`, `LGT_E_VALUE` (weights), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The state is then
 * as it was. A row with a number that is not finite (or no probability) is left out and
 * counted.
 *
 * # Accuracy
 * A row's probabilities within 1e-6, relative, for f32 (f64: 1e-14); maps by matrix are
 * computed in double. Sums are rounded, so the order of rows may change the last digits.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its own and
 * merge them.
 *
 * # Source
 * The derivatives of the cross entropy: T. Hastie et al., "The Elements of Statistical
 * Learning" (2009), section 4.4.1.
 *
 * # Example
 * ```c
 * float x[2][2] = {{0, 0}, {0, 0}};
 * int32_t y[2] = {0, 1};
 * double identity[4] = {1, 1, 0, 0}, gradient[4];
 * uint64_t state[32], scratch[256];
 * lgt_matrix_loss_report report;
 * assert(lgt_matrix_loss_init(state, sizeof state, LGT_MATRIX_FORM_VECTOR, 2, 0) == LGT_OK);
 * assert(lgt_matrix_loss_set(state, identity, 4) == LGT_OK);
 * assert(lgt_matrix_loss_update_f32(state, &x[0][0], 2, y, LGT_I32, NULL, 2, 2, scratch, sizeof scratch) == LGT_OK);
 * assert(lgt_matrix_loss_finish(state, &report) == LGT_OK);
 * assert(report.loss > 0.693147 && report.loss < 0.693148);
 * assert(lgt_matrix_loss_get(state, gradient, NULL, 4) == LGT_OK && gradient[2] == 0);
 * ```
 */
LGT_API lgt_status lgt_matrix_loss_update_f32(void *state, const float *x, size_t x_stride,
                                              const void *labels, uint32_t label_type,
                                              const float *weights, size_t rows, size_t cols,
                                              void *scratch, size_t scratch_size);

/** `double` form of `lgt_matrix_loss_update_f32`. */
LGT_API lgt_status lgt_matrix_loss_update_f64(void *state, const double *x, size_t x_stride,
                                              const void *labels, uint32_t label_type,
                                              const double *weights, size_t rows, size_t cols,
                                              void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_matrix_loss_update_f32`; computed in f32. */
LGT_API lgt_status lgt_matrix_loss_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                              const void *labels, uint32_t label_type,
                                              const float *weights, size_t rows, size_t cols,
                                              void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_matrix_loss_update_f32`; computed in f32. */
LGT_API lgt_status lgt_matrix_loss_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                               const void *labels, uint32_t label_type,
                                               const float *weights, size_t rows, size_t cols,
                                               void *scratch, size_t scratch_size);

/**
 * Adds rows seen elsewhere at the same point. For bytes from elsewhere use
 * `lgt_state_merge`, which is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (form, classes, `eps` or point),
 * `LGT_E_ALIAS` (the same state twice). The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_matrix_loss_merge(void *state, const void *other);

/**
 * Writes the mean loss, without penalties. The state is left as it is.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (no rows).
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_matrix_loss_finish(const void *state, lgt_matrix_loss_report *report);

/**
 * Writes the mean gradient and curvature; NaN if there are no rows.
 *
 * # Shape
 * `gradient`, `curvature`: `count` numbers each, one a parameter, or NULL.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SHAPE` (count).
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_matrix_loss_get(const void *state, double *gradient, double *curvature,
                                       size_t count);

/* ---- logistic_search ---- */

/** `lgt_platt` with smoothed targets. */
#define LGT_LOGISTIC_PLATT 0

/** `lgt_platt` with plain targets. */
#define LGT_LOGISTIC_PLATT_PLAIN 1

/** `lgt_beta`, variant abm. */
#define LGT_LOGISTIC_BETA_ABM 2

/** `lgt_beta`, variant am. */
#define LGT_LOGISTIC_BETA_AM 3

/** `lgt_beta`, variant ab. */
#define LGT_LOGISTIC_BETA_AB 4

/**
 * Options of `lgt_logistic_search_init`. Fill with `lgt_logistic_search_opts_default`, then
 * change what is to be different.
 */
typedef struct lgt_logistic_search_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** What is fitted: `LGT_LOGISTIC_PLATT` (the default) or another of those. */
  uint32_t form;
  /** Passes over the data at most, at least 3; default 100. */
  uint32_t max_iter;
  /** Must be 0. */
  uint32_t reserved;
  /** Of beta calibration, as in `lgt_beta_opts`; default 2^-52. */
  double eps;
  /** As in `lgt_platt_opts`; default 1e-6. */
  double tol;
} lgt_logistic_search_opts;

/** Where a fit stands. Plain bytes: store or send it; only its functions change it. */
typedef struct lgt_logistic_search {
  /** What these bytes are. */
  lgt_state_head head;
  /** How the fit ended, an `lgt_status`; `LGT_NOT_CONVERGED` until then. */
  int32_t fit_status;
  /** Passes over the data so far. */
  uint32_t iterations;
  /** 1 when there is nothing more to ask. */
  uint32_t done;
  /** What is asked for: 0 ranges and weights, 1 the neutral model, 2 the start, 3 a step. */
  uint32_t phase;
  /** Passes over the data at most. */
  uint32_t max_iter;
  /** 1 if the start is the answer, since the data determine no other. */
  uint32_t degenerate;
  /** As in the options. */
  double tol;
  /** As in the options. */
  double eps;
  /** Mean loss of the neutral model; NaN before it was seen. */
  double nll_before;
  /** Mean loss of the best model met. */
  double nll_after;
  /** `a` of the best model met. */
  double a;
  /** Its `b`; 0 of Platt's. */
  double b;
  /** Its `c`; of Platt's the `b`. */
  double c;
  /** The sum of weights of class 0. */
  double weight_0;
  /** That of class 1. */
  double weight_1;
  /** Platt's scores are moved by this .. */
  double shift;
  /** .. and then divided by this power of two. */
  double scale;
  /** `a` to start from, or NaN. */
  double start_a;
  /** Its `b`. */
  double start_b;
  /** Its `c`. */
  double start_c;
  /** The largest slope, of moved and divided scores. */
  double most;
  /** The free parameters that are asked for. */
  double point_1;
  /** The second. */
  double point_2;
  /** The third. */
  double point_3;
  /** Those of the last step that helped. */
  double base_1;
  /** The second. */
  double base_2;
  /** The third. */
  double base_3;
  /** The loss there, NaN before there is one. */
  double base_loss;
  /** The step from there. */
  double step_1;
  /** The second. */
  double step_2;
  /** The third. */
  double step_3;
  /** What the loss would change by, were it quadratic. */
  double change;
} lgt_logistic_search;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_logistic_search_opts_default(lgt_logistic_search_opts *opts);

/**
 * Starts a fit over data that is in several places, or does not fit into memory.
 *
 * While `done` is 0: make a state for the question (`lgt_logistic_loss_init`) wherever there
 * is data, update each with all rows there, merge them, and give the result to
 * `lgt_logistic_search_step`. The fits of one array are a loop over the same functions.
 *
 * # Shape
 * `search`: one struct. `opts`: NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE`. The search is then as it was.
 *
 * Thread safety: any thread, one at a time for one search.
 */
LGT_API lgt_status lgt_logistic_search_init(lgt_logistic_search *search,
                                            const lgt_logistic_search_opts *opts);

/**
 * Takes the answer of all data to what was asked, and decides on the next question, or
 * sets `done`.
 *
 * # Shape
 * `search`: one struct. `loss`: an `lgt_logistic_loss` made for this search as it is.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (the answer to another question). The search
 * is then as it was.
 *
 * Thread safety: any thread, one at a time for one search.
 */
LGT_API lgt_status lgt_logistic_search_step(lgt_logistic_search *search, const void *loss);

/**
 * Writes the best model met so far, an `lgt_platt_model` or an `lgt_beta_model`. Returns how
 * the fit ended; `LGT_NOT_CONVERGED` before that.
 *
 * # Shape
 * `search`: one struct. `model`: `size` bytes, 8-byte aligned, at least those of the model.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE`. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
 * `LGT_NOT_CONVERGED`.
 *
 * Thread safety: any thread, as long as no other changes the search.
 */
LGT_API lgt_status lgt_logistic_search_model(const lgt_logistic_search *search, void *model,
                                             size_t size);

/* ---- reduction ---- */

/**
 * Options of `lgt_one_vs_rest` and `lgt_top_label_calibration`. Fill with
 * `lgt_reduction_opts_default`, then change what is to be different.
 */
typedef struct lgt_reduction_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /**
   * The calibrator of two classes, by the kind of its models: `LGT_MODEL_ISOTONIC`,
   * which is the default, `LGT_MODEL_PLATT`, `_BETA`, `_HISTOGRAM_BINNING`, `_BBQ`,
   * `_SCALING_BINNING`, `_SPLINE` or `_VENN_ABERS`.
   */
  uint32_t method;
  /**
   * Of `lgt_top_label_calibration`, how many rows with some predicted class make a
   * calibrator of its own, at least 1; default 50.
   */
  uint32_t min_rows;
  /** Must be 0. */
  uint32_t reserved;
  /** The options of that calibrator's own fit, or NULL for its defaults. */
  const void *method_opts;
} lgt_reduction_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any thread, any
 * time.
 */
LGT_API void lgt_reduction_opts_default(lgt_reduction_opts *opts);

/* ---- roc_curve ---- */

/** The result of a function that writes a curve. */
typedef struct lgt_roc_curve_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those of them whose score is NaN; they are in no other number. */
  uint64_t nan_rows;
  /** Rows of label 1. */
  uint64_t positives;
  /** Rows of label 0. */
  uint64_t negatives;
  /** The sum of weights of label 1. */
  double positive_weight;
  /** The sum of weights of label 0. */
  double negative_weight;
  /** Points of the curve. */
  uint64_t points;
} lgt_roc_curve_report;

/**
 * Writes how many bytes of scratch `lgt_roc_curve` needs: without weights 4 a score, of
 * f64 8; with weights 8.
 *
 * # Shape
 * `n`: number of scores, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of one, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_roc_curve_scratch(size_t n, size_t score_size, uint32_t weighted,
                                         size_t *bytes);

/**
 * The ROC curve: for every threshold the share of label 0, and that of label 1, whose
 * scores are at least that.
 *
 * A point is written for every score and one for a threshold of infinity, above which
 * nothing lies; the highest threshold comes first (scikit-learn's
 * `roc_curve`). With `corners` 1, points are left out to which the same number of rows of
 * either label leads as away from them: those between them on a straight line
 * (`drop_intermediate`).
 *
 * A curve has at most `n + 1` points. With a smaller `capacity` than it has, nothing is
 * written but the report, whose `points` says how many there are, and the status is
 * `LGT_E_SIZE`. Of one class the rate of the other is NaN, and the status
 * `LGT_UNDEFINED`; so it is, without a point, of nothing and if a score is NaN.
 * A batch function over arrays and scratch of the caller. The order of rows does not change
 * a bit.
 *
 * # Shape
 * `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
 * the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 * `fpr`, `tpr`, `thresholds`: `capacity` numbers each, apart from each other and
 * from all else; thresholds are of the type of scores. `report`: one struct. `corners`: 0
 * or 1.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_roc_curve_scratch` says,
 * apart from the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (`capacity` as well), `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * `corners`), `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (a rate is).
 *
 * # Accuracy
 * Rates without weights are quotients of whole numbers, rounded once; with weights they
 * lose at most 2e-15.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * T. Fawcett, "An introduction to ROC analysis" (2006), algorithm 1.
 *
 * # Example
 * ```c
 * float x[4] = {0.1f, 0.4f, 0.35f, 0.8f}, thresholds[5];
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t scratch[2];
 * double fpr[5], tpr[5];
 * lgt_roc_curve_report report;
 * assert(lgt_roc_curve_f32(x, y, LGT_U8, NULL, fpr, tpr, thresholds, &report, 4, 5, 0, scratch,
 *                          sizeof scratch) == LGT_OK);
 * assert(report.points == 5 && thresholds[0] > 1e38f && fpr[0] == 0 && tpr[0] == 0);
 * assert(thresholds[2] == 0.4f && fpr[2] == 0.5 && tpr[2] == 0.5);
 * ```
 */
LGT_API lgt_status lgt_roc_curve_f32(const float *x, const void *labels, uint32_t label_type,
                                     const float *weights, double *fpr, double *tpr,
                                     float *thresholds, lgt_roc_curve_report *report, size_t n,
                                     size_t capacity, uint32_t corners, void *scratch,
                                     size_t scratch_size);

/** `double` form of `lgt_roc_curve_f32`. */
LGT_API lgt_status lgt_roc_curve_f64(const double *x, const void *labels, uint32_t label_type,
                                     const double *weights, double *fpr, double *tpr,
                                     double *thresholds, lgt_roc_curve_report *report, size_t n,
                                     size_t capacity, uint32_t corners, void *scratch,
                                     size_t scratch_size);

/** `lgt_f16` form of `lgt_roc_curve_f32`; computed in f32. */
LGT_API lgt_status lgt_roc_curve_f16(const lgt_f16 *x, const void *labels, uint32_t label_type,
                                     const float *weights, double *fpr, double *tpr,
                                     lgt_f16 *thresholds, lgt_roc_curve_report *report, size_t n,
                                     size_t capacity, uint32_t corners, void *scratch,
                                     size_t scratch_size);

/** `lgt_bf16` form of `lgt_roc_curve_f32`; computed in f32. */
LGT_API lgt_status lgt_roc_curve_bf16(const lgt_bf16 *x, const void *labels, uint32_t label_type,
                                      const float *weights, double *fpr, double *tpr,
                                      lgt_bf16 *thresholds, lgt_roc_curve_report *report, size_t n,
                                      size_t capacity, uint32_t corners, void *scratch,
                                      size_t scratch_size);

/* ---- loss ---- */

/**
 * Reduction of losses: their weighted sum; gradients are each row's own times its
 * weight.
 */
#define LGT_REDUCTION_SUM 0

/** Reduction of losses: their weighted mean, of which the gradients are too. */
#define LGT_REDUCTION_MEAN 1

/**
 * Options of losses. Fill with `lgt_loss_opts_default`, then change what is to be
 * different.
 */
typedef struct lgt_loss_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_REDUCTION_`; default `LGT_REDUCTION_SUM`. */
  uint32_t reduction;
  /**
   * Gradients are multiplied by this, so that small ones are not lost in types of 16
   * bits. Default 1; finite.
   */
  double grad_scale;
} lgt_loss_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_loss_opts_default(lgt_loss_opts *opts);

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

/* ---- agreement ---- */

/** The state of an `lgt_agreement` is to give standard errors. */
#define LGT_AGREEMENT_ERRORS 1

/** Krippendorff's alpha. */
#define LGT_COEFFICIENT_KRIPPENDORFF 0

/** Fleiss' kappa; of two raters Scott's pi. */
#define LGT_COEFFICIENT_FLEISS 1

/** Gwet's AC1, with weights AC2. */
#define LGT_COEFFICIENT_GWET 2

/** Brennan and Prediger's kappa, Randolph's free-marginal kappa. */
#define LGT_COEFFICIENT_BRENNAN_PREDIGER 3

/** Weights: 0 for all but the same category. */
#define LGT_WEIGHTS_IDENTITY 0

/** Weights: by the distance of values. */
#define LGT_WEIGHTS_LINEAR 1

/** Weights: by the square of the distance; Krippendorff's interval data. */
#define LGT_WEIGHTS_QUADRATIC 2

/** Weights: by the root of the distance. */
#define LGT_WEIGHTS_RADICAL 3

/** Weights: Gwet's ordinal ones, by the categories between. */
#define LGT_WEIGHTS_ORDINAL 4

/** Weights: by the square of distance over sum; Krippendorff's ratio data. */
#define LGT_WEIGHTS_RATIO 5

/** Weights: by the square of the ratings between; Krippendorff's ordinal data. */
#define LGT_WEIGHTS_RANKS 6

/** Weights: those of the options. */
#define LGT_WEIGHTS_CUSTOM 7

/**
 * How a state of `lgt_agreement` is set up. Fill with `lgt_agreement_opts_default`,
 * then change what is to be different.
 */
typedef struct lgt_agreement_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_AGREEMENT_ERRORS` or 0, the default. */
  uint32_t flags;
  /** The most ratings of an item, 1 to 1024; default 16. */
  uint32_t raters;
  /** The label that stands for no rating, above INT32_MIN; default -1. */
  int32_t missing;
} lgt_agreement_opts;

/**
 * What `lgt_agreement_finish` is asked for. Fill with
 * `lgt_agreement_finish_opts_default`, then change what is to be different.
 */
typedef struct lgt_agreement_finish_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_COEFFICIENT_`; default `LGT_COEFFICIENT_KRIPPENDORFF`. */
  uint32_t coefficient;
  /** An `LGT_WEIGHTS_`; default `LGT_WEIGHTS_IDENTITY`. */
  uint32_t weights;
  /** 0. */
  uint32_t reserved;
  /**
   * The value of each category, up to 1e150 in magnitude, for ratio not below 0; NULL,
   * the default, is 0 for category 0, 1 for category 1, and so on.
   */
  const double *values;
  /**
   * Categories x categories weights from 0 to 1, of the same category 1, for
   * `LGT_WEIGHTS_CUSTOM`. Of two entries for two categories the mean counts.
   */
  const double *custom;
  /** Of the interval, above 0 and below 1; default 0.95. */
  double confidence;
} lgt_agreement_finish_opts;

/** The result of `lgt_agreement_finish`. */
typedef struct lgt_agreement_report {
  /** Items with a rating. */
  uint64_t items;
  /** Those with more than one. */
  uint64_t paired_items;
  /** Items without. */
  uint64_t empty_items;
  /** All ratings. */
  uint64_t ratings;
  /** Categories that were named. */
  uint64_t categories;
  /** Observed agreement. */
  double observed;
  /** Raters by chance. */
  double expected;
  /** The coefficient. */
  double value;
  /** Its standard error over items; NaN if not asked for. */
  double std_error;
  /** Two-sided, for a coefficient of 0, by Student's t. */
  double p_value;
  /** The lower end of the confidence interval. */
  double low;
  /** The upper end, at most 1. */
  double high;
} lgt_agreement_report;

/** The result of `lgt_agreement_finish_fleiss`. */
typedef struct lgt_agreement_fleiss_report {
  /** Items with a rating. */
  uint64_t items;
  /** Ratings of each; 0 if not all have as many. */
  uint64_t raters;
  /** Observed agreement. */
  double observed;
  /** Raters by chance. */
  double expected;
  /** Fleiss' kappa. */
  double kappa;
  /** What its standard error is if there is no agreement beyond chance. */
  double std_error;
  /** Kappa over that. */
  double z;
  /** Two-sided, by the normal distribution. */
  double p_value;
  /** Randolph's kappa, for which categories are alike by chance. */
  double free_marginal;
} lgt_agreement_fleiss_report;

/** One category against the rest. */
typedef struct lgt_agreement_category {
  /** How often it was named. */
  uint64_t ratings;
  /** Its share: the mean over items. */
  double share;
  /** Its kappa. */
  double kappa;
  /** What its standard error is if there is no agreement beyond chance. */
  double std_error;
  /** Kappa over that. */
  double z;
  /** Two-sided, by the normal distribution. */
  double p_value;
} lgt_agreement_category;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_agreement_opts_default(lgt_agreement_opts *opts);

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_agreement_finish_opts_default(lgt_agreement_finish_opts *opts);

/**
 * Writes how many bytes a state of `lgt_agreement` needs: with C categories and R as the
 * most ratings of an item, 48 + 8 R (1 + C + C (C - 1) / 2), and with
 * `LGT_AGREEMENT_ERRORS` as often 8 C (C + 1) (C + 2) (C + 3) / 24 more.
 *
 * # Shape
 * `categories`: 1 or more, with `LGT_AGREEMENT_ERRORS` up to 32; a state is below 4 GiB.
 * `opts`: how the state is to be set up, or NULL. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (categories, raters, missing).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_agreement_size(uint32_t categories, const lgt_agreement_opts *opts,
                                      size_t *bytes);

/**
 * Starts a state of agreement of raters, who put items into categories.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_agreement_size` says of the same `categories` and `opts`. `categories`: 1 or
 * more, with `LGT_AGREEMENT_ERRORS` up to 32. `opts`: one struct, or NULL for the
 * defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`, `LGT_E_VALUE`
 * (categories, raters, missing).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_agreement_init(void *state, size_t size, uint32_t categories,
                                      const lgt_agreement_opts *opts);

/**
 * Adds items to a state of agreement of raters: the category into which each rater put
 * each item.
 *
 * Who a rater is does not matter, only how many put an item into which category; so
 * items may have different raters, and different numbers of them. The label that the
 * options call `missing` is no rating.
 *
 * # Shape
 * `ratings`: items x raters, of the integer type `rating_type` (`LGT_I8` to `LGT_U64`),
 * row-major, stride in elements, at least raters. Categories are 0 to categories - 1.
 * There may be more raters than the options say, as long as no item has more ratings.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (of a rating, an unknown
 * type), `LGT_E_VALUE` (an item of too many ratings), `LGT_E_STATE`. The state is then as
 * it was.
 *
 * # Accuracy
 * Exact: all that is kept are whole numbers. The same items give the same bytes in any
 * order, of raters too, and any split. Sums of the fourth power of the numbers of ratings
 * must be below 2^64, as those of millions of items of a thousand ratings each are.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * K. Krippendorff, "Computing Krippendorff's alpha-reliability" (2011): his
 * coincidences, kept apart by the number of ratings.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 16 * 4];
 * int8_t ratings[3][2] = {{0, 0}, {1, 0}, {1, -1}};
 * lgt_agreement_report report;
 * assert(lgt_agreement_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_agreement_update(state, &ratings[0][0], LGT_I8, 2, 3, 2) == LGT_OK);
 * assert(lgt_agreement_finish(state, &report, NULL) == LGT_OK);
 * assert(report.items == 3 && report.paired_items == 2 && report.value == 0);
 * ```
 */
LGT_API lgt_status lgt_agreement_update(void *state, const void *ratings, uint32_t rating_type,
                                        size_t ratings_stride, size_t items, size_t raters);

/**
 * Adds items to a state of agreement of raters: how many raters put each item into each
 * category.
 *
 * # Shape
 * `counts`: items x categories, of the integer type `count_type`, row-major, stride in
 * elements, at least categories.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (an unknown type),
 * `LGT_E_VALUE` (a count below 0, an item of too many ratings), `LGT_E_STATE`. The state
 * is then as it was.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 */
LGT_API lgt_status lgt_agreement_update_counts(void *state, const void *counts, uint32_t count_type,
                                               size_t counts_stride, size_t items);

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
LGT_API lgt_status lgt_agreement_merge(void *state, const void *other);

/**
 * Writes one coefficient of agreement; the state can go on.
 *
 * With `LGT_COEFFICIENT_KRIPPENDORFF` items of one rating are left out, with the others
 * they count for how often categories are named. Nominal data have
 * `LGT_WEIGHTS_IDENTITY`; Krippendorff's metrics are `LGT_WEIGHTS_RANKS` (ordinal),
 * `_QUADRATIC` (interval) and `_RATIO`. Coefficients and weights go together as wished;
 * all are those of irrCAC, which takes `_ORDINAL` for alpha too. All categories of
 * `init` count for Gwet's and for Brennan and Prediger's, named or not.
 *
 * Standard errors are Gwet's, items being a sample without a finite population: with
 * `LGT_AGREEMENT_ERRORS`, else NaN; also for `LGT_WEIGHTS_RANKS`, and of one item. P-value
 * and interval are by Student's t, with one degree for each item less one.
 *
 * Undefined, so NaN: no item with two ratings, or no disagreement by chance, as where one
 * category has all ratings (for alpha and Fleiss' kappa) or is all there is.
 *
 * # Shape
 * `report`: one struct. `opts`: one struct, or NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL` (custom weights), `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
 * (values,
 * weights, confidence). Advisory: `LGT_UNDEFINED` if the coefficient is NaN.
 *
 * # Accuracy
 * A coefficient is within 1e-12 of its exact value, a standard error within 1e-8 divided
 * by the root of the items: it is a difference of squares.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * K. Krippendorff (2011), as above; J. L. Fleiss, "Measuring nominal scale agreement among
 * many raters" (1971); K. L. Gwet, "Computing inter-rater reliability and its variance in
 * the presence of high agreement" (2008), and "Handbook of Inter-Rater Reliability" (2014)
 * for weights and missing ratings; R. L. Brennan and D. J. Prediger, "Coefficient kappa:
 * some uses, misuses, and alternatives" (1981).
 *
 * # Example
 * ```c
 * uint64_t state[6 + 16 * 4];
 * uint8_t counts[4][2] = {{3, 0}, {2, 1}, {0, 3}, {0, 3}};
 * lgt_agreement_report report;
 * lgt_agreement_finish_opts opts;
 * lgt_agreement_finish_opts_default(&opts);
 * opts.coefficient = LGT_COEFFICIENT_BRENNAN_PREDIGER;
 * assert(lgt_agreement_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_agreement_update_counts(state, counts, LGT_U8, 2, 4) == LGT_OK);
 * assert(lgt_agreement_finish(state, &report, &opts) == LGT_OK);
 * assert(report.value > 0.66 && report.value < 0.67 && report.expected == 0.5);
 * ```
 */
LGT_API lgt_status lgt_agreement_finish(const void *state, lgt_agreement_report *report,
                                        const lgt_agreement_finish_opts *opts);

/**
 * Writes Fleiss' kappa with his test that raters agree by chance only, and Randolph's;
 * the state can go on.
 *
 * As statsmodels' `fleiss_kappa` and R's `kappam.fleiss`. If items have different
 * numbers of ratings, kappas are the general ones of `lgt_agreement_finish`, and the
 * test, which has none, is NaN.
 *
 * # Shape
 * `report`: one struct.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` if kappa is NaN.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_agreement_finish_fleiss(const void *state,
                                               lgt_agreement_fleiss_report *report);

/**
 * Writes Fleiss' kappa and test of each category against the rest; the state can go on.
 *
 * # Shape
 * `categories`: `count` structs; at least as many as `init` was told. A category that no
 * rating or every rating names has NaN.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_agreement_get_categories(const void *state,
                                                lgt_agreement_category *categories, size_t count);

/* ---- association ---- */

/** The result of `lgt_association_finish`. */
typedef struct lgt_association_report {
  /** True classes that are there. */
  uint64_t labels;
  /** Predicted classes that are there. */
  uint64_t predicted;
  /** All rows, or their weight. */
  double weight;
  /** Pearson's chi-square, without a correction for continuity. */
  double chi2;
  /** Its degrees of freedom. */
  double degrees;
  /** Its p-value. */
  double p_value;
  /** The likelihood ratio statistic, twice the rows times mutual information. */
  double g;
  /** Its p-value. */
  double g_p_value;
  /** The root of chi-square over rows. */
  double phi;
  /** Cramer's V. */
  double cramers_v;
  /** Cramer's V less its bias. */
  double cramers_v_corrected;
  /** Tschuprow's T. */
  double tschuprows_t;
  /** Tschuprow's T less its bias. */
  double tschuprows_t_corrected;
  /** Pearson's contingency coefficient. */
  double contingency;
  /** Theil's U: the share of the entropy of labels that predictions explain. */
  double theils_u_labels;
  /** Theil's U: the share of the entropy of predictions that labels explain. */
  double theils_u_predicted;
  /**
   * Goodman and Kruskal's lambda: the share of wrong guesses of the label that the
   * prediction saves.
   */
  double lambda_labels;
  /** Goodman and Kruskal's lambda, of guesses of the prediction. */
  double lambda_predicted;
  /** Goodman and Kruskal's lambda, of both guesses. */
  double lambda_both;
  /** Goodman and Kruskal's tau: as lambda, of guesses in proportion. */
  double tau_labels;
  /** Goodman and Kruskal's tau, of guesses of the prediction. */
  double tau_predicted;
} lgt_association_report;

/**
 * Writes how far two columns of classes depend on each other: chi-square and what is
 * made of it, and by how much the one helps to guess the other; the state can go on.
 *
 * Classes have no order here. Columns with different numbers of classes have the
 * larger of the two in `init`: classes that are not there do not count. Chi-square is
 * without Yates' correction (scipy's `chi2_contingency(correction=False)`); `cramers_v`,
 * `tschuprows_t` and `contingency` are `scipy.stats.contingency.association`,
 * `cramers_v_corrected` and `tschuprows_t_corrected` those of torchmetrics with
 * `bias_correction`. `theils_u_labels` is how much of the entropy of the labels is known
 * with the predictions, `theils_u_predicted` the other way round, and so are lambda and
 * tau. Of a state with weights, these are repetitions.
 *
 * What rests on chi-square is NaN if either column is one class, or nothing was seen;
 * Theil's U, lambda and tau are NaN if what is to be guessed is one class.
 *
 * # Shape
 * `state`: one of `lgt_confusion`. `report`: one struct.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` if `cramers_v` is NaN.
 *
 * # Accuracy
 * Coefficients are within 1e-12 of their exact values, p-values of chi-square within a
 * relative 1e-11.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * H. Cramer, "Mathematical Methods of Statistics" (1946), section 21.9; W. Bergsma, "A
 * bias-correction for Cramer's V and Tschuprow's T" (2013), equations 8 to 10; H. Theil,
 * "On the estimation of relationships involving qualitative variables" (1970);
 * L. A. Goodman and W. H. Kruskal, "Measures of association for cross classifications"
 * (1954), sections 5 and 9.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 1 + 4];
 * uint8_t a[4] = {0, 0, 1, 1}, b[4] = {1, 1, 0, 0};
 * lgt_association_report report;
 * assert(lgt_confusion_init(state, sizeof state, 2, NULL) == LGT_OK);
 * assert(lgt_confusion_update(state, a, LGT_U8, b, LGT_U8, NULL, 4) == LGT_OK);
 * assert(lgt_association_finish(state, &report) == LGT_OK);
 * assert(report.cramers_v == 1 && report.chi2 == 4 && report.lambda_both == 1);
 * ```
 */
LGT_API lgt_status lgt_association_finish(const void *state, lgt_association_report *report);

/* ---- attention_weights ---- */

/** Weight of a score: `1 / (1 + exp(-x))`. */
#define LGT_ATTENTION_SIGMOID 0

/** Weight of a score: `exp(x)` up to 0, `1 + x` from there on. */
#define LGT_ATTENTION_ELU 1

/** Weight of a score: itself. */
#define LGT_ATTENTION_LINEAR 2

/** Weights are divided by their sum. */
#define LGT_ATTENTION_NORMALIZE 1

/**
 * Options of `lgt_attention_weights`. Fill with `lgt_attention_weights_opts_default`, then
 * change what is to be different.
 */
typedef struct lgt_attention_weights_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_ATTENTION_NORMALIZE` or 0; default 0. */
  uint32_t flags;
  /** Scores are multiplied by this. Default 1; from 1e-30 to 1e30. */
  double scale;
  /** Added to the sum that weights are divided by. Default 1e-8; from 0 to 1e30. */
  double eps;
} lgt_attention_weights_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_attention_weights_opts_default(lgt_attention_weights_opts *opts);

/**
 * Attention weights of each row of scores without softmax: sigmoid, `elu + 1`, or the
 * scores themselves, as they are or divided by their sum.
 *
 * With `z = scale x` and the weight `a` of `z`, `y = a`, or `a / (sum a + eps)` with
 * `LGT_ATTENTION_NORMALIZE`. -inf is masked: a weight of 0 of any kind.
 *
 * As they are, weights do not know of each other: a NaN is NaN by itself. Divided, a NaN
 * makes its row NaN; scores at +inf, but for sigmoid, share their row equally; a row
 * with nothing above -inf is zeros, or NaN where `eps` is 0, with `LGT_EMPTY_ROW`; one
 * whose sum and `eps` come to 0 is NaN with `LGT_UNDEFINED`. Weights that are the scores
 * themselves may sum to anything: near 0 what is divided by that is as large as that
 * makes it.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `kind`: an
 * `LGT_ATTENTION_` weight. `opts`: NULL for the defaults.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_VALUE` (scale,
 * eps), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED`.
 *
 * # Accuracy
 * A weight: at most 1e-6 (f64: 4e-15) relative, times the larger of 1 and `|scale x|`.
 * Divided: twice as much, times `sum |a| / |sum a + eps|`. Besides the rounding to its
 * type, and 1e-37 (f64: 1e-305) absolute.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * X. Gu et al., "When Attention Sink Emerges in Language Models: An Empirical View"
 * (2024); `elu + 1`: A. Katharopoulos et al., "Transformers are RNNs" (2020).
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, -1e9f}}, y[1][2];
 * assert(lgt_attention_weights_f32(&x[0][0], 2, LGT_ATTENTION_SIGMOID, &y[0][0], 2, 1, 2,
 *                                  NULL) == LGT_OK);
 * assert(y[0][0] == 0.5f && y[0][1] == 0);
 * ```
 */
LGT_API lgt_status lgt_attention_weights_f32(const float *x, size_t x_stride, uint32_t kind,
                                             float *y, size_t y_stride, size_t rows, size_t cols,
                                             const lgt_attention_weights_opts *opts);

/** `double` form of `lgt_attention_weights_f32`. */
LGT_API lgt_status lgt_attention_weights_f64(const double *x, size_t x_stride, uint32_t kind,
                                             double *y, size_t y_stride, size_t rows, size_t cols,
                                             const lgt_attention_weights_opts *opts);

/** `lgt_f16` form of `lgt_attention_weights_f32`; computed in f32. */
LGT_API lgt_status lgt_attention_weights_f16(const lgt_f16 *x, size_t x_stride, uint32_t kind,
                                             lgt_f16 *y, size_t y_stride, size_t rows, size_t cols,
                                             const lgt_attention_weights_opts *opts);

/** `lgt_bf16` form of `lgt_attention_weights_f32`; computed in f32. */
LGT_API lgt_status lgt_attention_weights_bf16(const lgt_bf16 *x, size_t x_stride, uint32_t kind,
                                              lgt_bf16 *y, size_t y_stride, size_t rows,
                                              size_t cols, const lgt_attention_weights_opts *opts);

/**
 * Gradient of `lgt_attention_weights_f32`: `dx = scale a' dy`, or `scale a' (dy - sum y
 * dy) / (sum a + eps)` where weights are divided.
 *
 * It takes the scores. Masked ones have 0, and so have all of a row that scores at +inf
 * share. NaN, empty and undefined rows are as there.
 *
 * # Shape
 * `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
 * in `x`. Each rows x cols, row-major, strides in elements, at least cols. `kind`,
 * `opts`: as there.
 *
 * # In place
 * `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_VALUE` (scale,
 * eps), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED`.
 *
 * # Accuracy
 * At most 2e-6 (f64: 8e-15) times the larger of 1 and `|scale x|`, times `scale |a'|`
 * and the largest size of a `dy` of the row. Divided: four times as much, times the
 * square of `sum |a| / |sum a + eps|`, over `|sum a + eps|`. Besides the rounding to its
 * type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As for `lgt_attention_weights_f32`.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, -1}}, dy[1][2] = {{1, 2}};
 * assert(lgt_attention_weights_grad_f32(&x[0][0], 2, LGT_ATTENTION_LINEAR, &dy[0][0], 2,
 *                                       &x[0][0], 2, 1, 2, NULL) == LGT_OK);
 * assert(x[0][0] == 1 && x[0][1] == 2);
 * ```
 */
LGT_API lgt_status lgt_attention_weights_grad_f32(const float *x, size_t x_stride, uint32_t kind,
                                                  const float *dy, size_t dy_stride, float *dx,
                                                  size_t dx_stride, size_t rows, size_t cols,
                                                  const lgt_attention_weights_opts *opts);

/** `double` form of `lgt_attention_weights_grad_f32`. */
LGT_API lgt_status lgt_attention_weights_grad_f64(const double *x, size_t x_stride, uint32_t kind,
                                                  const double *dy, size_t dy_stride, double *dx,
                                                  size_t dx_stride, size_t rows, size_t cols,
                                                  const lgt_attention_weights_opts *opts);

/** `lgt_f16` form of `lgt_attention_weights_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_attention_weights_grad_f16(const lgt_f16 *x, size_t x_stride, uint32_t kind,
                                                  const lgt_f16 *dy, size_t dy_stride, lgt_f16 *dx,
                                                  size_t dx_stride, size_t rows, size_t cols,
                                                  const lgt_attention_weights_opts *opts);

/** `lgt_bf16` form of `lgt_attention_weights_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_attention_weights_grad_bf16(const lgt_bf16 *x, size_t x_stride,
                                                   uint32_t kind, const lgt_bf16 *dy,
                                                   size_t dy_stride, lgt_bf16 *dx, size_t dx_stride,
                                                   size_t rows, size_t cols,
                                                   const lgt_attention_weights_opts *opts);

/* ---- auroc ---- */

/** The result of `lgt_auroc`. */
typedef struct lgt_auroc_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those of them whose score is NaN; they are in no other number. */
  uint64_t nan_rows;
  /** Rows of label 1. */
  uint64_t positives;
  /** Rows of label 0. */
  uint64_t negatives;
  /** The sum of weights of label 1. */
  double positive_weight;
  /** The sum of weights of label 0. */
  double negative_weight;
  /** The area under the curve. */
  double auroc;
  /** The share of pairs, by weight, that have equal scores. */
  double tied;
  /** The area up to `max_fpr`, at most `max_fpr`. */
  double partial;
  /** The same from 0.5 for chance to 1 (McClish). */
  double standardized;
} lgt_auroc_report;

/**
 * Writes how many bytes of scratch `lgt_auroc` needs: without weights 4 a score, of
 * f64 8; with weights 8.
 *
 * # Shape
 * `n`: number of scores, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of one, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_auroc_scratch(size_t n, size_t score_size, uint32_t weighted, size_t *bytes);

/**
 * The area under the ROC curve: of all pairs of a row of label 1 and one of label 0, the
 * share whose scores are in order, with half of those whose scores are equal (Mann and
 * Whitney's U). Pairs count with the product of their weights.
 *
 * Scores are equal if their values are, -0 and 0 among them, never because they are near:
 * any map that keeps the order of scores keeps the result. Infinite scores are scores.
 * `tied` says which share of pairs is equal. `partial` is the area up to the false
 * positive rate `max_fpr`, where the curve is cut; `standardized` is what scikit-learn's
 * `roc_auc_score` gives for `max_fpr`: 0.5 for chance, 1 for no error. Both are the whole
 * area if `max_fpr` is 1.
 *
 * With one class, with nothing, or with a NaN among the scores, which `nan_rows` counts,
 * all four are NaN. A batch function over arrays and scratch of the caller: without
 * weights it sorts integers of the size that scores are computed in. The order of rows
 * does not change a bit.
 *
 * # Shape
 * `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
 * the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 * `report`: one struct. `max_fpr`: above 0, at most 1.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_auroc_scratch` says,
 * apart from the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, `max_fpr`),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (one class, nothing, or a NaN).
 *
 * # Accuracy
 * At most 1e-14. `auroc` and `tied` without weights are quotients of whole numbers,
 * rounded twice.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * J. Hanley and B. McNeil, "The meaning and use of the area under a receiver operating
 * characteristic (ROC) curve" (1982); D. McClish, "Analyzing a Portion of the ROC
 * Curve" (1989), for the standardised partial area.
 *
 * # Example
 * ```c
 * float x[4] = {0.1f, 0.4f, 0.35f, 0.8f};
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t scratch[2];
 * lgt_auroc_report report;
 * assert(lgt_auroc_f32(x, y, LGT_U8, NULL, &report, 4, 1, scratch, sizeof scratch) == LGT_OK);
 * assert(report.auroc == 0.75 && report.tied == 0);
 * ```
 */
LGT_API lgt_status lgt_auroc_f32(const float *x, const void *labels, uint32_t label_type,
                                 const float *weights, lgt_auroc_report *report, size_t n,
                                 double max_fpr, void *scratch, size_t scratch_size);

/** `double` form of `lgt_auroc_f32`. */
LGT_API lgt_status lgt_auroc_f64(const double *x, const void *labels, uint32_t label_type,
                                 const double *weights, lgt_auroc_report *report, size_t n,
                                 double max_fpr, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_auroc_f32`; computed in f32. */
LGT_API lgt_status lgt_auroc_f16(const lgt_f16 *x, const void *labels, uint32_t label_type,
                                 const float *weights, lgt_auroc_report *report, size_t n,
                                 double max_fpr, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_auroc_f32`; computed in f32. */
LGT_API lgt_status lgt_auroc_bf16(const lgt_bf16 *x, const void *labels, uint32_t label_type,
                                  const float *weights, lgt_auroc_report *report, size_t n,
                                  double max_fpr, void *scratch, size_t scratch_size);

/* ---- average_precision ---- */

/** The result of `lgt_average_precision`. */
typedef struct lgt_average_precision_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those of them whose score is NaN; they are in no other number. */
  uint64_t nan_rows;
  /** Rows of label 1. */
  uint64_t positives;
  /** Rows of label 0. */
  uint64_t negatives;
  /** The sum of weights of label 1. */
  double positive_weight;
  /** The sum of weights of label 0. */
  double negative_weight;
  /** The average precision. */
  double average_precision;
  /** The same of scores without skill: the share of label 1. */
  double prevalence;
} lgt_average_precision_report;

/**
 * Writes how many bytes of scratch `lgt_average_precision` needs: without weights 4 a score, of
 * f64 8; with weights 8.
 *
 * # Shape
 * `n`: number of scores, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of one, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_average_precision_scratch(size_t n, size_t score_size, uint32_t weighted,
                                                 size_t *bytes);

/**
 * Average precision: the mean, by weight, over rows of label 1 of the precision at their
 * scores, the share of label 1 among all rows of scores as high or higher. It is the area
 * under the precision-recall curve drawn in steps, as scikit-learn's
 * `average_precision_score` has it, without a line between its points.
 *
 * Rows of equal scores come in together. `prevalence` is the average precision of scores
 * without skill. Without a row of label 1, or with a NaN among the scores, which `nan_rows`
 * counts, both are NaN; with label 1 alone they are 1. A batch function over arrays and
 * scratch of the caller. The order of rows does not change a bit.
 *
 * # Shape
 * `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
 * the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 * `report`: one struct.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_average_precision_scratch` says,
 * apart from the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights), `LGT_E_SCRATCH` (too
 * small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (no row of label 1, or a
 * NaN).
 *
 * # Accuracy
 * At most 2e-14.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. Zhu, "Recall, Precision and Average Precision" (2004).
 *
 * # Example
 * ```c
 * float x[4] = {0.1f, 0.4f, 0.35f, 0.8f};
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t scratch[2];
 * lgt_average_precision_report report;
 * assert(lgt_average_precision_f32(x, y, LGT_U8, NULL, &report, 4, scratch, sizeof scratch) ==
 *        LGT_OK);
 * assert(report.average_precision > 0.833 && report.average_precision < 0.834);
 * assert(report.prevalence == 0.5);
 * ```
 */
LGT_API lgt_status lgt_average_precision_f32(const float *x, const void *labels,
                                             uint32_t label_type, const float *weights,
                                             lgt_average_precision_report *report, size_t n,
                                             void *scratch, size_t scratch_size);

/** `double` form of `lgt_average_precision_f32`. */
LGT_API lgt_status lgt_average_precision_f64(const double *x, const void *labels,
                                             uint32_t label_type, const double *weights,
                                             lgt_average_precision_report *report, size_t n,
                                             void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_average_precision_f32`; computed in f32. */
LGT_API lgt_status lgt_average_precision_f16(const lgt_f16 *x, const void *labels,
                                             uint32_t label_type, const float *weights,
                                             lgt_average_precision_report *report, size_t n,
                                             void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_average_precision_f32`; computed in f32. */
LGT_API lgt_status lgt_average_precision_bf16(const lgt_bf16 *x, const void *labels,
                                              uint32_t label_type, const float *weights,
                                              lgt_average_precision_report *report, size_t n,
                                              void *scratch, size_t scratch_size);

/* ---- bbq ---- */

/**
 * Options of `lgt_bbq_fit`. Fill with `lgt_bbq_opts_default`, then change what is to be
 * different.
 */
typedef struct lgt_bbq_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** Must be 0. */
  uint32_t reserved;
  /** How many rows the prior is worth, 1e-6 to 1e6; default 2. */
  double prior;
} lgt_bbq_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any thread, any
 * time.
 */
LGT_API void lgt_bbq_opts_default(lgt_bbq_opts *opts);

/**
 * Writes how many bytes a model of `lgt_bbq` takes at most: about 8 MB for a million rows.
 * What a fit has used, mostly far less, is in its head, and `lgt_model_size` says it.
 *
 * # Shape
 * `rows`: number of rows. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (4 GiB or more).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_bbq_size(size_t rows, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_bbq_fit` needs: for each row 40, the bytes of a
 * score, and what it takes to sort (as much again, at least 4; with weights at least 8);
 * and 80 times the cube root of their number.
 *
 * # Shape
 * `rows`: number of rows, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of a score, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_bbq_scratch(size_t rows, size_t score_size, uint32_t weighted,
                                   size_t *bytes);

/**
 * Fits Bayesian binning into quantiles (BBQ) to held-out probabilities of two classes: an
 * average over histogram binnings with bins of equal mass, of all numbers of bins B from
 * `max(1, floor(n^(1/3) / 10))` to `min(n, ceil(10 n^(1/3)))`, for n rows.
 *
 * In a binning, the probability of bin b has a beta distribution before the data, with
 * parameters `a p` and `a (1 - p)`: `a` is `prior / B`, and `p` the middle of the bin's
 * interval, held 2^-53 away from 0 and 1. If it has h rows of label 1 and m of label 0, its
 * value is `(h + a p) / (h + m + a)`, and the binning has the weight
 * `product over b of G(a) / G(h + m + a) * G(h + a p) / G(a p) * G(m + a (1 - p)) /
 * G(a (1 - p))`, where G is the gamma function, over the sum of those of all binnings.
 *
 * Bins end where those of `lgt_histogram_binning` with equal mass do: no two part equal
 * scores, and edges are the middles between neighbours; intervals begin at 0 and end at 1.
 * A bin that equal scores leave empty has the factor 1; B remains what it is. With weights,
 * h and m are sums of those, while rows are counted for n and for where bins end.
 *
 * netcal's `BBQ` is another method: it weighs binnings by BIC or AIC and drops some, and has
 * no prior.
 *
 * An average of binnings is one, in the bins that all their edges make, and this is what is
 * kept. The model is bytes of the caller: its head (`lgt_model_head`), whose parameter is
 * the number of binnings; for each its B and its weight; then the edges between bins in
 * order, and the value of each bin, of which there is one more. Binnings whose weight is
 * below 2^-60 of the largest cannot be seen in the average and are left out. `nll_before` is
 * the mean loss of scores, NaN if one is above 1; `nll_after` that of values. `fit_status`,
 * which is also returned, is `LGT_OK`, or `LGT_DEGENERATE` where rows are of one class or
 * of one score, or none counts: the model can be used, and is what the prior makes of it,
 * or 0.5 where there is no row.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_bbq_size` says. `x`: `rows`
 * probabilities, up to 1.01, which is taken as rounding; `x_stride` elements from one to
 * the next. `labels`: as many times 0 or 1, of the integer type `label_type` (`LGT_I8` to
 * `LGT_U64`). `weights`: as many numbers from 0 to 2^63, or NULL for 1 each; a weight of 0,
 * or below 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`:
 * `scratch_size` bytes, 8-byte aligned, at least what `lgt_bbq_scratch` says, apart from the
 * other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment
 * of the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score
 * that is NaN, below 0 or above 1.01), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as
 * it was. Advisory: `LGT_DEGENERATE`.
 *
 * # Accuracy
 * Weights and values within 1e-8 for up to a million rows. The order of rows does not change
 * a bit.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. Pakdaman Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities
 * Using Bayesian Binning" (2015); the prior's size 2 and the numbers of bins are theirs.
 *
 * # Example
 * ```c
 * double x[2] = {0.25, 0.75};
 * uint8_t y[2] = {0, 1};
 * uint64_t model[12], scratch[16];
 * assert(lgt_bbq_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 2, NULL, scratch,
 *                        sizeof scratch) == LGT_OK);
 * assert(lgt_bbq_apply_f64(model, x, 1, x, 1, 2) == LGT_OK);
 * assert(x[0] > 0.2 && x[0] < 0.3 && x[1] > 0.7 && x[1] < 0.8);
 * ```
 */
LGT_API lgt_status lgt_bbq_fit_f32(void *model, size_t size, const float *x, size_t x_stride,
                                   const void *labels, uint32_t label_type, const float *weights,
                                   size_t rows, const lgt_bbq_opts *opts, void *scratch,
                                   size_t scratch_size);

/** `double` form of `lgt_bbq_fit_f32`. */
LGT_API lgt_status lgt_bbq_fit_f64(void *model, size_t size, const double *x, size_t x_stride,
                                   const void *labels, uint32_t label_type, const double *weights,
                                   size_t rows, const lgt_bbq_opts *opts, void *scratch,
                                   size_t scratch_size);

/** `lgt_f16` form of `lgt_bbq_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_bbq_fit_f16(void *model, size_t size, const lgt_f16 *x, size_t x_stride,
                                   const void *labels, uint32_t label_type, const float *weights,
                                   size_t rows, const lgt_bbq_opts *opts, void *scratch,
                                   size_t scratch_size);

/** `lgt_bf16` form of `lgt_bbq_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_bbq_fit_bf16(void *model, size_t size, const lgt_bf16 *x, size_t x_stride,
                                    const void *labels, uint32_t label_type, const float *weights,
                                    size_t rows, const lgt_bbq_opts *opts, void *scratch,
                                    size_t scratch_size);

/**
 * Calibrates scores with a model of `lgt_bbq`: the value of the bin that each is
 * in. NaN stays NaN; -inf is in the first bin and +inf in the last. Scores may be of
 * another type than those that the model was fitted to: they are compared with its edges
 * as they are.
 *
 * # Shape
 * `model`: a fitted model. `x`: `rows` scores, `x_stride` elements from one to the next.
 * `y`: as many probabilities of label 1, `y_stride` apart.
 *
 * # In place
 * `y` may be `x` with the same stride.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_STATE` (no such model),
 * `LGT_E_ALIAS`. `y` is then as it was.
 *
 * # Accuracy
 * The values of the model, rounded to the type of the data.
 *
 * Thread safety: any thread, as long as no other changes the model or writes the arrays.
 *
 * # Source
 * As `lgt_bbq_fit_f32`.
 *
 * # Example
 * ```c
 * double x[1] = {0.5};
 * uint8_t y[1] = {1};
 * uint64_t model[8], scratch[16];
 * assert(lgt_bbq_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 1, NULL, scratch,
 *                        sizeof scratch) == LGT_DEGENERATE);
 * assert(lgt_bbq_apply_f64(model, x, 1, x, 1, 1) == LGT_OK && x[0] > 0.66 && x[0] < 0.67);
 * ```
 */
LGT_API lgt_status lgt_bbq_apply_f32(const void *model, const float *x, size_t x_stride, float *y,
                                     size_t y_stride, size_t rows);

/** `double` form of `lgt_bbq_apply_f32`. */
LGT_API lgt_status lgt_bbq_apply_f64(const void *model, const double *x, size_t x_stride, double *y,
                                     size_t y_stride, size_t rows);

/** `lgt_f16` form of `lgt_bbq_apply_f32`. */
LGT_API lgt_status lgt_bbq_apply_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                     lgt_f16 *y, size_t y_stride, size_t rows);

/** `lgt_bf16` form of `lgt_bbq_apply_f32`. */
LGT_API lgt_status lgt_bbq_apply_bf16(const void *model, const lgt_bf16 *x, size_t x_stride,
                                      lgt_bf16 *y, size_t y_stride, size_t rows);

/* ---- beta ---- */

/** `a`, `b` and `c` are all free. */
#define LGT_BETA_ABM 0

/** `a = b`. */
#define LGT_BETA_AM 1

/** 1/2 stays 1/2: `c = (a - b) ln 2`. */
#define LGT_BETA_AB 2

/**
 * Options of `lgt_beta_fit`. Fill with `lgt_beta_opts_default`, then change what is to be
 * different.
 */
typedef struct lgt_beta_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_BETA_ABM` (the default), `LGT_BETA_AM` or `LGT_BETA_AB`. */
  uint32_t variant;
  /** Passes over the data at most, at least 3; default 100. */
  uint32_t max_iter;
  /** Must be 0. */
  uint32_t reserved;
  /** Probabilities are held in `[eps, 1 - eps]`; from 1e-300 to below 0.5, default 2^-52. */
  double eps;
  /**
   * Done when a step would change no parameter by more than this share of it and 1;
   * from 0 to 1, default 1e-6. What is left then is about its square.
   */
  double tol;
} lgt_beta_opts;

/** A fitted beta calibration. Plain bytes: store it anywhere. */
typedef struct lgt_beta_model {
  /** What these bytes are. */
  lgt_state_head head;
  /** How the fit ended, an `lgt_status`. */
  int32_t fit_status;
  /** Passes over the data. */
  uint32_t iterations;
  /** Mean loss at a = b = 1, c = 0; NaN if there were no rows. */
  double nll_before;
  /** The same at the parameters found. */
  double nll_after;
  /** What ln s is multiplied by, at least 0. */
  double a;
  /** What -ln(1 - s) is multiplied by, at least 0. */
  double b;
  /** What is added. */
  double c;
  /** Probabilities are held in `[eps, 1 - eps]`. */
  double eps;
} lgt_beta_model;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_beta_opts_default(lgt_beta_opts *opts);

/**
 * Fits beta calibration to probabilities: the `a`, `b` and `c` that minimise the mean
 * negative log-likelihood of the logit `a ln s - b ln(1 - s) + c`, with a and b at least 0,
 * so that the map never falls. a = b = 1, c = 0 leaves probabilities as they are.
 *
 * `variant` in the options: `LGT_BETA_ABM` (all three), `LGT_BETA_AM` (a = b) or `LGT_BETA_AB`
 * (the logit is 0 at s = 1/2, so c = (a - b) ln 2). Probabilities are held in [eps, 1 - eps], in
 * `apply` as well; of f32 probabilities those that are 0 or 1 exactly may deserve a larger eps.
 * nll_before is the loss at a = b = 1, c = 0, and nll_after is never above it.
 *
 * `fit_status` in the model, and the return value, say how it ended: `LGT_OK`; `LGT_AT_BOUND`
 * (a or b is 0, which is the minimum under that condition; or a threshold tells the classes
 * apart: the loss falls without end, and a and b are held where they leave no doubt, so that
 * the nearest probabilities get logits of about -36.7 and 36.7, or at 1e6); `LGT_DEGENERATE` (no rows
 * of weight above 0: a = b = 1, c = 0; one class, or one probability for all rows: a = b = 0
 * and c the logit of the base rate, at most 36.7 in magnitude, or with `LGT_BETA_AB` and one
 * probability the a = b that gives it, if one does; or the model above where its loss is lower;
 * with `LGT_BETA_AB` one class is as good as two);
 * `LGT_NOT_CONVERGED` (`max_iter` passes made: the best model met). The model is written in
 * every case.
 *
 * # Shape
 * `model`: one struct. `x`: one probability P(y = 1) a row, stride in elements, at least 1. `labels`: 0 or 1
 * a row, of the integer type `label_type`. `weights`: one number a row from 0 to 2^63, or
 * NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out, whatever its score.
 * `opts`: NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE`
 * (weights, options, a
 * probability that is NaN or not in 0 .. 1.01). The model is then as it
 * was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * Parameters within 1e-8 of the exact minimum, of the larger of them and 1, where the data
 * tell them well. Another order of rows, or a split (`lgt_logistic_loss`), changes them by no
 * more than 1e-9 of that.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. Kull, T. Silva Filho and P. Flach, "Beta calibration" (2017), with its variants.
 *
 * # Example
 * ```c
 * double s[6] = {0.1, 0.3, 0.4, 0.6, 0.8, 0.9};
 * uint8_t y[6] = {0, 1, 0, 1, 0, 1};
 * lgt_beta_opts opts;
 * lgt_beta_model model;
 * lgt_beta_opts_default(&opts);
 * opts.variant = LGT_BETA_AM;
 * assert(lgt_beta_fit_f64(&model, s, 1, y, LGT_U8, NULL, 6, &opts) == LGT_OK);
 * assert(model.a == model.b && model.a > 0 && model.nll_after < model.nll_before);
 * ```
 */
LGT_API lgt_status lgt_beta_fit_f32(lgt_beta_model *model, const float *x, size_t x_stride,
                                    const void *labels, uint32_t label_type, const float *weights,
                                    size_t rows, const lgt_beta_opts *opts);

/** `double` form of `lgt_beta_fit_f32`. */
LGT_API lgt_status lgt_beta_fit_f64(lgt_beta_model *model, const double *x, size_t x_stride,
                                    const void *labels, uint32_t label_type, const double *weights,
                                    size_t rows, const lgt_beta_opts *opts);

/** `lgt_f16` form of `lgt_beta_fit_f32`. */
LGT_API lgt_status lgt_beta_fit_f16(lgt_beta_model *model, const lgt_f16 *x, size_t x_stride,
                                    const void *labels, uint32_t label_type, const float *weights,
                                    size_t rows, const lgt_beta_opts *opts);

/** `lgt_bf16` form of `lgt_beta_fit_f32`. */
LGT_API lgt_status lgt_beta_fit_bf16(lgt_beta_model *model, const lgt_bf16 *x, size_t x_stride,
                                     const void *labels, uint32_t label_type, const float *weights,
                                     size_t rows, const lgt_beta_opts *opts);

/**
 * Calibrated probabilities: those of the logit `a ln s - b ln(1 - s) + c`, with s held in
 * [eps, 1 - eps]. What is no probability (NaN, or not in 0 .. 1.01) gives NaN; results below
 * 1e-153 are 0.
 *
 * # Shape
 * `model`: a fitted model. `x`, `y`: one probability a row, strides in elements, at least 1.
 *
 * # In place
 * `y` may be `x`, with the same stride, or a column beside it.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` (no beta model), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * Computed in double: relative error 1e-15 and 2^-51 times the largest term of the logit,
 * then rounded to the type of `y`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_beta_fit_f32`.
 *
 * # Example
 * ```c
 * float s[4] = {0.25f, 0.25f, 0.75f, 0.75f}, p[4];
 * uint8_t y[4] = {0, 1, 1, 1};
 * lgt_beta_model model;
 * assert(lgt_beta_fit_f32(&model, s, 1, y, LGT_U8, NULL, 4, NULL) >= 0);
 * assert(lgt_beta_apply_f32(&model, s, 1, p, 1, 4) == LGT_OK);
 * assert(p[0] <= p[2]);
 * ```
 */
LGT_API lgt_status lgt_beta_apply_f32(const lgt_beta_model *model, const float *x, size_t x_stride,
                                      float *y, size_t y_stride, size_t rows);

/** `double` form of `lgt_beta_apply_f32`. */
LGT_API lgt_status lgt_beta_apply_f64(const lgt_beta_model *model, const double *x, size_t x_stride,
                                      double *y, size_t y_stride, size_t rows);

/** `lgt_f16` form of `lgt_beta_apply_f32`. */
LGT_API lgt_status lgt_beta_apply_f16(const lgt_beta_model *model, const lgt_f16 *x,
                                      size_t x_stride, lgt_f16 *y, size_t y_stride, size_t rows);

/** `lgt_bf16` form of `lgt_beta_apply_f32`. */
LGT_API lgt_status lgt_beta_apply_bf16(const lgt_beta_model *model, const lgt_bf16 *x,
                                       size_t x_stride, lgt_bf16 *y, size_t y_stride, size_t rows);

/* ---- binary ---- */

/** Scores are probabilities of class 1. */
#define LGT_BINARY_PROBABILITIES 0

/** Scores are logits of class 1. */
#define LGT_BINARY_LOGITS 1

/** The result of `lgt_binary_finish`. */
typedef struct lgt_binary_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those without a probability: in no sum, and all means are then NaN. */
  uint64_t nan_rows;
  /** Those whose loss is +inf: probability 0 for what came true, and `eps` is 0. */
  uint64_t infinite_rows;
  /** Those whose probability was clipped for the log loss. */
  uint64_t clipped_rows;
  /** The sum of weights. */
  double weight;
  /** The weight of class 1. */
  double positives;
  /** Its share. */
  double base_rate;
  /** Mean probability of class 1. */
  double mean_probability;
  /** Mean of -ln of the probability of what came true. */
  double log_loss;
  /** Mean of (p - y)^2. */
  double brier;
  /** Expected calibration error of P(y = 1). */
  double ece;
  /** Maximum calibration error. */
  double mce;
  /** The root of the weighted mean of squared gaps. */
  double rms;
  /** Weight of class 1 with p above 1/2. */
  double true_positives;
  /** Weight of class 0 with p above 1/2. */
  double false_positives;
  /** Weight of class 1 with p at most 1/2. */
  double false_negatives;
  /** Weight of class 0 with p at most 1/2. */
  double true_negatives;
  /**
   * Spiegelhalter's statistic, about standard normal if calibrated; NaN where all
   * probabilities are 0, 1/2 or 1.
   */
  double spiegelhalter_z;
  /** Its two-sided p-value. */
  double spiegelhalter_p;
  /** 1 less the Brier score over that of the base rate; NaN for one class. */
  double brier_skill;
  /** 1 less the log loss over that of the base rate; NaN for one class. */
  double d2_log_loss;
} lgt_binary_report;

/**
 * Writes how many bytes a state of `lgt_binary` needs.
 *
 * # Shape
 * `bins`: how many bins of equal width for the calibration error, 1 to 65536.
 * `eps`: the least probability in the log loss, at least 0 and below 0.5. `input`:
 * `LGT_BINARY_PROBABILITIES` or `LGT_BINARY_LOGITS`. `bytes`: one number, 592 +
 * 152 * bins.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (bins, eps, input).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_binary_size(uint32_t bins, double eps, uint32_t input, size_t *bytes);

/**
 * Starts a state of what there is to say of scores of two classes.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_binary_size` says. `bins`: how many bins of equal width for the calibration
 * error, 1 to 65536. `eps`: the least probability in the log loss, at least 0 and
 * below 0.5; of logits nothing is clipped. `input`: `LGT_BINARY_PROBABILITIES` or
 * `LGT_BINARY_LOGITS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (bins, eps,
 * input).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_binary_init(void *state, size_t size, uint32_t bins, double eps,
                                   uint32_t input);

/**
 * Adds rows to a state of what there is to say of scores of two classes: log loss,
 * Brier score, calibration error with its bins, confusion at 1/2, Spiegelhalter's
 * test, Brier skill and D2, all from one pass. A mergeable state.
 *
 * * `log_loss`: the mean of -ln p where y is 1 and -ln(1 - p) where it is 0, as
 *   `sklearn.metrics.log_loss`. Of probabilities, what came true has its own first
 *   clipped to `[eps, 1 - eps]`, in `double` (see `lgt_log_loss_update_f32`), and is
 *   counted in `clipped_rows`; at `eps` 0 a probability of 0 makes it +inf
 *   (`infinite_rows`). Of logits it is `ln(1 + e^-x)` or `ln(1 + e^x)`, unclipped.
 * * `brier`: the mean of (p - y)^2, `sklearn.metrics.brier_score_loss`; half of what
 *   `lgt_brier` makes of the same as two classes.
 * * `ece`, `mce`, `rms`: of P(y = 1) against its frequency, over bins (low, high], 0
 *   in the first: torchmetrics' `binary_calibration_error` but for its edges, which
 *   are closed on the left. Not `lgt_ece_top_label`, which is of the larger of p and
 *   1 - p.
 * * `true_positives` .. `true_negatives`: told to be 1 is p > 1/2 (x > 0), which is
 *   what scikit-learn's classifiers predict; at exactly 1/2 they say 0.
 * * `spiegelhalter_z`: how far the Brier score is from what it would be if outcomes
 *   were drawn with these probabilities, in standard deviations; `spiegelhalter_p`
 *   from both sides of the normal distribution. Weights are taken as repetitions.
 * * `brier_skill`: 1 - brier / (b (1 - b)) with the base rate b, as
 *   `sklearn.metrics.d2_brier_score`; `d2_log_loss`: likewise by log loss,
 *   `sklearn.metrics.d2_log_loss_score`. 1 is perfect, 0 as good as the base rate.
 *
 * A row whose score is NaN, or as a probability below 0 or above 1.01, makes all
 * means NaN (`nan_rows`); a little above 1 is taken as rounding.
 *
 * # Shape
 * `x`: one score of class 1 a row, `x_stride` elements apart, at least 1: a column of
 * a matrix is taken as it is. `labels`: 0 or 1 a row, of the integer type
 * `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63,
 * or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * Computed in `double` whatever the type. `log_loss`, `brier`: at most 4e-15 relative,
 * or 1e-20 absolutely. `mean_probability` and the bins: 4e-15. `spiegelhalter_z`:
 * 1e-12 of the larger of itself and 1, where its variance is at least 1e-12 a row.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * D. J. Spiegelhalter, "Probabilistic prediction in patient management and clinical
 * trials" (1986); G. W. Brier, "Verification of forecasts expressed in terms of
 * probability" (1950); C. Guo et al., "On Calibration of Modern Neural Networks"
 * (2017), equation 3.
 *
 * # Example
 * ```c
 * uint64_t state[(592 + 152 * 10) / 8];
 * float p[4] = {0.25f, 0.25f, 0.75f, 0.5f};
 * uint8_t y[4] = {0, 0, 1, 1};
 * lgt_binary_report report;
 * assert(lgt_binary_init(state, sizeof state, 10, 0, LGT_BINARY_PROBABILITIES) == LGT_OK);
 * assert(lgt_binary_update_f32(state, p, 1, y, LGT_U8, NULL, 4) == LGT_OK);
 * assert(lgt_binary_finish(state, &report) == LGT_OK);
 * assert(report.brier == 0.109375 && report.base_rate == 0.5);
 * assert(report.true_positives == 1 && report.false_negatives == 1);
 * ```
 */
LGT_API lgt_status lgt_binary_update_f32(void *state, const float *x, size_t x_stride,
                                         const void *labels, uint32_t label_type,
                                         const float *weights, size_t rows);

/** `double` form of `lgt_binary_update_f32`. */
LGT_API lgt_status lgt_binary_update_f64(void *state, const double *x, size_t x_stride,
                                         const void *labels, uint32_t label_type,
                                         const double *weights, size_t rows);

/** `lgt_f16` form of `lgt_binary_update_f32`. */
LGT_API lgt_status lgt_binary_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                         const void *labels, uint32_t label_type,
                                         const float *weights, size_t rows);

/** `lgt_bf16` form of `lgt_binary_update_f32`. */
LGT_API lgt_status lgt_binary_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                          const void *labels, uint32_t label_type,
                                          const float *weights, size_t rows);

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
LGT_API lgt_status lgt_binary_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. Means are NaN, with `LGT_UNDEFINED`, if nothing, or a NaN, was
 * seen. The skills are NaN, without it, for one class only, and Spiegelhalter's test
 * where all probabilities are 0, 1/2 or 1.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_binary_finish(const void *state, lgt_binary_report *report);

/**
 * Writes the bins of the reliability curve, lowest probability first: for
 * `lgt_reliability_finish` and `lgt_hosmer_lemeshow_finish` too.
 *
 * # Shape
 * `bins`: `count` structs; at least as many as `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_binary_get_bins(const void *state, lgt_reliability_bin *bins, size_t count);

/* ---- binary_cross_entropy ---- */

/**
 * Binary cross-entropy of each row of logits, one for every column, with its gradient:
 * the sum over columns of `-w t ln sigmoid(x) - (1 - t) ln(1 - sigmoid(x))`.
 *
 * Every column is a question of its own, which more than one answer may be yes to. What
 * does not count, as `ln(1 - sigmoid(x))` where the target is 1, is nothing even where x
 * is infinite. A NaN makes the loss of its row NaN, and its own gradient.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `targets`: rows
 * x cols from 0 to 1, likewise. `positive`: `w`, one number a column, at least 0, or NULL
 * for 1. `weights`, `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`. A row's loss is
 * a sum over columns: divide by cols for torch's mean.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (targets, positive, weights,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the mean of
 * no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) relative, and 1e-37 (f64: 1e-305) absolute;
 * beyond the range of the type computed in it may be +inf. A gradient as much,
 * besides the rounding to its type. `total` is the exact sum, rounded once: the order of
 * rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook; `torch.nn.functional.binary_cross_entropy_with_logits`.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 100}}, t[1][2] = {{1, 1}}, grad[1][2];
 * double loss;
 * assert(lgt_binary_cross_entropy_f32(&x[0][0], 2, &t[0][0], 2, NULL, NULL, &loss, &grad[0][0],
 *                                     2, NULL, 1, 2, NULL) == LGT_OK);
 * assert(loss > 0.69314 && loss < 0.69315 && grad[0][0] == -0.5f);
 * ```
 */
LGT_API lgt_status lgt_binary_cross_entropy_f32(const float *x, size_t x_stride,
                                                const float *targets, size_t target_stride,
                                                const float *positive, const float *weights,
                                                double *loss, float *grad, size_t grad_stride,
                                                double *total, size_t rows, size_t cols,
                                                const lgt_loss_opts *opts);

/** `double` form of `lgt_binary_cross_entropy_f32`. */
LGT_API lgt_status lgt_binary_cross_entropy_f64(const double *x, size_t x_stride,
                                                const double *targets, size_t target_stride,
                                                const double *positive, const double *weights,
                                                double *loss, double *grad, size_t grad_stride,
                                                double *total, size_t rows, size_t cols,
                                                const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_binary_cross_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_binary_cross_entropy_f16(const lgt_f16 *x, size_t x_stride,
                                                const lgt_f16 *targets, size_t target_stride,
                                                const float *positive, const float *weights,
                                                double *loss, lgt_f16 *grad, size_t grad_stride,
                                                double *total, size_t rows, size_t cols,
                                                const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_binary_cross_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_binary_cross_entropy_bf16(const lgt_bf16 *x, size_t x_stride,
                                                 const lgt_bf16 *targets, size_t target_stride,
                                                 const float *positive, const float *weights,
                                                 double *loss, lgt_bf16 *grad, size_t grad_stride,
                                                 double *total, size_t rows, size_t cols,
                                                 const lgt_loss_opts *opts);

/* ---- binned_auroc ---- */

/** Scores are probabilities: buckets are by their odds. */
#define LGT_BINNED_AUROC_PROBABILITIES 0

/** Scores are any numbers around 0: buckets are by their size. */
#define LGT_BINNED_AUROC_SCORES 1

/** Buckets are between edges of the caller's. */
#define LGT_BINNED_AUROC_EDGES 2

/** The result of `lgt_binned_auroc_finish`. */
typedef struct lgt_binned_auroc_report {
  /** All rows. */
  uint64_t rows;
  /**
   * Those whose score is NaN or, of the map of probabilities, none; all below but the
   * counts is then NaN.
   */
  uint64_t nan_rows;
  /** Other rows of label 1. */
  uint64_t positives;
  /** Other rows of label 0. */
  uint64_t negatives;
  /** Buckets with a score. */
  uint64_t filled_buckets;
  /** The middle of the bounds for the AUROC. */
  double auroc;
  /** It is at least this .. */
  double auroc_low;
  /** .. and at most this. */
  double auroc_high;
  /** Half of what is between. */
  double auroc_half_width;
  /** The middle of the bounds for the average precision. */
  double average_precision;
  /** It is at least this, but for 1e-13 of rounding .. */
  double average_precision_low;
  /** .. and at most this. */
  double average_precision_high;
  /** Half of what is between. */
  double average_precision_half_width;
} lgt_binned_auroc_report;

/**
 * Writes how many bytes a state of `lgt_binned_auroc` needs: 48, and 48 a bucket.
 *
 * # Shape
 * `k`: there are 2^k buckets, k from 8 to 20; 16 is a good choice. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (k).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_binned_auroc_size(uint32_t k, size_t *bytes);

/**
 * Starts a state of AUROC and average precision in bounded memory.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_binned_auroc_size` says. `k`: 8 to 20. `map`: `LGT_BINNED_AUROC_PROBABILITIES`,
 * `LGT_BINNED_AUROC_SCORES` or `LGT_BINNED_AUROC_EDGES`. `edges`: for the last,
 * `edge_count` numbers, each above the one before, fewer than 2^k; else NULL and 0. Of
 * edges the state keeps a number that stands for them.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (k, map, edges).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_binned_auroc_init(void *state, size_t size, uint32_t k, uint32_t map,
                                         const double *edges, size_t edge_count);

/**
 * Adds scores of two classes to a state of AUROC and average precision, which counts
 * them in 2^k buckets: memory is bounded, and so is what that leaves open.
 *
 * Buckets are in the order of scores. Which score is larger is known if two are in
 * different buckets; within one it is, as far as the least and the largest of either
 * class there tell. `lgt_binned_auroc_finish` writes bounds that hold for whatever
 * scores they were, and their middle. Few scores in a bucket, or equal ones however
 * many, leave nothing open: small samples and scores of few values are exact.
 *
 * `LGT_BINNED_AUROC_PROBABILITIES` are even in the logarithm of the odds from 2^-40 to
 * 2^40, linear between powers of two, what is beyond in the last bucket on either side;
 * a score that is not in 0 .. 1.01 is counted with the NaNs. `LGT_BINNED_AUROC_SCORES`
 * are even in the logarithm of 1 + 4 |x|, likewise, up to |x| = 2^14: logits, margins,
 * and whatever is neither all tiny nor all huge; multiply those by a power of two,
 * which changes no AUROC. `LGT_BINNED_AUROC_EDGES` are as the caller says, an edge
 * belonging to the bucket above it: quantiles of a sample of the scores are best for all
 * scores that are like it. Maps do not fall, to the last bit.
 *
 * With 2^16 buckets the AUROC of 10^6 scores of two normal distributions one deviation
 * apart is known within 5e-5, of probabilities made of 8 times such logits 2e-5. Scores
 * that crowd into one bucket leave it open: see the half-width. -0 is equal to 0,
 * infinities are in the end buckets. A NaN is counted in `nan_rows` and makes the result
 * NaN. Weights are not taken.
 *
 * # Shape
 * `x`: `rows` scores. `labels`: `rows` times 0 or 1, of the integer type `label_type`
 * (`LGT_I8` to `LGT_U64`). `edges`: the `edge_count` edges that `init` was given, or
 * NULL and 0. They are looked through at each call: prefer few calls.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (other
 * edges). The state is then as it was.
 *
 * # Accuracy
 * Bounds for the AUROC are integers, divided once; those for the average precision are
 * within 1e-13. The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * D. Bamber, "The area above the ordinal dominance graph and the area below the receiver
 * operating characteristic graph" (1975), for the share of pairs.
 *
 * # Example
 * ```c
 * static uint64_t state[6 + 6 * 256];
 * float p[4] = {0.25f, 0.5f, 0.5f, 0.75f};
 * uint8_t y[4] = {0, 0, 1, 1};
 * lgt_binned_auroc_report report;
 * assert(lgt_binned_auroc_init(state, sizeof state, 8, LGT_BINNED_AUROC_PROBABILITIES, NULL, 0) == LGT_OK);
 * assert(lgt_binned_auroc_update_f32(state, p, y, LGT_U8, NULL, 4, 0) == LGT_OK);
 * assert(lgt_binned_auroc_finish(state, &report) == LGT_OK);
 * assert(report.auroc == 0.875 && report.auroc_half_width == 0);
 * ```
 */
LGT_API lgt_status lgt_binned_auroc_update_f32(void *state, const float *x, const void *labels,
                                               uint32_t label_type, const double *edges,
                                               size_t rows, size_t edge_count);

/** `double` form of `lgt_binned_auroc_update_f32`. */
LGT_API lgt_status lgt_binned_auroc_update_f64(void *state, const double *x, const void *labels,
                                               uint32_t label_type, const double *edges,
                                               size_t rows, size_t edge_count);

/** `lgt_f16` form of `lgt_binned_auroc_update_f32`. */
LGT_API lgt_status lgt_binned_auroc_update_f16(void *state, const lgt_f16 *x, const void *labels,
                                               uint32_t label_type, const double *edges,
                                               size_t rows, size_t edge_count);

/** `lgt_bf16` form of `lgt_binned_auroc_update_f32`. */
LGT_API lgt_status lgt_binned_auroc_update_bf16(void *state, const lgt_bf16 *x, const void *labels,
                                                uint32_t label_type, const double *edges,
                                                size_t rows, size_t edge_count);

/**
 * Adds what another state of the same k, map and edges has seen.
 *
 * # Shape
 * Two states of `lgt_binned_auroc`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (parameters), `LGT_E_ALIAS`. The state
 * is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_binned_auroc_merge(void *state, const void *other);

/**
 * Writes AUROC and average precision of all rows so far, with bounds.
 *
 * # Shape
 * `state`: a state of `lgt_binned_auroc`. `report`: one struct. One label alone has no
 * AUROC; without label 1 there is no average precision.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (the AUROC is NaN).
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_binned_auroc_finish(const void *state, lgt_binned_auroc_report *report);

/**
 * Writes bounds for the least false positive rate of a threshold whose true positive
 * rate is at least `tpr`.
 *
 * # Shape
 * `state`: a state of `lgt_binned_auroc`. `tpr`: 0 to 1. `low`, `high`: one number each.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (tpr). Advisory: `LGT_UNDEFINED`
 * (one label
 * alone, or a NaN, was there).
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_binned_auroc_fpr_at_tpr(const void *state, double tpr, double *low,
                                               double *high);

/* ---- bootstrap ---- */

/** The result of `lgt_bootstrap_finish`. */
typedef struct lgt_bootstrap_report {
  /** How many replicates there are. */
  uint64_t replicates;
  /** Those whose metric is NaN: left out of all below. */
  uint64_t undefined;
  /** The metric of the rows as they are. */
  double value;
  /** The mean over replicates. */
  double mean;
  /**
   * Their standard deviation, which estimates the standard error of `value`; NaN
   * if fewer than two are left.
   */
  double std_error;
  /** The low end of the percentile interval. */
  double low;
  /** Its high end. */
  double high;
} lgt_bootstrap_report;

/**
 * Writes how many bytes a state of `lgt_bootstrap` needs: 32, and for each
 * replicate and once more as many as a state of the metric.
 *
 * # Shape
 * `kind`: the metric, one of `LGT_STATE_ACCURACY`, `LGT_STATE_NLL`,
 * `LGT_STATE_BRIER` and `LGT_STATE_ECE_TOP_LABEL`. `param`: what its own `init`
 * takes (k, bins), 0 if that takes nothing. `replicates`: at least 1, and not so
 * many that the state would have 4 GiB. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (kind, param, replicates).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_bootstrap_size(uint32_t kind, uint32_t param, uint32_t replicates,
                                      size_t *bytes);

/**
 * Starts a state of `replicates` replicates of a metric, and of the metric itself.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_bootstrap_size` says. `kind`, `param`, `replicates`: as there; some hundred
 * replicates are enough for a standard error, some thousand for an interval.
 * `seed`: any number; states are merged only if theirs is the same.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (kind,
 * param, replicates).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_bootstrap_init(void *state, size_t size, uint32_t kind, uint32_t param,
                                      uint32_t replicates, uint64_t seed);

/**
 * Adds rows to every replicate of a metric, each time with a random weight: how
 * much the metric would vary from one sample of rows to another, in one pass. A
 * mergeable state.
 *
 * In replicate `b` row `r` counts as often as a draw from the Poisson distribution
 * of mean 1 says (times its weight, if it has one): the Poisson bootstrap, which in
 * the limit of many rows is that of drawing as many rows with replacement. The draw
 * depends on the seed, `r` and `b` alone: it is made of word `b % 4` of Philox4x32-10
 * with the counter (low half of `r`, high half of `r`, `b / 4`, 0) and the key (low
 * half, high half of the seed), by inversion. Row numbers count over the whole data:
 * row `i` here is `first_row + i`. Rows of one state, and of those it is merged
 * with, should have numbers of their own; then any split, order and number of
 * workers give the same bytes. Rows that belong together (sentences of one text) and
 * are to be drawn together have one number: one call for each.
 *
 * Inputs as the metric's own update takes them: logits for nll, probabilities for
 * brier and ece_top_label, either for accuracy. What a NaN or an infinity does to
 * the metric it does to the replicates that drew its row.
 *
 * # Shape
 * `x`: rows x cols, row-major, stride in elements, at least cols. `labels`: one class
 * a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or
 * below 2^-160, leaves its row out. `first_row`: the number of the first row.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * Each replicate is the state that the metric's own update makes of the same rows
 * with the drawn weights, bit for bit. Each probability of a draw is within 2^-32 of
 * its own.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * N. Chamandy et al., "Estimating Uncertainty for Massive Data Streams" (2012);
 * J. Salmon et al., "Parallel Random Numbers: As Easy as 1, 2, 3" (2011).
 *
 * # Example
 * ```c
 * static uint64_t state[4 + 201 * 12];
 * double values[200];
 * float x[4][2] = {{2, 1}, {3, 0}, {0, 1}, {4, 1}};
 * int32_t y[4] = {0, 0, 1, 1};
 * lgt_bootstrap_report report;
 * assert(lgt_bootstrap_init(state, sizeof state, LGT_STATE_ACCURACY, 1, 200, 7) == LGT_OK);
 * assert(lgt_bootstrap_update_f32(state, &x[0][0], 2, y, LGT_I32, NULL, 0, 4, 2) == LGT_OK);
 * assert(lgt_bootstrap_finish(state, 0.95, values, 200, &report) == LGT_OK);
 * assert(report.value == 0.75 && report.low < 0.75 && report.high == 1);
 * ```
 */
LGT_API lgt_status lgt_bootstrap_update_f32(void *state, const float *x, size_t x_stride,
                                            const void *labels, uint32_t label_type,
                                            const float *weights, uint64_t first_row, size_t rows,
                                            size_t cols);

/** `double` form of `lgt_bootstrap_update_f32`. */
LGT_API lgt_status lgt_bootstrap_update_f64(void *state, const double *x, size_t x_stride,
                                            const void *labels, uint32_t label_type,
                                            const double *weights, uint64_t first_row, size_t rows,
                                            size_t cols);

/** `lgt_f16` form of `lgt_bootstrap_update_f32`; computed in f32. */
LGT_API lgt_status lgt_bootstrap_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                            const void *labels, uint32_t label_type,
                                            const float *weights, uint64_t first_row, size_t rows,
                                            size_t cols);

/** `lgt_bf16` form of `lgt_bootstrap_update_f32`; computed in f32. */
LGT_API lgt_status lgt_bootstrap_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                             const void *labels, uint32_t label_type,
                                             const float *weights, uint64_t first_row, size_t rows,
                                             size_t cols);

/**
 * Adds what another state of the same parameters and seed has seen. The order of
 * merging does not change a bit. For bytes from elsewhere use `lgt_state_merge`,
 * which is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
 * state twice). The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_bootstrap_merge(void *state, const void *other);

/**
 * Writes one replicate as a state of the metric, for all that can be done with one:
 * its `finish`, its bins.
 *
 * # Shape
 * `replicate`: from 0, below the number of replicates. `out`: `size` bytes, 8-byte
 * aligned, apart from `state`, at least what the metric's own `size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` (also the alignment of `out`), `LGT_E_VALUE`
 * (replicate), `LGT_E_SIZE`, `LGT_E_ALIAS`. Nothing is then written.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_bootstrap_get_replicate(const void *state, uint32_t replicate, void *out,
                                               size_t size);

/**
 * Writes the state that the metric's own update would have made of the rows as they
 * are, without any drawing.
 *
 * # Shape
 * `out`: `size` bytes, 8-byte aligned, apart from `state`, at least what the
 * metric's own `size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` (also the alignment of `out`), `LGT_E_SIZE`,
 * `LGT_E_ALIAS`. Nothing is then written.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_bootstrap_get_original(const void *state, void *out, size_t size);

/**
 * Writes the metric of every replicate, in their order: accuracy, nll, brier or ece;
 * NaN where it is undefined.
 *
 * # Shape
 * `values`: `count` numbers, at least as many as there are replicates.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`. Nothing is then written.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_bootstrap_get_values(const void *state, double *values, size_t count);

/**
 * Writes what the replicates say of the metric: its standard error, and the
 * percentile interval. The state can go on.
 *
 * Replicates whose metric is NaN are left out and counted. What `lgt_interval_bca`
 * makes of the same values is more often right for metrics that are bounded or
 * biased (ece), but needs the metric without each row in turn.
 *
 * # Shape
 * `confidence`: above 0 and below 1, usually 0.95. `values`: `count` numbers, at
 * least as many as there are replicates; they become those of
 * `lgt_bootstrap_get_values`. `report`: one struct. NaN with `LGT_UNDEFINED` if no
 * replicate is left.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`, `LGT_E_VALUE`. Nothing is then
 * written.
 * Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_bootstrap_finish(const void *state, double confidence, double *values,
                                        size_t count, lgt_bootstrap_report *report);

/**
 * Writes the weights that rows have in a replicate: what `lgt_bootstrap_update_f32`
 * draws, for any other function that takes weights. A batch function, no state.
 *
 * Call the function once a replicate with these weights (times the rows' own), and
 * give what comes out to `lgt_interval_percentile`. They are whole numbers from 0 to
 * 12, of mean and variance 1: how often a row is drawn, for functions that take
 * indices. Functions for 16-bit scores take weights of type float.
 *
 * # Shape
 * `seed`: any number. `replicate`: which one. `first_row`: the number of the first
 * row in the whole data. `weights`: `rows` numbers.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * # Accuracy
 * Exact; each probability of a draw is within 2^-32 of its own.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * As for `lgt_bootstrap_update_f32`.
 *
 * # Example
 * ```c
 * float whole[10], part[4];
 * assert(lgt_bootstrap_weights_f32(7, 3, 0, whole, 10) == LGT_OK);
 * assert(lgt_bootstrap_weights_f32(7, 3, 6, part, 4) == LGT_OK);
 * assert(part[0] == whole[6] && part[3] == whole[9]);
 * ```
 */
LGT_API lgt_status lgt_bootstrap_weights_f32(uint64_t seed, uint32_t replicate, uint64_t first_row,
                                             float *weights, size_t rows);

/** `double` form of `lgt_bootstrap_weights_f32`. */
LGT_API lgt_status lgt_bootstrap_weights_f64(uint64_t seed, uint32_t replicate, uint64_t first_row,
                                             double *weights, size_t rows);

/** `lgt_f16` form of `lgt_bootstrap_weights_f32`; computed in f32. */
LGT_API lgt_status lgt_bootstrap_weights_f16(uint64_t seed, uint32_t replicate, uint64_t first_row,
                                             lgt_f16 *weights, size_t rows);

/** `lgt_bf16` form of `lgt_bootstrap_weights_f32`; computed in f32. */
LGT_API lgt_status lgt_bootstrap_weights_bf16(uint64_t seed, uint32_t replicate, uint64_t first_row,
                                              lgt_bf16 *weights, size_t rows);

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

/* ---- budget ---- */

/**
 * Row-wise budget map: the numbers from 0 to 1 nearest to the scores that add up to a budget.
 *
 * `y[r][c] = min(max(x[r][c] - tau, 0), 1)`, with the `tau` of each row at which they add up to
 * `budget`: they maximise `y x - y y / 2`. With a budget of 1 it is `lgt_sparsemax_f32`; with a
 * whole one and scores far apart, 1 for so many of the largest.
 *
 * -inf becomes 0. Entries at +inf become 1, or share the budget equally where they are more
 * than that. A NaN makes its row NaN, and so does a row with nothing above -inf, with
 * `LGT_EMPTY_ROW`, or with fewer entries above -inf than the budget, with `LGT_UNDEFINED`.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `budget`: above 0, at
 * most cols. With rows = 0
 * nothing is written.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (budget), `LGT_E_ALIAS`. Advisory:
 * `LGT_EMPTY_ROW`, `LGT_UNDEFINED`.
 *
 * # Accuracy
 * At most 4e-15 and the rounding to their type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * The definition as in the documentation of `budget_bisect` of the package entmax, 1.3; `tau`
 * is found between the scores of two ranks.
 *
 * # Example
 * ```c
 * float x[1][3] = {{5, 0.25f, -0.25f}}, y[1][3];
 * assert(lgt_budget_f32(&x[0][0], 3, 2, &y[0][0], 3, 1, 3) == LGT_OK);
 * assert(y[0][0] == 1 && y[0][1] == 0.75f && y[0][2] == 0.25f);
 * ```
 */
LGT_API lgt_status lgt_budget_f32(const float *x, size_t x_stride, double budget, float *y,
                                  size_t y_stride, size_t rows, size_t cols);

/** `double` form of `lgt_budget_f32`. */
LGT_API lgt_status lgt_budget_f64(const double *x, size_t x_stride, double budget, double *y,
                                  size_t y_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_budget_f32`; computed in f32. */
LGT_API lgt_status lgt_budget_f16(const lgt_f16 *x, size_t x_stride, double budget, lgt_f16 *y,
                                  size_t y_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_budget_f32`; computed in f32. */
LGT_API lgt_status lgt_budget_bf16(const lgt_bf16 *x, size_t x_stride, double budget, lgt_bf16 *y,
                                   size_t y_stride, size_t rows, size_t cols);

/**
 * Gradient of `lgt_budget_f32` through its result: `dx = J dy`.
 *
 * Between 0 and 1, `dx = dy - mean of dy over all such entries of the row`; elsewhere it is 0, and
 * `dy` is not looked at. A row of `y` with a NaN gives NaN.
 *
 * # Shape
 * `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols. With rows =
 * 0 or cols = 0 nothing is written.
 *
 * # In place
 * `dx == dy` with equal strides is allowed; any other overlap of `dx` is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 4e-15 times the largest `|dy|` of the support, and the rounding to their type, from
 * the shares as they are given.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Derived from the definition of `lgt_budget_f32`.
 *
 * # Example
 * ```c
 * float y[1][3] = {{1, 0.75f, 0.25f}}, dy[1][3] = {{9, 3, 1}}, dx[1][3];
 * assert(lgt_budget_grad_f32(&y[0][0], 3, &dy[0][0], 3, &dx[0][0], 3, 1, 3) == LGT_OK);
 * assert(dx[0][0] == 0 && dx[0][1] == 1 && dx[0][2] == -1);
 * ```
 */
LGT_API lgt_status lgt_budget_grad_f32(const float *y, size_t y_stride, const float *dy,
                                       size_t dy_stride, float *dx, size_t dx_stride, size_t rows,
                                       size_t cols);

/** `double` form of `lgt_budget_grad_f32`. */
LGT_API lgt_status lgt_budget_grad_f64(const double *y, size_t y_stride, const double *dy,
                                       size_t dy_stride, double *dx, size_t dx_stride, size_t rows,
                                       size_t cols);

/** `lgt_f16` form of `lgt_budget_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_budget_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                       size_t dy_stride, lgt_f16 *dx, size_t dx_stride, size_t rows,
                                       size_t cols);

/** `lgt_bf16` form of `lgt_budget_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_budget_grad_bf16(const lgt_bf16 *y, size_t y_stride, const lgt_bf16 *dy,
                                        size_t dy_stride, lgt_bf16 *dx, size_t dx_stride,
                                        size_t rows, size_t cols);

/* ---- ca_features ---- */

/**
 * Features from which a temperature may be predicted for each row: from `view_count`
 * transformed copies of the samples, the probabilities of the `k` classes that the
 * original scores highest.
 *
 * Column `v k + i` of `y` is the share of copy `v`, by softmax, in the class with the
 * `i`-th largest logit of the original, of equal logits the first. -inf is a share of
 * 0, and entries at +inf share the mass. A NaN in the original makes the row NaN, one in
 * a copy, or nothing above -inf there, that copy's part of it.
 *
 * # Shape
 * `x`: logits of the originals, rows x cols, row-major, stride in elements, at least
 * cols. `views`: logits of the copies, as many arrays of rows x cols, `view_stride`
 * elements from the start of one to that of the next. Copies that lie anywhere take a
 * call each, with `view_count` = 1 and `y + v k`. `y`: rows x (`view_count` k), stride
 * at least that, apart from the others. `k`: from 1 to 64, at most cols.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (k), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15), besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_ca_loss_update_f32`, whose network takes 3 copies and k = 4.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 1}}, views[2][1][2] = {{{0, 0}}, {{0, 9}}}, y[1][2];
 * assert(lgt_ca_features_f32(&x[0][0], 2, &views[0][0][0], 2, 2, 2, &y[0][0], 2, 1, 2, 1) == LGT_OK);
 * assert(y[0][0] == 0.5f && y[0][1] > 0.999f);
 * ```
 */
LGT_API lgt_status lgt_ca_features_f32(const float *x, size_t x_stride, const float *views,
                                       size_t views_stride, size_t view_stride, size_t view_count,
                                       float *y, size_t y_stride, size_t rows, size_t cols,
                                       size_t k);

/** `double` form of `lgt_ca_features_f32`. */
LGT_API lgt_status lgt_ca_features_f64(const double *x, size_t x_stride, const double *views,
                                       size_t views_stride, size_t view_stride, size_t view_count,
                                       double *y, size_t y_stride, size_t rows, size_t cols,
                                       size_t k);

/** `lgt_f16` form of `lgt_ca_features_f32`; computed in f32. */
LGT_API lgt_status lgt_ca_features_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *views,
                                       size_t views_stride, size_t view_stride, size_t view_count,
                                       lgt_f16 *y, size_t y_stride, size_t rows, size_t cols,
                                       size_t k);

/** `lgt_bf16` form of `lgt_ca_features_f32`; computed in f32. */
LGT_API lgt_status lgt_ca_features_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *views,
                                        size_t views_stride, size_t view_stride, size_t view_count,
                                        lgt_bf16 *y, size_t y_stride, size_t rows, size_t cols,
                                        size_t k);

/* ---- ca_loss ---- */

/** Rows weigh as given, rather than those that are right as much as those that are wrong. */
#define LGT_CA_LOSS_UNIFORM 1

/** The result of `lgt_ca_loss_finish`. */
typedef struct lgt_ca_loss_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those with a NaN, or with nothing above -inf; all but counts is then NaN. */
  uint64_t nan_rows;
  /** The sum of weights of the others. */
  double weight;
  /** The share of rows whose largest logit is the label's. */
  double accuracy;
  /**
   * The loss in which rows that are right and rows that are wrong weigh as much; if
   * there are only such, or only such, that of all rows.
   */
  double balanced;
  /** The loss in which rows weigh as given. */
  double uniform;
  /** The mean of rows that are right, NaN if there are none. */
  double right;
  /** The mean of rows that are wrong, NaN if there are none. */
  double wrong;
} lgt_ca_loss_report;

/**
 * Writes how many bytes a state of `lgt_ca_loss` needs.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ca_loss_size(size_t *bytes);

/**
 * Starts a state of the correctness-aware loss.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_ca_loss_size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_ca_loss_init(void *state, size_t size);

/**
 * Adds rows to a state of the correctness-aware loss: the mean of `(c - r)^2`, where `c`
 * is the largest share of `softmax(x / T)`, and `r` is 1 where the first largest logit
 * is the label's, else 0.
 *
 * Cross-entropy lowers the temperature where a wrong class is only just ahead; this loss
 * raises it, since it asks only that the model be unsure when it is wrong. Sums are kept
 * apart for rows that are right and that are wrong, so that one pass gives the loss
 * in which each side counts for half (`balanced`), and that in which rows weigh as given
 * (`uniform`). The temperatures are those of this call: for losses at several, have a
 * state for each.
 *
 * A row with a NaN, or with nothing above -inf, makes the loss NaN (`nan_rows`).
 * Entries at +inf share the mass.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`:
 * one class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one
 * number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160,
 * leaves its row out. `temperatures`: `temperature_count` numbers from 1e-6 to 1e6, one
 * for all rows or one a row; or NULL for 1.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_SHAPE`
 * (`temperature_count`), `LGT_E_VALUE` (weights, temperatures), `LGT_E_STATE`. The state
 * is then as it was.
 *
 * # Accuracy
 * A row's confidence: at most 1e-6 (f64: 4e-15). Sums over rows are exact and rounded
 * once. The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * Y. Liu et al., "Optimizing Calibration by Gaining Aware of Prediction Correctness"
 * (2024), the correctness-aware loss.
 *
 * # Example
 * ```c
 * uint64_t state[20];
 * float x[2][2] = {{0, 0}, {0, 0}};
 * int32_t y[2] = {0, 1};
 * lgt_ca_loss_report report;
 * assert(lgt_ca_loss_init(state, sizeof state) == LGT_OK);
 * assert(lgt_ca_loss_update_f32(state, &x[0][0], 2, y, LGT_I32, NULL, NULL, 0, 2, 2) == LGT_OK);
 * assert(lgt_ca_loss_finish(state, &report) == LGT_OK);
 * assert(report.balanced == 0.25 && report.accuracy == 0.5);
 * ```
 */
LGT_API lgt_status lgt_ca_loss_update_f32(void *state, const float *x, size_t x_stride,
                                          const void *labels, uint32_t label_type,
                                          const float *weights, const double *temperatures,
                                          size_t temperature_count, size_t rows, size_t cols);

/** `double` form of `lgt_ca_loss_update_f32`. */
LGT_API lgt_status lgt_ca_loss_update_f64(void *state, const double *x, size_t x_stride,
                                          const void *labels, uint32_t label_type,
                                          const double *weights, const double *temperatures,
                                          size_t temperature_count, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_ca_loss_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ca_loss_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                          const void *labels, uint32_t label_type,
                                          const float *weights, const double *temperatures,
                                          size_t temperature_count, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_ca_loss_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ca_loss_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const float *weights, const double *temperatures,
                                           size_t temperature_count, size_t rows, size_t cols);

/**
 * Adds what another state has seen. The order of merging does not change a bit. For
 * bytes from elsewhere use `lgt_state_merge`, which is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS` (the same state twice). The state is then
 * as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_ca_loss_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ca_loss_finish(const void *state, lgt_ca_loss_report *report);

/**
 * The correctness-aware loss of a batch, as `lgt_ca_loss_update_f32` has it, with its
 * gradients: in each row's temperature, and in each row's `u = x / T`.
 *
 * The loss is the balanced one, in which rows that are right and rows that are wrong
 * count for half each (if there are both), or with `LGT_CA_LOSS_UNIFORM` that in which
 * rows weigh as given. Which side a row is on is held fixed: the gradient is that of
 * `c` alone. In one temperature for all rows it is the sum of `dt`.
 *
 * Rows of weight 0 have gradients of 0, those with a NaN gradients of NaN, and those
 * with entries at +inf gradients of 0. The loss is NaN if a row is, or if none counts.
 *
 * # Shape
 * As `lgt_ca_loss_update_f32`. `loss`: one number, or NULL. `dt`: one number a row, or
 * NULL. `du`: rows x cols, or NULL; it may be `x` itself, with the same stride, and is
 * apart from the labels, as `dt` is. `flags`: 0 or `LGT_CA_LOSS_UNIFORM`.
 *
 * # In place
 * `du == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_SHAPE`
 * (`temperature_count`), `LGT_E_VALUE` (weights, temperatures), `LGT_E_OPTION` (flags),
 * `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (the loss is NaN).
 *
 * # Accuracy
 * The loss: at most 2e-6 (f64: 1e-14). Gradients, times the rows, their weights all
 * being 1 and the loss uniform: that in `u` at most 2e-6 (f64: 1e-14), that in `T` as
 * much, times the larger of 1 and the number of classes' logarithm, over `T`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_ca_loss_update_f32`.
 *
 * # Example
 * ```c
 * float x[2][2] = {{1, 0}, {1, 0}}, du[2][2];
 * int32_t y[2] = {0, 1};
 * double loss, dt[2];
 * assert(lgt_ca_loss_grad_f32(&x[0][0], 2, y, LGT_I32, NULL, NULL, 0, &loss, dt, &du[0][0], 2,
 *                             2, 2, 0) == LGT_OK);
 * assert(dt[0] > 0 && dt[1] < 0 && du[0][0] < 0 && du[1][0] > 0);
 * ```
 */
LGT_API lgt_status lgt_ca_loss_grad_f32(const float *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, const float *weights,
                                        const double *temperatures, size_t temperature_count,
                                        double *loss, double *dt, float *du, size_t du_stride,
                                        size_t rows, size_t cols, uint32_t flags);

/** `double` form of `lgt_ca_loss_grad_f32`. */
LGT_API lgt_status lgt_ca_loss_grad_f64(const double *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, const double *weights,
                                        const double *temperatures, size_t temperature_count,
                                        double *loss, double *dt, double *du, size_t du_stride,
                                        size_t rows, size_t cols, uint32_t flags);

/** `lgt_f16` form of `lgt_ca_loss_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_ca_loss_grad_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, const float *weights,
                                        const double *temperatures, size_t temperature_count,
                                        double *loss, double *dt, lgt_f16 *du, size_t du_stride,
                                        size_t rows, size_t cols, uint32_t flags);

/** `lgt_bf16` form of `lgt_ca_loss_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_ca_loss_grad_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const float *weights,
                                         const double *temperatures, size_t temperature_count,
                                         double *loss, double *dt, lgt_bf16 *du, size_t du_stride,
                                         size_t rows, size_t cols, uint32_t flags);

/* ---- ca_temperature ---- */

/**
 * Options of `lgt_ca_temperature_fit`. Fill with `lgt_ca_temperature_opts_default`, then
 * change what is to be different.
 */
typedef struct lgt_ca_temperature_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** 0, the default, or `LGT_CA_LOSS_UNIFORM`. */
  uint32_t flags;
  /**
   * Points of the grid in `ln T`, ends included, from 2 to 256; default 65. (1 is
   * looked at besides.)
   */
  uint32_t grid;
  /** Passes over the data at most, after those of the grid, at least 1; default 100. */
  uint32_t max_iter;
  /**
   * Done when a step would change `ln T` by no more than this; from 0 to 1,
   * default 1e-9.
   */
  double tol;
  /** The least temperature, from 1e-6 to 1; default 0.1. */
  double t_min;
  /** The largest temperature, from 1 to 1e6; default 10. */
  double t_max;
} lgt_ca_temperature_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_ca_temperature_opts_default(lgt_ca_temperature_opts *opts);

/**
 * Fits a temperature to held-out logits and labels: the `T` of least correctness-aware
 * loss (see `lgt_ca_loss_update_f32`), balanced or uniform. It is a model of
 * `lgt_temperature`, and applied by that.
 *
 * The loss may have several minima. It is looked at on a grid in `ln T` and at 1, 32
 * temperatures a pass, and between the neighbours of the best point the root of the
 * slope is found. `nll_before` and `nll_after` of the model are the correctness-aware
 * loss, which is what was minimised, at 1 and at the temperature found; the latter is
 * never above the former.
 *
 * `fit_status` in the model, and the return value, say how it ended: `LGT_OK`;
 * `LGT_AT_BOUND` (the least loss is that of `t_min` or `t_max`, as where every row is
 * right, or every one wrong; T = 1 where its loss is as low); `LGT_DEGENERATE` (no rows, or
 * a loss that is the same at every point of the grid: T = 1); `LGT_NOT_CONVERGED`
 * (`max_iter` passes made). The model is written in every case. Over shards, have a state
 * of `lgt_ca_loss` for each temperature of the grid.
 *
 * # Shape
 * `model`: one struct. `x`: logits, rows x cols, row-major, stride in elements,
 * at least cols. `labels`: one class a row, 0 to cols - 1, of the integer type
 * `label_type`. `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight
 * of 0, or below 2^-160, leaves its row out. `opts`: NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (weights, options, or a row with a NaN or with nothing above -inf). The
 * model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
 * `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * T within 1e-5 relative of a minimum for f32 logits (f64: 1e-8) where that is not flat.
 * The same rows give the same bits in any order.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_ca_loss_update_f32`.
 *
 * # Example
 * ```c
 * float x[2][2] = {{2, 0}, {1, 0}};
 * int32_t y[2] = {0, 1};
 * lgt_temperature_model model;
 * assert(lgt_ca_temperature_fit_f32(&model, &x[0][0], 2, y, LGT_I32, NULL, 2, 2, NULL) == LGT_OK);
 * assert(model.temperature > 2 && model.temperature < 4);
 * assert(model.nll_after <= model.nll_before);
 * ```
 */
LGT_API lgt_status lgt_ca_temperature_fit_f32(lgt_temperature_model *model, const float *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const float *weights,
                                              size_t rows, size_t cols,
                                              const lgt_ca_temperature_opts *opts);

/** `double` form of `lgt_ca_temperature_fit_f32`. */
LGT_API lgt_status lgt_ca_temperature_fit_f64(lgt_temperature_model *model, const double *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const double *weights,
                                              size_t rows, size_t cols,
                                              const lgt_ca_temperature_opts *opts);

/** `lgt_f16` form of `lgt_ca_temperature_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_ca_temperature_fit_f16(lgt_temperature_model *model, const lgt_f16 *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const float *weights,
                                              size_t rows, size_t cols,
                                              const lgt_ca_temperature_opts *opts);

/** `lgt_bf16` form of `lgt_ca_temperature_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_ca_temperature_fit_bf16(lgt_temperature_model *model, const lgt_bf16 *x,
                                               size_t x_stride, const void *labels,
                                               uint32_t label_type, const float *weights,
                                               size_t rows, size_t cols,
                                               const lgt_ca_temperature_opts *opts);

/* ---- calibration_slope ---- */

/**
 * Options of `lgt_calibration_slope_fit`. Fill with
 * `lgt_calibration_slope_opts_default`, then change what is to be different.
 */
typedef struct lgt_calibration_slope_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_BINARY_PROBABILITIES` (the default) or `LGT_BINARY_LOGITS`. */
  uint32_t input;
  /**
   * Passes over the data at most, for each of the two fits, at least 1; default
   * 100.
   */
  uint32_t max_iter;
  /** Must be 0. */
  uint32_t reserved;
  /**
   * Probabilities are clipped to `[eps, 1 - eps]`, above 0 and below 0.5; default
   * 2^-52.
   */
  double eps;
  /**
   * Done when a step would change no parameter, of scores scaled to [-1, 1], by
   * more than this share of the larger and 1; from 0 to 1, default 1e-9.
   */
  double tol;
  /** The largest slope in magnitude, from 1 to 1e12; default 1e6. */
  double slope_max;
} lgt_calibration_slope_opts;

/** What `lgt_calibration_slope_fit` found. */
typedef struct lgt_calibration_slope_report {
  /** How the fit ended, an `lgt_status`. */
  int32_t fit_status;
  /** Passes over the data, of all fits. */
  uint32_t iterations;
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those without a logit: all else is then NaN. */
  uint64_t nan_rows;
  /** Those whose probability was clipped. */
  uint64_t clipped_rows;
  /** The sum of weights. */
  double weight;
  /** The intercept; 0 if calibrated. */
  double intercept;
  /** The slope; 1 if calibrated, below 1 if forecasts are too extreme. */
  double slope;
  /** The standard error of the intercept. */
  double intercept_error;
  /** The standard error of the slope. */
  double slope_error;
  /** Calibration in the large: the intercept where the slope is held at 1. */
  double intercept_at_one;
  /** Its standard error. */
  double intercept_at_one_error;
  /** Mean log loss of the forecasts as they are. */
  double nll_before;
  /** Mean log loss with intercept and slope. */
  double nll_after;
} lgt_calibration_slope_report;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_calibration_slope_opts_default(lgt_calibration_slope_opts *opts);

/**
 * Fits intercept a and slope b of calibration: logistic regression of what came true
 * on the logits x of the forecasts, P(y = 1) = 1 / (1 + e^-(a + b x)). A batch
 * function over arrays of the caller; it needs no scratch.
 *
 * Calibrated is a = 0 and b = 1; b below 1 says that forecasts are too extreme (the
 * model is overfitted), `intercept_at_one` above 0 that they are too low on the
 * whole. Standard errors are those of maximum likelihood, from the curvature, with
 * weights taken as repetitions; twice the weight times (`nll_before` - `nll_after`)
 * is the likelihood ratio statistic of a = 0, b = 1, chi-square with 2 degrees of
 * freedom. As `cox_regression_analysis` of calzone, `statsmodels` `Logit` on logits,
 * and scikit-learn's `LogisticRegression(C=inf)`.
 *
 * Newton's method with both derivatives, on scores scaled to [-1, 1], halving steps
 * that do not help, and for the intercept alone inside a bracket; it always stops.
 * `fit_status`, and the return value, say how: `LGT_OK`; `LGT_DEGENERATE` (one class
 * only, or a threshold tells the classes apart, so that no slope is steep enough:
 * a = 0, b = 1 and errors of NaN are written, but `intercept_at_one` is found if both
 * classes are there); `LGT_AT_BOUND` (`slope_max`, with the best intercept for it);
 * `LGT_NOT_CONVERGED` (the best point met is written); `LGT_UNDEFINED` (no rows, or
 * one without a logit, as of NaN or an infinite one: NaN).
 *
 * # Shape
 * `report`: one struct. `x`: one forecast of class 1 a row, `x_stride` elements
 * apart, at least 1. `labels`: 0 or 1 a row, of the integer type `label_type`
 * (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or NULL for 1
 * each; a weight of 0 leaves its row out. `opts`: NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * options), `LGT_E_OPTION`. The report is then as it was. Advisory: `LGT_DEGENERATE`,
 * `LGT_AT_BOUND`, `LGT_NOT_CONVERGED`, `LGT_UNDEFINED`.
 *
 * # Accuracy
 * Computed in `double` whatever the type. Parameters: at most 1e-8 of the larger of
 * themselves and 1.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * D. R. Cox, "Two further applications of a model for binary regression" (1958);
 * A. Albert and J. A. Anderson, "On the existence of maximum likelihood estimates in
 * logistic regression models" (1984).
 *
 * # Example
 * ```c
 * float p[8] = {0.2f, 0.2f, 0.2f, 0.2f, 0.8f, 0.8f, 0.8f, 0.8f};
 * uint8_t y[8] = {0, 0, 0, 1, 1, 1, 1, 0};
 * lgt_calibration_slope_report report;
 * assert(lgt_calibration_slope_fit_f32(&report, p, 1, y, LGT_U8, NULL, 8, NULL) == LGT_OK);
 * assert(report.slope > 0.79248 && report.slope < 0.79249);
 * assert(report.intercept < 1e-6 && report.intercept > -1e-6);
 * ```
 */
LGT_API lgt_status lgt_calibration_slope_fit_f32(lgt_calibration_slope_report *report,
                                                 const float *x, size_t x_stride,
                                                 const void *labels, uint32_t label_type,
                                                 const float *weights, size_t rows,
                                                 const lgt_calibration_slope_opts *opts);

/** `double` form of `lgt_calibration_slope_fit_f32`. */
LGT_API lgt_status lgt_calibration_slope_fit_f64(lgt_calibration_slope_report *report,
                                                 const double *x, size_t x_stride,
                                                 const void *labels, uint32_t label_type,
                                                 const double *weights, size_t rows,
                                                 const lgt_calibration_slope_opts *opts);

/** `lgt_f16` form of `lgt_calibration_slope_fit_f32`. */
LGT_API lgt_status lgt_calibration_slope_fit_f16(lgt_calibration_slope_report *report,
                                                 const lgt_f16 *x, size_t x_stride,
                                                 const void *labels, uint32_t label_type,
                                                 const float *weights, size_t rows,
                                                 const lgt_calibration_slope_opts *opts);

/** `lgt_bf16` form of `lgt_calibration_slope_fit_f32`. */
LGT_API lgt_status lgt_calibration_slope_fit_bf16(lgt_calibration_slope_report *report,
                                                  const lgt_bf16 *x, size_t x_stride,
                                                  const void *labels, uint32_t label_type,
                                                  const float *weights, size_t rows,
                                                  const lgt_calibration_slope_opts *opts);

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
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL` (of either array), `LGT_E_VALUE` (weights),
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta),
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

/* ---- concordance_index ---- */

/** The result of `lgt_concordance_index`. */
typedef struct lgt_concordance_index_report {
  /** Rows. */
  uint64_t rows;
  /** Those with a NaN; all below is then 0 or NaN. */
  uint64_t nan_rows;
  /** Comparable pairs in the order that was predicted. */
  uint64_t concordant;
  /** Those in the opposite order. */
  uint64_t discordant;
  /** Those with equal predictions. */
  uint64_t ties_x;
  /** (concordant + ties / 2) / all three; NaN if there is no comparable pair. */
  double value;
} lgt_concordance_index_report;

/**
 * Writes how many bytes of scratch `lgt_concordance_index` needs: 12 a row.
 *
 * # Shape
 * `n`: number of rows, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_concordance_index_scratch(size_t n, size_t *bytes);

/**
 * Harrell's concordance index: of the pairs of rows of which it is known which lasted
 * longer, the share that was predicted to, equal predictions counting half.
 *
 * A pair is comparable if the shorter of the two ended with an event, or both lasted
 * equally long and just one did: the other was still there. Without `events` all did, and
 * the index is (D + 1) / 2 with Somers' D of x over y; for y of two classes it is the area
 * under the ROC curve. As lifelines' `concordance_index`, larger x is for longer y; give
 * scores of risk with their sign turned. NaN if no pair is comparable. A NaN in x or y is
 * counted in `nan_rows` and makes the result NaN; infinities are numbers like others. A
 * batch function over arrays and scratch of the caller, in time n log n.
 *
 * # Shape
 * `x`: `n` predictions. `y`: `n` times. `events`: `n` times 1 for an event or 0, of the
 * integer type `event_type` (`LGT_I8` to `LGT_U64`), or NULL. `report`: one struct.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_concordance_index_scratch` says,
 * apart from the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL` (events), `LGT_E_SCRATCH` (too small, not
 * aligned), `LGT_E_ALIAS`.
 * Advisory: `LGT_UNDEFINED` (no comparable
 * pair, or a NaN).
 *
 * # Accuracy
 * Counts are exact, and divided once. The same rows give the same bits in any order.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * F. E. Harrell et al., "Evaluating the yield of medical tests" (1982).
 *
 * # Example
 * ```c
 * float x[4] = {1, 2, 2, 3}, y[4] = {1, 2, 3, 4};
 * uint8_t ended[4] = {1, 0, 1, 1};
 * uint64_t scratch[3 * 2];
 * lgt_concordance_index_report report;
 * assert(lgt_concordance_index_f32(x, y, ended, LGT_U8, &report, 4, scratch,
 *                                  sizeof scratch) == LGT_OK);
 * assert(report.concordant == 4 && report.ties_x == 0 && report.value == 1);
 * ```
 */
LGT_API lgt_status lgt_concordance_index_f32(const float *x, const float *y, const void *events,
                                             uint32_t event_type,
                                             lgt_concordance_index_report *report, size_t n,
                                             void *scratch, size_t scratch_size);

/** `double` form of `lgt_concordance_index_f32`. */
LGT_API lgt_status lgt_concordance_index_f64(const double *x, const double *y, const void *events,
                                             uint32_t event_type,
                                             lgt_concordance_index_report *report, size_t n,
                                             void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_concordance_index_f32`. */
LGT_API lgt_status lgt_concordance_index_f16(const lgt_f16 *x, const lgt_f16 *y, const void *events,
                                             uint32_t event_type,
                                             lgt_concordance_index_report *report, size_t n,
                                             void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_concordance_index_f32`. */
LGT_API lgt_status lgt_concordance_index_bf16(const lgt_bf16 *x, const lgt_bf16 *y,
                                              const void *events, uint32_t event_type,
                                              lgt_concordance_index_report *report, size_t n,
                                              void *scratch, size_t scratch_size);

/* ---- conformal ---- */

/** The score is what the class's probability lacks of 1. */
#define LGT_CONFORMAL_LAC 0

/** The score is the mass of the classes down to this one. */
#define LGT_CONFORMAL_APS 1

/** As `LGT_CONFORMAL_APS`, with `lambda` for each rank past `k_reg`. */
#define LGT_CONFORMAL_RAPS 2

/** The score is the largest probability, and `lambda` for each rank. */
#define LGT_CONFORMAL_SAPS 3

/** The score is the rank, from 1. */
#define LGT_CONFORMAL_TOP_K 4

/** The score is the largest probability of another class less that of this one. */
#define LGT_CONFORMAL_MARGIN 5

/** Rows are probabilities, not logits. */
#define LGT_CONFORMAL_PROBABILITIES 1

/** A class with too few scores has the threshold of all scores, not +inf. */
#define LGT_CONFORMAL_MARGINAL 2

/**
 * How classes are scored. Fill with `lgt_conformal_opts_default`, then change what is
 * to be different.
 */
typedef struct lgt_conformal_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_CONFORMAL_LAC` (the default) to `LGT_CONFORMAL_MARGIN`. */
  uint32_t method;
  /** `LGT_CONFORMAL_PROBABILITIES`, `LGT_CONFORMAL_MARGINAL`, both, or 0, the default. */
  uint32_t flags;
  /** Of RAPS: how many ranks bear no penalty; default 5. */
  uint32_t k_reg;
  /** Of RAPS and SAPS: what a rank costs, finite and at least 0; default 0.01. */
  double lambda;
} lgt_conformal_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_conformal_opts_default(lgt_conformal_opts *opts);

/**
 * Writes how many bytes a model of `lgt_conformal_fit` takes: 96 for one threshold, 80
 * and 16 a class for thresholds of their own.
 *
 * # Shape
 * `classes`: how many classes have thresholds of their own, or 0 for one threshold.
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_conformal_size(size_t classes, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_conformal_fit` needs: none for one threshold,
 * 8 a score, 8 a class and 8 for thresholds by class.
 *
 * # Shape
 * `n`: number of scores. `classes`: as for the fit. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_conformal_scratch(size_t n, size_t classes, size_t *bytes);

/**
 * Finds the threshold of prediction sets: of `n` scores of rows with known classes the
 * `k`-th lowest, `k = ceil((n + 1) (1 - alpha))`. The set of a new row, the classes
 * that score no more, then has its class with probability `1 - alpha` at least, if the
 * rows are exchangeable.
 *
 * With `classes` above 0 each class has the threshold of its own scores, and the
 * promise holds for the rows of each class. Where there are too few scores
 * (`k > n`) the threshold is +inf, which lets every class in: `LGT_DEGENERATE`; of a
 * class it is that of all scores instead if `LGT_CONFORMAL_MARGINAL` is asked for.
 *
 * The model keeps `opts`, from which `lgt_conformal_sets` reads how classes are scored:
 * they must be those of the scores. Behind the head it holds method, 1 for logits or 0,
 * lambda, k_reg, alpha, thresholds, and how many scores each of these has.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_conformal_size` says.
 * `scores`: `n` numbers as `lgt_conformal_scores` writes them, +inf allowed, NaN not.
 * `labels`: the class of each, 0 to `classes` - 1, of the integer type `label_type`;
 * or NULL where `classes` is 0. `alpha`: above 0 and below 1. `opts`: NULL for
 * the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_conformal_scratch` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_LABEL`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (scores, alpha, lambda), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is
 * then as it was. Advisory: `LGT_DEGENERATE`.
 *
 * # Accuracy
 * Exact: thresholds are among the scores. `(n + 1) (1 - alpha)` within 1e-9 above a
 * whole number is that number.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * V. Vovk, A. Gammerman and G. Shafer, "Algorithmic Learning in a Random World" (2005),
 * chapter 4; A. Angelopoulos and S. Bates, "A Gentle Introduction to Conformal
 * Prediction" (2021), section 1; by class: V. Vovk, "Conditional Validity of Inductive
 * Conformal Predictors" (2012).
 *
 * # Example
 * ```c
 * double scores[4] = {0.3, 0.1, 0.4, 0.2};
 * uint64_t model[12];
 * assert(lgt_conformal_fit(model, sizeof model, scores, NULL, LGT_U8, 4, 0, 0.4, NULL, NULL, 0) == LGT_OK);
 * assert(((const double *)model)[10] == 0.3);
 * ```
 */
LGT_API lgt_status lgt_conformal_fit(void *model, size_t size, const double *scores,
                                     const void *labels, uint32_t label_type, size_t n,
                                     size_t classes, double alpha, const lgt_conformal_opts *opts,
                                     void *scratch, size_t scratch_size);

/**
 * Writes how many bytes of scratch `lgt_conformal_weighted` needs: 32 a score.
 *
 * # Shape
 * `n`: number of scores. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_conformal_weighted_scratch(size_t n, size_t *bytes);

/**
 * A threshold for each of `rows` new rows, where these are from another distribution
 * than the `n` rows of known class, and weights say how much more likely each row is
 * under it: the least score such that those up to it have a share of `1 - alpha` of all
 * weight, that of the new row included. +inf where there is none, `LGT_DEGENERATE`.
 *
 * `lgt_conformal_sets` takes them in place of the model's.
 *
 * # Shape
 * `scores`: `n` numbers as `lgt_conformal_scores` writes them, +inf allowed, NaN not.
 * `weights`: `n` numbers from 0 to 2^63. `new_weights`: `rows` numbers, likewise.
 * `alpha`: above 0 and below 1. `thresholds`: `rows` numbers. `scratch`: `scratch_size`
 * bytes, 8-byte aligned, at least what `lgt_conformal_weighted_scratch` says, apart from
 * the other arrays.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (scores, weights, alpha), `LGT_E_SCRATCH`,
 * `LGT_E_ALIAS`. Advisory: `LGT_DEGENERATE`.
 *
 * # Accuracy
 * Thresholds are among the scores. A share within 1e-12, relative, of the wanted one
 * reaches it.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * R. Tibshirani et al., "Conformal Prediction Under Covariate Shift" (2019), corollary 1.
 *
 * # Example
 * ```c
 * double scores[3] = {0.3, 0.1, 0.2}, weights[3] = {1, 1, 6}, own[2] = {1, 8}, q[2];
 * uint64_t scratch[4 * 3];
 * assert(lgt_conformal_weighted(scores, weights, 3, own, 0.3, q, 2, scratch, sizeof scratch) == LGT_DEGENERATE);
 * assert(q[0] == 0.2 && q[1] > 1e300);
 * ```
 */
LGT_API lgt_status lgt_conformal_weighted(const double *scores, const double *weights, size_t n,
                                          const double *new_weights, double alpha,
                                          double *thresholds, size_t rows, void *scratch,
                                          size_t scratch_size);

/* ---- conformal_scores ---- */

/**
 * Writes the score that each row gives its own class: what `lgt_conformal_fit` makes
 * thresholds of. With `p` the probabilities of a row (softmax of logits, or what is
 * given), `p_y` that of its class, and classes in order from high to low, ties by
 * index, `rank` from 1, the score is, by `opts`:
 *
 * - `LGT_CONFORMAL_LAC`: `1 - p_y`.
 * - `LGT_CONFORMAL_APS`: the sum of `p` before the class, and `u p_y`.
 * - `LGT_CONFORMAL_RAPS`: the same, and `lambda max(0, rank - k_reg)`.
 * - `LGT_CONFORMAL_SAPS`: `u max p` for rank 1, else `max p + lambda (rank - 2 + u)`.
 * - `LGT_CONFORMAL_TOP_K`: `rank`.
 * - `LGT_CONFORMAL_MARGIN`: the largest `p` of another class (0 of one column) less
 *   `p_y`.
 *
 * `u` is drawn from the uniform distribution for each row by the caller, here and again
 * for the sets; NULL stands for 1, which is not random and makes sets a little larger
 * than promised. The other methods do not look at it. Entries of +inf share the mass;
 * one of -inf has probability 0. A row with a NaN, without an entry above -inf, or with
 * a probability below 0 or above 1.01, scores NaN, and `LGT_UNDEFINED` says so.
 *
 * # Shape
 * `x`: logits, or probabilities where `opts` say so, rows x cols, row-major, stride in
 * elements, at least cols. `labels`: one class a row, 0 to cols - 1, of the integer type
 * `label_type` (`LGT_I8` to `LGT_U64`). `u`: one number a row from 0 to 1, or NULL.
 * `scores`: one number a row. `opts`: NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (u, lambda), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * # Accuracy
 * A probability within 1e-6 (f64: 1e-13), relative, a sum of them within 2e-6 (f64:
 * 1e-13); ranks are exact.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. Sadinle, J. Lei and L. Wasserman, "Least Ambiguous Set-Valued Classifiers with
 * Bounded Error Levels" (2019); Y. Romano, M. Sesia and E. Candes, "Classification with
 * Valid and Adaptive Coverage" (2020), section 2; A. Angelopoulos et al., "Uncertainty
 * Sets for Image Classifiers using Conformal Prediction" (2021), algorithm 3; J. Huang
 * et al., "Conformal Prediction for Deep Classifier via Label Ranking" (2024); H. Lofstrom et al., "Bias Reduction through Conditional Conformal
 * Prediction" (2015) for the margin.
 *
 * # Example
 * ```c
 * float p[1][3] = {{0.5f, 0.25f, 0.25f}};
 * uint8_t y[1] = {1};
 * double score[1];
 * lgt_conformal_opts opts;
 * lgt_conformal_opts_default(&opts);
 * opts.flags = LGT_CONFORMAL_PROBABILITIES;
 * assert(lgt_conformal_scores_f32(&p[0][0], 3, y, LGT_U8, NULL, score, 1, 3, &opts) == LGT_OK);
 * assert(score[0] == 0.75);
 * opts.method = LGT_CONFORMAL_APS;
 * assert(lgt_conformal_scores_f32(&p[0][0], 3, y, LGT_U8, NULL, score, 1, 3, &opts) == LGT_OK);
 * assert(score[0] == 0.75);
 * ```
 */
LGT_API lgt_status lgt_conformal_scores_f32(const float *x, size_t x_stride, const void *labels,
                                            uint32_t label_type, const double *u, double *scores,
                                            size_t rows, size_t cols,
                                            const lgt_conformal_opts *opts);

/** `double` form of `lgt_conformal_scores_f32`. */
LGT_API lgt_status lgt_conformal_scores_f64(const double *x, size_t x_stride, const void *labels,
                                            uint32_t label_type, const double *u, double *scores,
                                            size_t rows, size_t cols,
                                            const lgt_conformal_opts *opts);

/** `lgt_f16` form of `lgt_conformal_scores_f32`; computed in f32. */
LGT_API lgt_status lgt_conformal_scores_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                            uint32_t label_type, const double *u, double *scores,
                                            size_t rows, size_t cols,
                                            const lgt_conformal_opts *opts);

/** `lgt_bf16` form of `lgt_conformal_scores_f32`; computed in f32. */
LGT_API lgt_status lgt_conformal_scores_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                             uint32_t label_type, const double *u, double *scores,
                                             size_t rows, size_t cols,
                                             const lgt_conformal_opts *opts);

/* ---- conformal_sets ---- */

/**
 * Writes how many bytes of scratch `lgt_conformal_sets` needs: 32 a column, of columns
 * in 64s.
 *
 * # Shape
 * `cols`: number of classes, below 2^32. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_conformal_sets_scratch(size_t cols, size_t *bytes);

/**
 * Writes the prediction set of each row: the classes whose scores, as
 * `lgt_conformal_scores` has them, are not above the model's threshold, or their own
 * where classes have thresholds of their own.
 *
 * A set is a bit a class: class `c` is bit `c % 64` of word `c / 64`, the lowest bit
 * first; bits past the last class are 0. It may be empty, where no class conforms. A
 * row that has no score (a NaN, nothing above -inf, what is no probability) has all
 * classes, and `LGT_UNDEFINED` says so. A threshold of +inf lets every class in.
 *
 * Rounding never keeps a class out: one whose score is above the threshold by no more
 * than sums in another order differ (4e-6, f64: 1e-11; of LAC 2^-52 and 1e-11 of `p`)
 * is in the set. So a row that made the threshold has its class in its set.
 *
 * Few classes are looked at one by one, those of which it is not plain whether they are
 * in the set; a row in which these are more than 64, because so many are equal, is sorted.
 *
 * # Shape
 * `model`: a fitted model. `x`: logits, or probabilities where the model was fitted to
 * those, rows x cols, row-major, stride in elements, at least cols; as many columns as
 * the model has classes, if they have thresholds of their own. `u`: what is drawn for
 * each row, from 0 to 1, or NULL; drawn anew, as in the scores. `thresholds`: one a row
 * in place of those of the model, or NULL. `masks`: rows x ceil(cols / 64) words, stride
 * `mask_stride` in words. `sizes`: one number a row, of the classes in its set, or NULL. `scratch`:
 * `scratch_size` bytes, 8-byte aligned, at least what `lgt_conformal_sets_scratch` says,
 * apart from the other arrays.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` if the bytes at `model` are no model of this kind,
 * `LGT_E_SHAPE`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (u, thresholds),
 * `LGT_E_SCRATCH`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * # Accuracy
 * As said above: scores are those of `lgt_conformal_scores` on this machine.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_conformal_scores_f32` and `lgt_conformal_fit`.
 *
 * # Example
 * ```c
 * double scores[4] = {0.3, 0.1, 0.9, 0.8};
 * float x[1][3] = {{1, 0, -4}};
 * uint64_t model[12], set[1], scratch[256];
 * uint32_t size[1];
 * assert(lgt_conformal_fit(model, sizeof model, scores, NULL, LGT_U8, 4, 0, 0.4, NULL, NULL, 0) == LGT_OK);
 * assert(lgt_conformal_sets_f32(model, &x[0][0], 3, NULL, NULL, set, 1, size, 1, 3, scratch, sizeof scratch) == LGT_OK);
 * assert(set[0] == 3 && size[0] == 2);
 * ```
 */
LGT_API lgt_status lgt_conformal_sets_f32(const void *model, const float *x, size_t x_stride,
                                          const double *u, const double *thresholds,
                                          uint64_t *masks, size_t mask_stride, uint32_t *sizes,
                                          size_t rows, size_t cols, void *scratch,
                                          size_t scratch_size);

/** `double` form of `lgt_conformal_sets_f32`. */
LGT_API lgt_status lgt_conformal_sets_f64(const void *model, const double *x, size_t x_stride,
                                          const double *u, const double *thresholds,
                                          uint64_t *masks, size_t mask_stride, uint32_t *sizes,
                                          size_t rows, size_t cols, void *scratch,
                                          size_t scratch_size);

/** `lgt_f16` form of `lgt_conformal_sets_f32`; computed in f32. */
LGT_API lgt_status lgt_conformal_sets_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                          const double *u, const double *thresholds,
                                          uint64_t *masks, size_t mask_stride, uint32_t *sizes,
                                          size_t rows, size_t cols, void *scratch,
                                          size_t scratch_size);

/** `lgt_bf16` form of `lgt_conformal_sets_f32`; computed in f32. */
LGT_API lgt_status lgt_conformal_sets_bf16(const void *model, const lgt_bf16 *x, size_t x_stride,
                                           const double *u, const double *thresholds,
                                           uint64_t *masks, size_t mask_stride, uint32_t *sizes,
                                           size_t rows, size_t cols, void *scratch,
                                           size_t scratch_size);

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
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL` (of either array), `LGT_E_VALUE` (weights),
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta),
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION` (a
 * state
 * with weights: see `lgt_confusion_get_matrix`).
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION`
 * (normalize).
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
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

/* ---- contrastive_dro ---- */

/**
 * The robust contrastive loss of anchors, each with its partner on the diagonal:
 * `tau ln mean exp(h / tau) + tau rho`, where `h_j = s_ij - s_ii` for the columns
 * `j != i`, with its derivatives in the similarities and in `tau`.
 *
 * `dx_ij = p_j`, the softmax of `h / tau` over the others, and `dx_ii = -1`;
 * `dtau = rho - KL(p || uniform)`. An entry at -inf is masked, as if it were not there: of
 * the mean too. A NaN makes its row NaN, and so does a row with nothing else above
 * -inf, with `LGT_EMPTY_ROW`. If others are at +inf, which then share `p`, the loss is +inf.
 *
 * # Shape
 * `x`: similarities, rows x cols, row-major, stride in elements, at least cols; the
 * partner of row `i` is column `i`, so rows is at most cols. `taus`: `tau_count` numbers
 * from 1e-6 to 1e6, one for all rows or one a row; or NULL for 1. `rho`: any finite
 * number. `loss`, `dtau`: one number a row, or NULL. `dx`: rows x cols, or NULL.
 *
 * # In place
 * `dx == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_SHAPE` (`tau_count`, or more rows
 * than columns), `LGT_E_VALUE` (taus, rho), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * As `lgt_tau_cross_entropy_f32`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_tau_cross_entropy_f32`; the form for anchors is that of its contrastive
 * experiments.
 *
 * # Example
 * ```c
 * float s[2][2] = {{0.5f, 0.25f}, {0, 0.5f}};
 * double loss[2], tau = 1;
 * assert(lgt_contrastive_dro_f32(&s[0][0], 2, &tau, 1, 0, loss, NULL, 0, NULL, 2, 2) == LGT_OK);
 * assert(loss[0] == -0.25 && loss[1] == -0.5);
 * ```
 */
LGT_API lgt_status lgt_contrastive_dro_f32(const float *x, size_t x_stride, const double *taus,
                                           size_t tau_count, double rho, double *loss, float *dx,
                                           size_t dx_stride, double *dtau, size_t rows,
                                           size_t cols);

/** `double` form of `lgt_contrastive_dro_f32`. */
LGT_API lgt_status lgt_contrastive_dro_f64(const double *x, size_t x_stride, const double *taus,
                                           size_t tau_count, double rho, double *loss, double *dx,
                                           size_t dx_stride, double *dtau, size_t rows,
                                           size_t cols);

/** `lgt_f16` form of `lgt_contrastive_dro_f32`; computed in f32. */
LGT_API lgt_status lgt_contrastive_dro_f16(const lgt_f16 *x, size_t x_stride, const double *taus,
                                           size_t tau_count, double rho, double *loss, lgt_f16 *dx,
                                           size_t dx_stride, double *dtau, size_t rows,
                                           size_t cols);

/** `lgt_bf16` form of `lgt_contrastive_dro_f32`; computed in f32. */
LGT_API lgt_status lgt_contrastive_dro_bf16(const lgt_bf16 *x, size_t x_stride, const double *taus,
                                            size_t tau_count, double rho, double *loss,
                                            lgt_bf16 *dx, size_t dx_stride, double *dtau,
                                            size_t rows, size_t cols);

/* ---- coverage ---- */

/** The result of `lgt_coverage_finish`. */
typedef struct lgt_coverage_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** The sum of weights. */
  double weight;
  /** The share of rows whose set holds their class. */
  double coverage;
  /** The mean number of classes in a set. */
  double mean_size;
  /** The share of sets without a class. */
  double empty;
  /** The share of sets of one class. */
  double single;
  /** The least coverage of the rows of a class. */
  double least_class_coverage;
  /** The mean over classes of how far their coverage is from 1 - alpha. */
  double class_gap;
  /**
   * Size-stratified coverage violation: the most that the coverage of a group of
   * sizes is from 1 - alpha.
   */
  double size_violation;
} lgt_coverage_report;

/** Rows of one class, or with sets of one size. */
typedef struct lgt_coverage_group {
  /** The sum of their weights. */
  double weight;
  /** That of those whose set holds their class. */
  double covered;
  /** covered / weight; NaN without a row. */
  double coverage;
} lgt_coverage_group;

/**
 * Writes how many bytes a state of `lgt_coverage` needs: 128 a class and 88.
 *
 * # Shape
 * `classes`: at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (classes: 0, or a state of 4 GiB).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_coverage_size(uint32_t classes, size_t *bytes);

/**
 * Starts a state of the coverage of prediction sets: how often they hold the true
 * class, and how large they are.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_coverage_size` says. `classes`: at least 1.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (classes).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_coverage_init(void *state, size_t size, uint32_t classes);

/**
 * Adds rows to a state of the coverage of prediction sets: how often they hold the
 * true class, and how large they are.
 *
 * Sets are as `lgt_conformal_sets_f32` writes them, whatever made them: class `c` is
 * bit `c % 64` of word `c / 64`, the lowest bit first. Bits past the last class are not
 * looked at. An empty set is a set, and covers nothing.
 *
 * # Shape
 * `masks`: rows x ceil(cols / 64) words, row-major, stride `mask_stride` in words, at
 * least as many. `labels`: one class a row, 0 to cols - 1, of the integer type
 * `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or
 * NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `cols`: the
 * classes that `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SHAPE` (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`,
 * `LGT_E_VALUE` (weights), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * Exact: sums of weights are exact.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * As `lgt_coverage_finish`.
 *
 * # Example
 * ```c
 * uint64_t state[11 + 16 * 3], sets[3] = {1, 6, 0};
 * uint8_t labels[3] = {0, 1, 2};
 * lgt_coverage_report report;
 * assert(lgt_coverage_init(state, sizeof state, 3) == LGT_OK);
 * assert(lgt_coverage_update(state, sets, 1, labels, LGT_U8, NULL, 3, 3) == LGT_OK);
 * assert(lgt_coverage_finish(state, &report, 0.1, NULL, 0) == LGT_OK);
 * assert(report.coverage == 2.0 / 3 && report.mean_size == 1 && report.empty == 1.0 / 3);
 * ```
 */
LGT_API lgt_status lgt_coverage_update(void *state, const uint64_t *masks, size_t mask_stride,
                                       const void *labels, uint32_t label_type,
                                       const double *weights, size_t rows, size_t cols);

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
LGT_API lgt_status lgt_coverage_merge(void *state, const void *other);

/**
 * Writes the coverage of all rows and the sizes of their sets, and how coverage
 * differs from class to class and from size to size; the state can go on.
 *
 * `least_class_coverage` and `class_gap` are over classes that have rows: the least
 * coverage of one, and the plain mean of `|coverage - (1 - alpha)|` (CovGap is 100 times
 * that). `size_violation` is the largest `|coverage - (1 - alpha)|` of groups of rows
 * whose sets are of like size, SSCV; groups without rows do not count. Sizes of 0 and
 * 1, 2 and 3, 4 to 10, 11 to 100 and beyond are the groups, unless there are `edges`.
 *
 * # Shape
 * `report`: one struct. All NaN but `rows` and `weight`, with `LGT_UNDEFINED`, if
 * nothing was seen. `alpha`: the share of rows whose set may miss their class, above 0
 * and below 1. `edges`: the largest size of each group but the last, rising, `count` of
 * them, at most 65536; NULL and 0 for those above. With edges and a count of 0 all
 * sizes are one group.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (alpha, edges), `LGT_E_SIZE`
 * (count).
 * Advisory: `LGT_UNDEFINED`.
 *
 * # Accuracy
 * Within 1e-15, `mean_size` relative to itself: sums are exact, and quotients and
 * differences are rounded once.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * A. Angelopoulos et al., "Uncertainty Sets for Image Classifiers using Conformal
 * Prediction" (2021), size-stratified coverage violation and its groups; T. Ding et
 * al., "Class-Conditional Conformal Prediction with Many Classes" (2023), CovGap.
 *
 * # Example
 * ```c
 * uint64_t state[11 + 16 * 2], sets[4] = {1, 1, 3, 3};
 * uint8_t labels[4] = {0, 1, 1, 1};
 * uint32_t edges[1] = {1};
 * lgt_coverage_report report;
 * assert(lgt_coverage_init(state, sizeof state, 2) == LGT_OK);
 * assert(lgt_coverage_update(state, sets, 1, labels, LGT_U8, NULL, 4, 2) == LGT_OK);
 * assert(lgt_coverage_finish(state, &report, 0.25, edges, 1) == LGT_OK);
 * assert(report.size_violation == 0.25 && report.least_class_coverage == 2.0 / 3);
 * ```
 */
LGT_API lgt_status lgt_coverage_finish(const void *state, lgt_coverage_report *report, double alpha,
                                       const uint32_t *edges, size_t count);

/**
 * Writes the coverage of the rows of each class; the state can go on.
 *
 * # Shape
 * `classes`: `count` structs; at least as many as `init` was told. A class without
 * rows has a coverage of NaN.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_coverage_get_classes(const void *state, lgt_coverage_group *classes,
                                            size_t count);

/**
 * Writes the coverage of the rows whose sets are of each size, from 0 to all classes;
 * the state can go on.
 *
 * # Shape
 * `sizes`: `count` structs; at least one more than `init` was told classes. A size
 * that no set has has a coverage of NaN.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_coverage_get_sizes(const void *state, lgt_coverage_group *sizes,
                                          size_t count);

/* ---- cross_entropy ---- */

/**
 * Options of `lgt_cross_entropy` and `lgt_cross_entropy_soft`. Fill with
 * `lgt_cross_entropy_opts_default`, then change what is to be different.
 */
typedef struct lgt_cross_entropy_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_REDUCTION_`; default `LGT_REDUCTION_SUM`. */
  uint32_t reduction;
  /**
   * Gradients are multiplied by this, so that small ones are not lost in types of 16
   * bits. Default 1; finite.
   */
  double grad_scale;
  /** How much of each label is shared out among all classes. Default 0; from 0 to 1. */
  double label_smoothing;
  /**
   * What the square of the logarithm of a row's sum of exponentials is multiplied by
   * before it is added to its loss. Default 0; at least 0, finite.
   */
  double lse_penalty;
  /**
   * Logits are multiplied by this: an inverse temperature. Default 1; from 1e-30 to
   * 1e30.
   */
  double scale;
  /**
   * A row with this label is left out. Default -100; any number. Of
   * `lgt_cross_entropy` only.
   */
  int64_t ignore_index;
  /** A weight for each class, at least 0, finite; or NULL for 1 each. */
  const double *class_weights;
} lgt_cross_entropy_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_cross_entropy_opts_default(lgt_cross_entropy_opts *opts);

/**
 * Cross-entropy of each row of logits with its label, `-ln p` of the label's share `p`,
 * and its gradient.
 *
 * With label smoothing `e` the target is `1 - e` of the label and `e / cols` of each
 * class, so that the loss is `-sum_c w_c t_c ln p_c` for targets `t` and class weights
 * `w`. `lse_penalty` adds itself times the square of `lse`. -inf is a share of 0; a class
 * at -inf with a target above 0 makes a loss of +inf. Entries at +inf share the mass. A
 * NaN makes its row NaN, and so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type`, or the `ignore_index`.
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each. A row that is left out,
 * or of weight 0, has a loss of 0, a gradient of zeros and an `lse` of NaN. `loss`: each
 * row's own loss, without its weight but with its class's, or NULL. `lse`: the natural
 * logarithm of `sum_c exp(scale x[r][c])` a row, or NULL. `grad`: rows x cols, or NULL:
 * the gradient of the reduced loss in `x`, times `grad_scale`. `total`: the reduced loss,
 * or NULL. `opts`: NULL for the defaults. The mean divides by the sum of the weights of
 * rows times those of their labels' classes.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * options), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
 * the mean of no rows, or of weights that are all 0, which is NaN.
 *
 * # Accuracy
 * A row's loss, without smoothing and penalty: at most 1e-6 (f64: 1e-14) relative, however
 * small; else relative to the largest of 1, its terms and `scale x`, squared for the
 * penalty. `lse` likewise. A gradient: at most 2e-6 (f64: 2e-14) times its row's weight,
 * besides the rounding to its type; where a class weight, a penalty or `scale` is above 1
 * times as much. `total` is the exact sum, rounded once: the order of rows does not matter.
 *
 * One pass over memory without a gradient; with it each row is read once and its gradient
 * written once while the next is read, past the cache where all of them are more than 32
 * MiB. For threads, split the rows: the sum of totals is the total, and `grad_scale` can
 * be one over the number of all rows.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook; label smoothing and class weights as `torch.nn.functional.cross_entropy` has
 * them. The penalty is that of A. Chowdhery et al., "PaLM: Scaling Language Modeling with
 * Pathways" (2022).
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 0}}, grad[1][2];
 * int32_t y[1] = {1};
 * double loss;
 * assert(lgt_cross_entropy_f32(&x[0][0], 2, y, LGT_I32, NULL, &loss, NULL, &grad[0][0], 2,
 *                              NULL, 1, 2, NULL) == LGT_OK);
 * assert(loss > 0.69314 && loss < 0.69315 && grad[0][0] == 0.5f && grad[0][1] == -0.5f);
 * ```
 */
LGT_API lgt_status lgt_cross_entropy_f32(const float *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const float *weights, double *loss,
                                         double *lse, float *grad, size_t grad_stride,
                                         double *total, size_t rows, size_t cols,
                                         const lgt_cross_entropy_opts *opts);

/** `double` form of `lgt_cross_entropy_f32`. */
LGT_API lgt_status lgt_cross_entropy_f64(const double *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const double *weights, double *loss,
                                         double *lse, double *grad, size_t grad_stride,
                                         double *total, size_t rows, size_t cols,
                                         const lgt_cross_entropy_opts *opts);

/** `lgt_f16` form of `lgt_cross_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_cross_entropy_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const float *weights, double *loss,
                                         double *lse, lgt_f16 *grad, size_t grad_stride,
                                         double *total, size_t rows, size_t cols,
                                         const lgt_cross_entropy_opts *opts);

/** `lgt_bf16` form of `lgt_cross_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_cross_entropy_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const float *weights, double *loss,
                                          double *lse, lgt_bf16 *grad, size_t grad_stride,
                                          double *total, size_t rows, size_t cols,
                                          const lgt_cross_entropy_opts *opts);

/**
 * Cross-entropy of each row of logits with soft labels, `-sum_c w_c t_c ln p_c`, and its
 * gradient.
 *
 * Targets are `1 - e` times the soft labels and `e / cols` more for each class, with label
 * smoothing `e`; they need not sum to 1. A target of 0 counts nothing, whatever its logit.
 * All else is as `lgt_cross_entropy_f32` has it.
 *
 * # Shape
 * `targets`: soft labels, rows x cols, at least 0, finite. `x`, `weights`, `loss`, `lse`,
 * `grad`, `total`, `opts`: as `lgt_cross_entropy_f32`; `ignore_index` is not looked at. The
 * mean divides by the sum of the weights of rows, as torch's does.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (targets, weights, options),
 * `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the mean
 * of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 1e-14) relative, where there is no penalty. Its gradient:
 * at most 2e-6 (f64: 2e-14) times its row's weight and the sum of its targets, besides the
 * rounding to its type. `total` is the exact sum, rounded once.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook; `torch.nn.functional.cross_entropy` of class probabilities.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 0}}, t[1][2] = {{0.25f, 0.75f}}, grad[1][2];
 * double loss;
 * assert(lgt_cross_entropy_soft_f32(&x[0][0], 2, &t[0][0], 2, NULL, &loss, NULL, &grad[0][0], 2,
 *                                   NULL, 1, 2, NULL) == LGT_OK);
 * assert(loss > 0.69314 && loss < 0.69315 && grad[0][0] == 0.25f && grad[0][1] == -0.25f);
 * ```
 */
LGT_API lgt_status lgt_cross_entropy_soft_f32(const float *x, size_t x_stride, const float *targets,
                                              size_t target_stride, const float *weights,
                                              double *loss, double *lse, float *grad,
                                              size_t grad_stride, double *total, size_t rows,
                                              size_t cols, const lgt_cross_entropy_opts *opts);

/** `double` form of `lgt_cross_entropy_soft_f32`. */
LGT_API lgt_status lgt_cross_entropy_soft_f64(const double *x, size_t x_stride,
                                              const double *targets, size_t target_stride,
                                              const double *weights, double *loss, double *lse,
                                              double *grad, size_t grad_stride, double *total,
                                              size_t rows, size_t cols,
                                              const lgt_cross_entropy_opts *opts);

/** `lgt_f16` form of `lgt_cross_entropy_soft_f32`; computed in f32. */
LGT_API lgt_status lgt_cross_entropy_soft_f16(const lgt_f16 *x, size_t x_stride,
                                              const lgt_f16 *targets, size_t target_stride,
                                              const float *weights, double *loss, double *lse,
                                              lgt_f16 *grad, size_t grad_stride, double *total,
                                              size_t rows, size_t cols,
                                              const lgt_cross_entropy_opts *opts);

/** `lgt_bf16` form of `lgt_cross_entropy_soft_f32`; computed in f32. */
LGT_API lgt_status lgt_cross_entropy_soft_bf16(const lgt_bf16 *x, size_t x_stride,
                                               const lgt_bf16 *targets, size_t target_stride,
                                               const float *weights, double *loss, double *lse,
                                               lgt_bf16 *grad, size_t grad_stride, double *total,
                                               size_t rows, size_t cols,
                                               const lgt_cross_entropy_opts *opts);

/* ---- csr ---- */

/**
 * Rows that have a few columns each, one row behind the other: compressed sparse rows.
 * Numbers that belong to the entries, such as scores, are an array apart.
 */
typedef struct lgt_csr {
  /**
   * Where each row starts among the entries, and where the last one ends: rows + 1
   * numbers that do not descend. The first need not be 0.
   */
  const void *indptr;
  /**
   * The column of each entry: from 0 on, in ascending order within a row and none
   * twice in it.
   */
  const void *indices;
  /** How many entries there are. */
  size_t nnz;
  /** The integer type of `indptr`, `LGT_I8` to `LGT_U64`. */
  uint32_t indptr_type;
  /** That of `indices`. */
  uint32_t indices_type;
} lgt_csr;

/**
 * Adds to each column's count the rows that have it.
 *
 * The counts are what `lgt_inverse_propensity` is made of. Nothing is set to 0
 * first, so that rows may come in parts.
 *
 * # Shape
 * `csr`: `rows` rows of columns below `cols`. `counts`: `cols` numbers.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_SHAPE` (rows overlap, or end past the last
 * entry), `LGT_E_LABEL` (a column out of range, out of order or twice in a row; an
 * unknown type). The counts are then as they were.
 *
 * # Accuracy
 * Exact.
 *
 * Thread safety: any thread, as long as no other writes the arrays or uses `counts`.
 *
 * # Source
 * By definition.
 *
 * # Example
 * ```c
 * int32_t starts[3] = {0, 2, 3}, columns[3] = {0, 3, 3};
 * lgt_csr rows = {starts, columns, 3, LGT_I32, LGT_I32};
 * uint64_t counts[4] = {0};
 * assert(lgt_csr_count(&rows, counts, 2, 4) == LGT_OK);
 * assert(counts[0] == 1 && counts[3] == 2);
 * ```
 */
LGT_API lgt_status lgt_csr_count(const lgt_csr *csr, uint64_t *counts, size_t rows, size_t cols);

/* ---- decoupled_softmax ---- */

/**
 * Decoupled softmax loss of each row of scores, with its gradient: each positive competes
 * with the row's negatives, and not with the other positives.
 *
 * With `z = x / temperature`, `L = ln sum exp(z)` over the negatives and `P` the number of
 * positives, a row's loss is the sum over its positives of `g ln(1 + exp(L - z)) / P` for
 * gains `g`. A row without positives or without negatives has a loss of 0 and no gradient;
 * in the mean it counts all the same. A positive at -inf has a loss of +inf, and so has
 * each beside a negative at +inf; such negatives share the mass. A NaN makes its row's loss
 * NaN, unless it is left out.
 *
 * In shards: let each find `L` of its own negatives, by `lgt_extsum` of its scores with
 * -inf where there is no negative, and merge those. Where a row's positives are, give the
 * merged logarithm as `lse`; `pull` is then what the shares of negatives are multiplied by
 * on other shards, which `lgt_extsum_scale` computes from the merged sum.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: rows x
 * cols integers of the type `label_type`: 1 is a positive, 0 a negative, -1 or 2 left out.
 * `gains`: rows x cols, at least 0, finite, or NULL for 1; only those of positives count.
 * `lse`: `L` of each row, over all negatives wherever they are, or NULL to compute it.
 * `temperature`: from 1e-30 to 1e30. `pull`: the sum of `g sigmoid(L - z) / P` over each
 * row's positives, or NULL; untouched of rows of weight 0. `weights`, `loss`, `grad`,
 * `total`, `opts`: as `lgt_focal_f32`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (gains, weights,
 * temperature, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for
 * the mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 2e-6 (f64: 1e-14) times the largest of 1, the gains and scores
 * divided by `temperature`. Its gradient as much, divided by `temperature`, besides the
 * rounding to its type. `total` is the exact sum, rounded once: the order of rows does not
 * matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * N. Gupta et al., "Dual-Encoders for Extreme Multi-Label Classification" (2024).
 *
 * # Example
 * ```c
 * float x[1][4] = {{2, 1, 0, -1}}, grad[1][4];
 * uint8_t y[1][4] = {{1, 0, 1, 0}};
 * double loss;
 * assert(lgt_decoupled_softmax_f32(&x[0][0], 4, y, 4, LGT_U8, NULL, 0, NULL, NULL, 1, &loss, NULL,
 *                                  &grad[0][0], 4, NULL, 1, 4, NULL) == LGT_OK);
 * assert(loss > 0.87830 && loss < 0.87831 && grad[0][0] < 0 && grad[0][1] > 0);
 * ```
 */
LGT_API lgt_status lgt_decoupled_softmax_f32(const float *x, size_t x_stride, const void *labels,
                                             size_t labels_stride, uint32_t label_type,
                                             const float *gains, size_t gains_stride,
                                             const float *weights, const double *lse,
                                             double temperature, double *loss, double *pull,
                                             float *grad, size_t grad_stride, double *total,
                                             size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_decoupled_softmax_f32`. */
LGT_API lgt_status lgt_decoupled_softmax_f64(const double *x, size_t x_stride, const void *labels,
                                             size_t labels_stride, uint32_t label_type,
                                             const double *gains, size_t gains_stride,
                                             const double *weights, const double *lse,
                                             double temperature, double *loss, double *pull,
                                             double *grad, size_t grad_stride, double *total,
                                             size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_decoupled_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_decoupled_softmax_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                             size_t labels_stride, uint32_t label_type,
                                             const lgt_f16 *gains, size_t gains_stride,
                                             const float *weights, const double *lse,
                                             double temperature, double *loss, double *pull,
                                             lgt_f16 *grad, size_t grad_stride, double *total,
                                             size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_decoupled_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_decoupled_softmax_bf16(const lgt_bf16 *x, size_t x_stride,
                                              const void *labels, size_t labels_stride,
                                              uint32_t label_type, const lgt_bf16 *gains,
                                              size_t gains_stride, const float *weights,
                                              const double *lse, double temperature, double *loss,
                                              double *pull, lgt_bf16 *grad, size_t grad_stride,
                                              double *total, size_t rows, size_t cols,
                                              const lgt_loss_opts *opts);

/* ---- delong ---- */

/** The result of `lgt_delong`. */
typedef struct lgt_delong_report {
  /** All rows. */
  uint64_t rows;
  /** Those whose score is NaN; all below but the counts is then NaN. */
  uint64_t nan_rows;
  /** Rows of label 1. */
  uint64_t positives;
  /** Rows of label 0. */
  uint64_t negatives;
  /** The area under the ROC curve. */
  double auroc;
  /** Its variance; NaN unless there are two rows of each label. */
  double variance;
  /** The root of that. */
  double std_error;
  /** The lower bound of the normal interval, at least 0. */
  double low;
  /** Its upper bound, at most 1. */
  double high;
  /** The lower bound of the interval that is normal for the AUROC's logit. */
  double logit_low;
  /** Its upper bound. */
  double logit_high;
} lgt_delong_report;

/** The result of `lgt_delong_test`. */
typedef struct lgt_delong_test_report {
  /** All rows. */
  uint64_t rows;
  /** Those of which a score is NaN; all below but the counts is then NaN. */
  uint64_t nan_rows;
  /** Rows of label 1. */
  uint64_t positives;
  /** Rows of label 0. */
  uint64_t negatives;
  /** The AUROC of the first scores. */
  double first_auroc;
  /** That of the second. */
  double second_auroc;
  /** The first less the second. */
  double difference;
  /** The variance of the first. */
  double first_variance;
  /** That of the second. */
  double second_variance;
  /** Their covariance. */
  double covariance;
  /** The standard error of the difference. */
  double std_error;
  /** The difference over that; NaN if it is 0. */
  double z;
  /** The two-sided p-value. */
  double p;
  /** The lower bound of the interval for the difference, at least -1. */
  double low;
  /** Its upper bound, at most 1. */
  double high;
} lgt_delong_test_report;

/**
 * Writes how many bytes of scratch `lgt_delong` needs: 8 a score.
 *
 * # Shape
 * `n`: number of scores, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_delong_scratch(size_t n, size_t *bytes);

/**
 * The area under the ROC curve with its variance and confidence intervals, by DeLong's
 * method.
 *
 * The AUROC is the share of pairs of a row of label 1 and one of label 0 in which the
 * first has the higher score; equal scores count half. Its variance is that of the
 * shares that each row has of it. `low` and `high` are the normal interval, cut at 0 and
 * 1, as pROC's `ci.auc` has it; `logit_low` and `logit_high` are normal for the AUROC's
 * logit, which covers better near 1. To compare two AUROCs of different rows, divide
 * their difference by the root of the sum of both variances; of the same rows, use
 * `lgt_delong_test`.
 *
 * Where all rows of label 1 are above all others, the estimate of the variance is 0, and
 * so is the width of both intervals: that is what the method says, not what is known.
 * One label alone has no AUROC; a single row of a label has no variance. -0 is equal to
 * 0, infinities are scores like any others. A NaN is counted in `nan_rows` and makes
 * the result NaN. A batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `x`: `n` scores. `labels`: `n` times 0 or 1, of the integer type `label_type`
 * (`LGT_I8` to `LGT_U64`). `confidence`: of the intervals, above 0 and below 1.
 * `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_delong_scratch` says, apart from the other arrays; what is there before does not
 * matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (confidence),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`
 * (a NaN was there, or fewer than two rows of a label).
 *
 * # Accuracy
 * The AUROC and its variance: relative 2e-15. Bounds: absolute 1e-14. Sums are exact, and
 * the order of rows changes nothing.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * E. DeLong, D. DeLong and D. Clarke-Pearson, "Comparing the Areas Under Two or More
 * Correlated Receiver Operating Characteristic Curves" (1988), equations 4 to 6; X. Sun
 * and W. Xu, "Fast Implementation of DeLong's Algorithm" (2014), for the time of a sort.
 *
 * # Example
 * ```c
 * float x[4] = {3, 2, 2, 1};
 * uint8_t y[4] = {1, 1, 0, 0};
 * uint64_t scratch[4];
 * lgt_delong_report report;
 * assert(lgt_delong_f32(x, y, LGT_U8, 0.95, &report, 4, scratch, sizeof scratch) == LGT_OK);
 * assert(report.auroc == 0.875 && report.variance == 0.03125);
 * ```
 */
LGT_API lgt_status lgt_delong_f32(const float *x, const void *labels, uint32_t label_type,
                                  double confidence, lgt_delong_report *report, size_t n,
                                  void *scratch, size_t scratch_size);

/** `double` form of `lgt_delong_f32`. */
LGT_API lgt_status lgt_delong_f64(const double *x, const void *labels, uint32_t label_type,
                                  double confidence, lgt_delong_report *report, size_t n,
                                  void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_delong_f32`. */
LGT_API lgt_status lgt_delong_f16(const lgt_f16 *x, const void *labels, uint32_t label_type,
                                  double confidence, lgt_delong_report *report, size_t n,
                                  void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_delong_f32`. */
LGT_API lgt_status lgt_delong_bf16(const lgt_bf16 *x, const void *labels, uint32_t label_type,
                                   double confidence, lgt_delong_report *report, size_t n,
                                   void *scratch, size_t scratch_size);

/**
 * Writes how many bytes of scratch `lgt_delong_test` needs: 12 a row.
 *
 * # Shape
 * `n`: number of rows, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_delong_test_scratch(size_t n, size_t *bytes);

/**
 * Compares the AUROCs of two scores of the same rows, by DeLong's test.
 *
 * Rows that both scores find hard make both AUROCs low at once: the variance of the
 * difference is that of both less twice their covariance, which is of the same shares of
 * single rows that `lgt_delong` takes the variance of. `z` is the difference over its
 * standard error, `p` its two-sided p-value, as pROC's `roc.test` with paired curves.
 *
 * Where the variance of the difference is 0, as for scores that order the rows alike,
 * there is no test: `z` and `p` are NaN. As for the rest, see `lgt_delong`.
 *
 * # Shape
 * `first`, `second`: `n` scores each. `labels`: `n` times 0 or 1, of the integer type
 * `label_type`. `confidence`: of the interval for the difference, above 0 and below 1.
 * `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_delong_test_scratch` says, apart from the other arrays.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (confidence),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`
 * (`p` is NaN).
 *
 * # Accuracy
 * Relative errors: 2e-15 of AUROCs, their difference and variances, and of the covariance
 * over the root of both variances; 1e-12 of the p-value. The order of rows changes
 * nothing.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * E. DeLong, D. DeLong and D. Clarke-Pearson, "Comparing the Areas Under Two or More
 * Correlated Receiver Operating Characteristic Curves" (1988), section 3.
 *
 * # Example
 * ```c
 * float a[6] = {6, 5, 3, 4, 2, 1}, b[6] = {6, 2, 4, 5, 3, 1};
 * uint8_t y[6] = {1, 1, 1, 0, 0, 0};
 * uint64_t scratch[9];
 * lgt_delong_test_report report;
 * assert(lgt_delong_test_f32(a, b, y, LGT_U8, 0.95, &report, 6, scratch, sizeof scratch) == LGT_OK);
 * assert(report.first_auroc > report.second_auroc && report.p > 0.3 && report.p < 0.4);
 * ```
 */
LGT_API lgt_status lgt_delong_test_f32(const float *first, const float *second, const void *labels,
                                       uint32_t label_type, double confidence,
                                       lgt_delong_test_report *report, size_t n, void *scratch,
                                       size_t scratch_size);

/** `double` form of `lgt_delong_test_f32`. */
LGT_API lgt_status lgt_delong_test_f64(const double *first, const double *second,
                                       const void *labels, uint32_t label_type, double confidence,
                                       lgt_delong_test_report *report, size_t n, void *scratch,
                                       size_t scratch_size);

/** `lgt_f16` form of `lgt_delong_test_f32`. */
LGT_API lgt_status lgt_delong_test_f16(const lgt_f16 *first, const lgt_f16 *second,
                                       const void *labels, uint32_t label_type, double confidence,
                                       lgt_delong_test_report *report, size_t n, void *scratch,
                                       size_t scratch_size);

/** `lgt_bf16` form of `lgt_delong_test_f32`. */
LGT_API lgt_status lgt_delong_test_bf16(const lgt_bf16 *first, const lgt_bf16 *second,
                                        const void *labels, uint32_t label_type, double confidence,
                                        lgt_delong_test_report *report, size_t n, void *scratch,
                                        size_t scratch_size);

/* ---- det_curve ---- */

/**
 * Writes how many bytes of scratch `lgt_det_curve` needs: without weights 4 a score, of
 * f64 8; with weights 8.
 *
 * # Shape
 * `n`: number of scores, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of one, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_det_curve_scratch(size_t n, size_t score_size, uint32_t weighted,
                                         size_t *bytes);

/**
 * The detection error tradeoff curve: for every threshold the share of label 0 whose scores
 * are at least that, and the share of label 1 whose scores are below.
 *
 * A point is written for every score and one for a threshold of infinity, above which
 * nothing lies; the lowest threshold comes first (scikit-learn's `det_curve`). The curve
 * goes from the highest threshold that misses nothing to the lowest without a false
 * positive, as what is beyond has no place on its logarithmic or normal scales. With
 * `corners` 1, points between two of the same `fnr` are left out (`drop_intermediate`).
 *
 * A curve has at most `n + 1` points. With a smaller `capacity` than it has, nothing is
 * written but the report, whose `points` says how many there are, and the status is
 * `LGT_E_SIZE`. Of one class the rate of the other is NaN, and the status
 * `LGT_UNDEFINED`; so it is, without a point, of nothing and if a score is NaN.
 * A batch function over arrays and scratch of the caller. The order of rows does not change
 * a bit.
 *
 * # Shape
 * `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
 * the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 * `fpr`, `fnr`, `thresholds`: `capacity` numbers each, apart from each other and
 * from all else; thresholds are of the type of scores. `report`: one struct. `corners`: 0
 * or 1.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_det_curve_scratch` says,
 * apart from the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (`capacity` as well), `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * `corners`), `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (a rate is).
 *
 * # Accuracy
 * Rates without weights are quotients of whole numbers, rounded once; with weights they
 * lose at most 2e-15.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. Martin et al., "The DET Curve in Assessment of Detection Task Performance" (1997).
 *
 * # Example
 * ```c
 * float x[4] = {0.1f, 0.4f, 0.35f, 0.8f}, thresholds[5];
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t scratch[2];
 * double fpr[5], fnr[5];
 * lgt_roc_curve_report report;
 * assert(lgt_det_curve_f32(x, y, LGT_U8, NULL, fpr, fnr, thresholds, &report, 4, 5, 0, scratch,
 *                          sizeof scratch) == LGT_OK);
 * assert(report.points == 3 && thresholds[0] == 0.35f && fpr[0] == 0.5 && fnr[0] == 0);
 * assert(thresholds[2] == 0.8f && fpr[2] == 0 && fnr[2] == 0.5);
 * ```
 */
LGT_API lgt_status lgt_det_curve_f32(const float *x, const void *labels, uint32_t label_type,
                                     const float *weights, double *fpr, double *fnr,
                                     float *thresholds, lgt_roc_curve_report *report, size_t n,
                                     size_t capacity, uint32_t corners, void *scratch,
                                     size_t scratch_size);

/** `double` form of `lgt_det_curve_f32`. */
LGT_API lgt_status lgt_det_curve_f64(const double *x, const void *labels, uint32_t label_type,
                                     const double *weights, double *fpr, double *fnr,
                                     double *thresholds, lgt_roc_curve_report *report, size_t n,
                                     size_t capacity, uint32_t corners, void *scratch,
                                     size_t scratch_size);

/** `lgt_f16` form of `lgt_det_curve_f32`; computed in f32. */
LGT_API lgt_status lgt_det_curve_f16(const lgt_f16 *x, const void *labels, uint32_t label_type,
                                     const float *weights, double *fpr, double *fnr,
                                     lgt_f16 *thresholds, lgt_roc_curve_report *report, size_t n,
                                     size_t capacity, uint32_t corners, void *scratch,
                                     size_t scratch_size);

/** `lgt_bf16` form of `lgt_det_curve_f32`; computed in f32. */
LGT_API lgt_status lgt_det_curve_bf16(const lgt_bf16 *x, const void *labels, uint32_t label_type,
                                      const float *weights, double *fpr, double *fnr,
                                      lgt_bf16 *thresholds, lgt_roc_curve_report *report, size_t n,
                                      size_t capacity, uint32_t corners, void *scratch,
                                      size_t scratch_size);

/* ---- dirichlet ---- */

/**
 * Writes how many bytes a model of `lgt_dirichlet` takes up: 40, and 8 a parameter,
 * of which there are cols x cols + cols + 1: the matrix row by row, biases, then `eps`.
 *
 * # Shape
 * `cols`: the number of classes, at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_dirichlet_size(size_t cols, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_dirichlet_fit` needs: about 8 x 35 a parameter.
 *
 * # Shape
 * `cols`: the number of classes, at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (more than 4 GiB).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_dirichlet_scratch(size_t cols, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_dirichlet_apply` needs: about 128 a class.
 *
 * # Shape
 * `cols`: the number of classes. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_dirichlet_apply_scratch(size_t cols, size_t *bytes);

/**
 * Dirichlet calibration: fits a matrix and biases to held-out probabilities and labels, the
 * `W` and `b` that minimise the mean negative log-likelihood of `softmax(W ln p + b)`, where
 * p is the larger of a probability and `eps`, plus the penalties of `lgt_matrix_scaling_fit`.
 *
 * The ODIR penalty with lambda and mu is `off_diagonal` = lambda / (cols (cols - 1)) and
 * `bias` = mu / cols. What is free is settled as by `lgt_matrix_scaling_fit`.
 *
 * `fit_status` in the model, and the return value, say how it ended: `LGT_OK`;
 * `LGT_AT_BOUND` (a parameter reached `bound`, the loss fell to nothing, or a class has no
 * rows while biases cost nothing: the minimum is at infinity, and a point on the way there
 * is kept); `LGT_DEGENERATE` (no rows, all weights 0, or one column: the identity);
 * `LGT_NOT_CONVERGED` (`max_iter` passes made: the best point met). The model is written
 * in every case, and its loss is never above that of the identity. `nll_before` is the mean
 * loss of the identity, `nll_after` that of the model, without penalties.
 *
 * The fit is `lgt_matrix_search` and `lgt_matrix_loss` in turn, which do the same where the
 * rows are split among workers.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_dirichlet_size` says. `x`:
 * probabilities, from 0 to 1.01, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
 * a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out. `eps`: from 1e-300 to 0.5;
 * 1e-15, say. `opts`: NULL for the defaults. `scratch`:
 * `scratch_size` bytes, 8-byte aligned, at least what `lgt_dirichlet_scratch` says, apart from
 * the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (an array, or the model), `LGT_E_STATE` (the
 * model is not aligned), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, no
 * columns, or a row of weight above 0 with a number that is no probability), `LGT_E_SCRATCH`,
 * `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
 * `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * Parameters within 1e-8 of the exact minimum, of the larger of themselves and 1, where the
 * minimum is not flat; sums are made in double whatever is stored. In another order of rows the last digits may differ.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. Kull et al., "Beyond temperature scaling: Obtaining well-calibrated multiclass
 * probabilities with Dirichlet calibration" (2019), sections 2 and 3.
 *
 * # Example
 * ```c
 * float x[6][2] = {{0.75f, 0.25f}, {0.75f, 0.25f}, {0.75f, 0.25f}, {0.5f, 0.5f}, {0.5f, 0.5f}, {0.5f, 0.5f}};
 * int32_t y[6] = {0, 0, 1, 1, 1, 0};
 * uint64_t model[12], scratch[1024];
 * size_t bytes;
 * assert(lgt_dirichlet_scratch(2, &bytes) == LGT_OK && bytes <= sizeof scratch);
 * assert(lgt_dirichlet_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, NULL, 6, 2, 1e-15, NULL, scratch, sizeof scratch) == LGT_OK);
 * double nll = ((lgt_model_head *)model)->nll_after;
 * assert(nll > 0.636514 && nll < 0.636515);
 * ```
 */
LGT_API lgt_status lgt_dirichlet_fit_f32(void *model, size_t size, const float *x, size_t x_stride,
                                         const void *labels, uint32_t label_type,
                                         const float *weights, size_t rows, size_t cols, double eps,
                                         const lgt_matrix_search_opts *opts, void *scratch,
                                         size_t scratch_size);

/** `double` form of `lgt_dirichlet_fit_f32`. */
LGT_API lgt_status lgt_dirichlet_fit_f64(void *model, size_t size, const double *x, size_t x_stride,
                                         const void *labels, uint32_t label_type,
                                         const double *weights, size_t rows, size_t cols,
                                         double eps, const lgt_matrix_search_opts *opts,
                                         void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_dirichlet_fit_f32`. */
LGT_API lgt_status lgt_dirichlet_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                         size_t x_stride, const void *labels, uint32_t label_type,
                                         const float *weights, size_t rows, size_t cols, double eps,
                                         const lgt_matrix_search_opts *opts, void *scratch,
                                         size_t scratch_size);

/** `lgt_bf16` form of `lgt_dirichlet_fit_f32`. */
LGT_API lgt_status lgt_dirichlet_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                          size_t x_stride, const void *labels, uint32_t label_type,
                                          const float *weights, size_t rows, size_t cols,
                                          double eps, const lgt_matrix_search_opts *opts,
                                          void *scratch, size_t scratch_size);

/**
 * Calibrated probabilities: `softmax(W ln p + b)` with the model's matrix and biases, p the
 * larger of a probability and the `eps` of the fit.
 *
 * # Shape
 * `model`: a fitted model. `x`: probabilities, from 0 to 1.01, `y`: probabilities, rows x cols, row-major,
 * strides in elements, at least cols; cols as in the fit.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_dirichlet_apply_scratch` says, apart from the other arrays.
 *
 * # In place
 * `y` may be `x`, with the same stride; else they must not overlap.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` (the bytes at `model` are no such model), `LGT_E_SHAPE`
 * (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_SCRATCH`. Nothing is then
 * written. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * Computed in double, then rounded to the type of `y`. A row with a NaN is NaN.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_dirichlet_fit_f32`.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0.75f, 0.25f}}, p[1][2];
 * int32_t y[1] = {0};
 * float weights[1] = {0};
 * uint64_t model[12], scratch[1024];
 * assert(lgt_dirichlet_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, weights, 1, 2, 1e-15, NULL, scratch, sizeof scratch) == LGT_DEGENERATE);
 * assert(lgt_dirichlet_apply_f32(model, &x[0][0], 2, &p[0][0], 2, 1, 2, scratch, sizeof scratch) == LGT_OK);
 * assert(p[0][0] > 0.749999f && p[0][0] < 0.750001f);
 * ```
 */
LGT_API lgt_status lgt_dirichlet_apply_f32(const void *model, const float *x, size_t x_stride,
                                           float *y, size_t y_stride, size_t rows, size_t cols,
                                           void *scratch, size_t scratch_size);

/** `double` form of `lgt_dirichlet_apply_f32`. */
LGT_API lgt_status lgt_dirichlet_apply_f64(const void *model, const double *x, size_t x_stride,
                                           double *y, size_t y_stride, size_t rows, size_t cols,
                                           void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_dirichlet_apply_f32`. */
LGT_API lgt_status lgt_dirichlet_apply_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                           lgt_f16 *y, size_t y_stride, size_t rows, size_t cols,
                                           void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_dirichlet_apply_f32`. */
LGT_API lgt_status lgt_dirichlet_apply_bf16(const void *model, const lgt_bf16 *x, size_t x_stride,
                                            lgt_bf16 *y, size_t y_stride, size_t rows, size_t cols,
                                            void *scratch, size_t scratch_size);

/* ---- dkd ---- */

/**
 * Decoupled knowledge distillation:
 * `temperature^2 (alpha TCKD + beta NCKD)` of a teacher's logits and a student's, with its
 * gradient in the student's logits.
 *
 * With `T` and `S` their softmax at that temperature, TCKD is the divergence of the label's
 * share and what is left, `KL((T_y, 1 - T_y) || (S_y, 1 - S_y))`, and NCKD that of the other
 * classes among themselves, `KL(T^ || S^)` with shares without the label. `lgt_kd_f32` is
 * TCKD and `1 - T_y` times NCKD. With one class, or where the teacher has only the label,
 * there is no NCKD. -inf is a share of 0: where the teacher has some, the loss is +inf.
 * Entries at +inf share the mass. A NaN makes its row NaN, and so does a row of either with
 * nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: the student's logits, rows x cols, row-major, stride in elements, at least cols.
 * `teacher`: rows x cols, likewise. `labels`: one class a row, 0 to cols - 1, of the integer
 * type `label_type`. `alpha`, `beta`: finite, at least 0; 1 and 8 are the paper's on
 * CIFAR-100. `temperature`: from 1e-6 to 1e6; 4 there. `weights`, `loss`, `grad`, `total`,
 * `opts`: as `lgt_focal_f32`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, alpha,
 * beta, temperature, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
 * `LGT_UNDEFINED` for the mean of no rows, which is NaN.
 *
 * # Accuracy
 * TCKD and NCKD: each as `lgt_kl_div_f32`. The gradient over the temperature: at most 1e-6
 * (f64: 4e-15) times `alpha + beta`, besides the rounding to its type. `total` is the exact
 * sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * B. Zhao et al., "Decoupled Knowledge Distillation" (2022).
 *
 * # Example
 * ```c
 * double s[1][4] = {{2, 0.5, -1, 0}}, t[1][4] = {{3, 1, 0.5, -1}}, loss;
 * int32_t y[1] = {0};
 * assert(lgt_dkd_f64(&s[0][0], 4, &t[0][0], 4, y, LGT_I32, NULL, 1, 6, 4, &loss, NULL, 0, NULL,
 *                    1, 4, NULL) == LGT_OK);
 * assert(loss > 2.84879 && loss < 2.84880);
 * ```
 */
LGT_API lgt_status lgt_dkd_f32(const float *x, size_t x_stride, const float *teacher,
                               size_t teacher_stride, const void *labels, uint32_t label_type,
                               const float *weights, double alpha, double beta, double temperature,
                               double *loss, float *grad, size_t grad_stride, double *total,
                               size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_dkd_f32`. */
LGT_API lgt_status lgt_dkd_f64(const double *x, size_t x_stride, const double *teacher,
                               size_t teacher_stride, const void *labels, uint32_t label_type,
                               const double *weights, double alpha, double beta, double temperature,
                               double *loss, double *grad, size_t grad_stride, double *total,
                               size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_dkd_f32`; computed in f32. */
LGT_API lgt_status lgt_dkd_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *teacher,
                               size_t teacher_stride, const void *labels, uint32_t label_type,
                               const float *weights, double alpha, double beta, double temperature,
                               double *loss, lgt_f16 *grad, size_t grad_stride, double *total,
                               size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_dkd_f32`; computed in f32. */
LGT_API lgt_status lgt_dkd_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *teacher,
                                size_t teacher_stride, const void *labels, uint32_t label_type,
                                const float *weights, double alpha, double beta, double temperature,
                                double *loss, lgt_bf16 *grad, size_t grad_stride, double *total,
                                size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- dpo ---- */

/** `-ln sigmoid(beta h)`. */
#define LGT_DPO_SIGMOID 0

/** `1 - beta h` where that is above 0, as SLiC has it. */
#define LGT_DPO_HINGE 1

/** `(h - 1 / (2 beta))^2`, as IPO has it. */
#define LGT_DPO_IPO 2

/**
 * Options of `lgt_dpo`. Fill with `lgt_dpo_opts_default`, then change what is to be
 * different.
 */
typedef struct lgt_dpo_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_REDUCTION_`; default `LGT_REDUCTION_SUM`. */
  uint32_t reduction;
  /** Gradients are multiplied by this. Default 1; finite. */
  double grad_scale;
  /**
   * How far the policy may go from the reference: little where it is large. Default 0.1;
   * finite, above 0.
   */
  double beta;
  /**
   * How often preferences are taken to be wrong, for `LGT_DPO_SIGMOID` alone. Default 0;
   * from 0 to 1.
   */
  double label_smoothing;
  /** What the reference's difference is multiplied by. Default 1; finite. */
  double gamma;
  /** An `LGT_DPO_`; default `LGT_DPO_SIGMOID`. */
  uint32_t form;
  /** 0. */
  uint32_t reserved;
} lgt_dpo_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_dpo_opts_default(lgt_dpo_opts *opts);

/**
 * Direct preference optimisation: the loss of each pair of answers of which one was chosen,
 * by how much likelier the policy makes it than the reference did, with its derivative.
 *
 * With log-likelihoods of whole answers, `h` is `chosen - rejected` of the policy less
 * `gamma` times that of the reference. The loss is `-ln sigmoid(beta h)`
 * (`LGT_DPO_SIGMOID`), with label smoothing `e`
 * `-(1 - e) ln sigmoid(beta h) - e ln sigmoid(-beta h)`; or `1 - beta h` where that is above
 * 0 (`LGT_DPO_HINGE`); or `(h - 1 / (2 beta))^2` (`LGT_DPO_IPO`). A NaN, and the difference
 * of two infinities, makes its pair NaN.
 *
 * # Shape
 * `chosen`, `rejected`: the policy's log-likelihoods, one a pair. `reference_chosen`,
 * `reference_rejected`: likewise, or both NULL for a reference that makes no difference.
 * `weights`: one number a pair from 0 to 2^63, or NULL for 1 each; a pair of weight 0 has a
 * loss and a derivative of 0. `loss`: each pair's own loss, without its weight, or NULL.
 * `grad`: one number a pair, or NULL: the derivative of the reduced loss in `chosen`, times
 * `grad_scale`. That in `rejected` is `-grad`, in `reference_chosen` `-gamma grad`, in
 * `reference_rejected` `gamma grad`. `margin`: `beta h` of each pair, or NULL: how much more
 * the implied reward is of what was chosen. `total`: the reduced loss, or NULL. `opts`: NULL
 * for the defaults.
 *
 * # In place
 * `grad == chosen` is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, numbers of the options),
 * `LGT_E_OPTION` (also smoothing with another form than `LGT_DPO_SIGMOID`), `LGT_E_ALIAS`.
 * Advisory: `LGT_UNDEFINED` for the mean of no pairs, which is NaN.
 *
 * # Accuracy
 * All is computed in f64, whatever the type. A loss and a derivative: at most 4e-15 relative
 * to what they are of the rounded `beta h`, which is off by at most 4e-16 times the largest
 * term it is made of; a derivative besides that by the rounding to its type. `total` is the
 * exact sum, rounded once: the order of pairs does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * R. Rafailov et al., "Direct Preference Optimization" (2023); M. G. Azar et al., "A General
 * Theoretical Paradigm to Understand Learning from Human Preferences" (2023) for IPO.
 *
 * # Example
 * ```c
 * double chosen[1] = {-10}, rejected[1] = {-12}, first[1] = {-11}, second[1] = {-11.5};
 * double loss, grad[1];
 * assert(lgt_dpo_f64(chosen, rejected, first, second, NULL, &loss, grad, NULL, NULL, 1, NULL) ==
 *        LGT_OK);
 * assert(loss > 0.62095 && loss < 0.62096 && grad[0] > -0.04626 && grad[0] < -0.04625);
 * ```
 */
LGT_API lgt_status lgt_dpo_f32(const float *chosen, const float *rejected,
                               const float *reference_chosen, const float *reference_rejected,
                               const float *weights, double *loss, float *grad, double *margin,
                               double *total, size_t rows, const lgt_dpo_opts *opts);

/** `double` form of `lgt_dpo_f32`. */
LGT_API lgt_status lgt_dpo_f64(const double *chosen, const double *rejected,
                               const double *reference_chosen, const double *reference_rejected,
                               const double *weights, double *loss, double *grad, double *margin,
                               double *total, size_t rows, const lgt_dpo_opts *opts);

/** `lgt_f16` form of `lgt_dpo_f32`; computed in f32. */
LGT_API lgt_status lgt_dpo_f16(const lgt_f16 *chosen, const lgt_f16 *rejected,
                               const lgt_f16 *reference_chosen, const lgt_f16 *reference_rejected,
                               const float *weights, double *loss, lgt_f16 *grad, double *margin,
                               double *total, size_t rows, const lgt_dpo_opts *opts);

/** `lgt_bf16` form of `lgt_dpo_f32`; computed in f32. */
LGT_API lgt_status lgt_dpo_bf16(const lgt_bf16 *chosen, const lgt_bf16 *rejected,
                                const lgt_bf16 *reference_chosen,
                                const lgt_bf16 *reference_rejected, const float *weights,
                                double *loss, lgt_bf16 *grad, double *margin, double *total,
                                size_t rows, const lgt_dpo_opts *opts);

/* ---- dro_kl ---- */

/**
 * Robust optimisation over each row of losses: the largest
 * `<p, l> - tau_min KL(p || uniform)` of distributions `p` with
 * `KL(p || uniform) <= rho`, the temperature of its dual, and `p`.
 *
 * The dual is the minimum over `tau >= tau_min` of
 * `tau ln mean exp(l / tau) + (tau - tau_min) rho`; `p = softmax(l / tau)` there, and both
 * have the same value. Temperatures are looked for up to `tau_max`: where the divergence
 * is still above `rho` there, `p` is that of `tau_max`, the value that of the dual,
 * and the return value `LGT_AT_BOUND`. That `tau` is `tau_min` only says that the bound on
 * the divergence is not met.
 *
 * An entry at -inf is masked: the row is as if it were not there, and uniform is over
 * the others. Entries at +inf share the mass, and the value is +inf. A row with a NaN, or
 * with nothing above -inf (`LGT_EMPTY_ROW`), has NaN.
 *
 * # Shape
 * `x`: losses, rows x cols, row-major, stride in elements, at least cols. `rho`: at
 * least 0. `tau_min`, `tau_max`: from 1e-6 to 1e6. `value`, `tau`: one number a row, or
 * NULL. `p`: rows x cols, or NULL.
 *
 * # In place
 * `p == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (rho, temperatures),
 * `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`, `LGT_AT_BOUND`.
 *
 * # Accuracy
 * The value: at most 2e-6 (f64: 1e-14) times the larger of 1 and `ln n`, times `tau`,
 * besides the rounding of the largest loss in double. `tau` as `lgt_dro_temperature_f32`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_tau_cross_entropy_f32`; the dual is that of every text on robust optimisation
 * by Kullback and Leibler's divergence.
 *
 * # Example
 * ```c
 * float l[1][4] = {{0.1f, 0.5f, 2, 0.3f}}, p[1][4];
 * double value, tau;
 * assert(lgt_dro_kl_f32(&l[0][0], 4, 0.3, 0.05, 10, &value, &tau, &p[0][0], 4, 1, 4) == LGT_OK);
 * assert(value > 1.3386 && value < 1.3387 && p[0][2] > 0.614f && p[0][2] < 0.615f);
 * ```
 */
LGT_API lgt_status lgt_dro_kl_f32(const float *x, size_t x_stride, double rho, double tau_min,
                                  double tau_max, double *value, double *tau, float *p,
                                  size_t p_stride, size_t rows, size_t cols);

/** `double` form of `lgt_dro_kl_f32`. */
LGT_API lgt_status lgt_dro_kl_f64(const double *x, size_t x_stride, double rho, double tau_min,
                                  double tau_max, double *value, double *tau, double *p,
                                  size_t p_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_dro_kl_f32`; computed in f32. */
LGT_API lgt_status lgt_dro_kl_f16(const lgt_f16 *x, size_t x_stride, double rho, double tau_min,
                                  double tau_max, double *value, double *tau, lgt_f16 *p,
                                  size_t p_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_dro_kl_f32`; computed in f32. */
LGT_API lgt_status lgt_dro_kl_bf16(const lgt_bf16 *x, size_t x_stride, double rho, double tau_min,
                                   double tau_max, double *value, double *tau, lgt_bf16 *p,
                                   size_t p_stride, size_t rows, size_t cols);

/* ---- dro_temperature ---- */

/**
 * The robust temperature of each row: the `tau` at which
 * `KL(softmax(x / tau) || uniform)` is `rho`, so that every row is as sure as every other.
 * It minimises the loss of `lgt_tau_cross_entropy` over `tau`.
 *
 * The divergence falls with `tau`, from `ln(n / ties)`, where `ties` entries are the
 * largest of `n`, to 0. Where it is at most `rho` even at `tau_min`, that is the
 * answer, as of a constant row for any `rho`; where it is still at least `rho` at
 * `tau_max`, that is. Both are `LGT_AT_BOUND`. A row takes about 8 looks at it, 62 at most.
 *
 * An entry at -inf is masked: the row is as if it were not there, and uniform is over
 * the others. Entries at +inf share the mass at any temperature. A row with a NaN, or with
 * nothing above -inf (`LGT_EMPTY_ROW`), has NaN.
 *
 * # Shape
 * `x`: rows x cols, row-major, stride in elements, at least cols. `rho`: at least 0.
 * `tau_min`, `tau_max`: from 1e-6 to 1e6. `tau`, `kl`: one number a row, or NULL; the
 * temperature, and the divergence there.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (rho, temperatures),
 * `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`, `LGT_AT_BOUND`.
 *
 * # Accuracy
 * The divergence at `tau` is within 2e-6 (f64: 1e-14) times the larger of 1 and `ln n`
 * of what is written, and that of `rho`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_tau_cross_entropy_f32`.
 *
 * # Example
 * ```c
 * float x[1][4] = {{2, 1, 0, -1}};
 * double tau, kl;
 * assert(lgt_dro_temperature_f32(&x[0][0], 4, 0.5, 0.01, 100, &tau, &kl, 1, 4) == LGT_OK);
 * assert(tau > 0.9086 && tau < 0.9088 && kl > 0.4999 && kl < 0.5001);
 * ```
 */
LGT_API lgt_status lgt_dro_temperature_f32(const float *x, size_t x_stride, double rho,
                                           double tau_min, double tau_max, double *tau, double *kl,
                                           size_t rows, size_t cols);

/** `double` form of `lgt_dro_temperature_f32`. */
LGT_API lgt_status lgt_dro_temperature_f64(const double *x, size_t x_stride, double rho,
                                           double tau_min, double tau_max, double *tau, double *kl,
                                           size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_dro_temperature_f32`; computed in f32. */
LGT_API lgt_status lgt_dro_temperature_f16(const lgt_f16 *x, size_t x_stride, double rho,
                                           double tau_min, double tau_max, double *tau, double *kl,
                                           size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_dro_temperature_f32`; computed in f32. */
LGT_API lgt_status lgt_dro_temperature_bf16(const lgt_bf16 *x, size_t x_stride, double rho,
                                            double tau_min, double tau_max, double *tau, double *kl,
                                            size_t rows, size_t cols);

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
 * uncertainty-calibration) or `LGT_BINS_LEFT` (as netcal, whose edges may be off
 * k / bins by a rounding, and as torchmetrics, which has a bin of its own for 1).
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (class_index). Advisory:
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (class_index), `LGT_E_SIZE`.
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
 * in the order of their rows (`array_split` of a stable sort; so
 * torch-uncertainty's `AdaptiveCalibrationError`, which of two classes asks about
 * the likelier one), so that the order of rows can
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

/* ---- ensemble_temperature ---- */

/** A fitted ensemble. Plain bytes: store it anywhere. */
typedef struct lgt_ensemble_temperature_model {
  /** What these bytes are. */
  lgt_state_head head;
  /** How the fit ended, an `lgt_status`. */
  int32_t fit_status;
  /** Passes over the data for the temperature, and steps to the weights. */
  uint32_t iterations;
  /** Mean negative log-likelihood of the softmax as it is; NaN if there were no rows. */
  double nll_before;
  /** The same of the mixture found. */
  double nll_after;
  /** The temperature, above 0. */
  double temperature;
  /** The weight of the softmax at that temperature. */
  double weight_scaled;
  /** The weight of the softmax as it is. */
  double weight_raw;
  /** The weight of the uniform distribution. */
  double weight_uniform;
} lgt_ensemble_temperature_model;

/**
 * Writes the bytes of scratch that `lgt_ensemble_temperature_fit` needs: 16 a row.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ensemble_temperature_scratch(size_t rows, size_t *bytes);

/**
 * Fits a mixture to held-out logits and labels: `w1 softmax(x / T) + w2 softmax(x) + w3 / K`,
 * with K classes and weights that are at least 0 and sum to 1. First `T` is that of
 * `lgt_temperature_fit`, then the weights are those that minimise the mean negative
 * log-likelihood.
 *
 * For a given `T` that loss is convex in the weights: Newton steps on the whole simplex, at
 * most 50. The uniform part bounds what a row costs that is wrong with confidence. No
 * class overtakes another in a row.
 *
 * `fit_status` in the model, and the return value, are those of the temperature: `LGT_OK`,
 * `LGT_AT_BOUND`, `LGT_DEGENERATE` (no rows, or logits that are all equal: T = 1 and weights
 * 0, 1, 0) and `LGT_NOT_CONVERGED`, which is also that of weights still moving after 50
 * steps. Weights of 0 are common and not reported. Where T is 1, the weight of the scaled
 * softmax is 0. The model is written in every case, and its loss is never above that of
 * `softmax(x)`.
 *
 * # Shape
 * `model`: one struct. `x`: logits, rows x cols, row-major, stride in elements,
 * at least cols. `labels`: one class a row, 0 to cols - 1, of the integer type
 * `label_type`. `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of
 * 0, or below 2^-160, leaves its row out. `opts`: those of the temperature, NULL for the
 * defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_ensemble_temperature_scratch` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
 * `LGT_E_SCRATCH`, `LGT_E_ALIAS` (scratch that overlaps another array or the model),
 * `LGT_E_VALUE` (weights, options, or a row whose loss is finite at no temperature: a NaN, an
 * entry at +inf, a label at -inf). The model is then as it was. Advisory: `LGT_AT_BOUND`,
 * `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * T within 1e-6 relative of the exact minimum for f32 logits (f64: 1e-8) where the minimum
 * is not flat. Weights of f64 logits within 1e-6 where the data tell them well. Another
 * order of rows changes what is found by rounding alone.
 *
 * Thread safety: any thread, as long as no other writes the arrays or uses the scratch.
 *
 * # Source
 * J. Zhang, B. Kailkhura and T. Han, "Mix-n-Match: Ensemble and Compositional Methods for
 * Uncertainty Calibration in Deep Learning" (2020), ensemble temperature scaling.
 *
 * # Example
 * ```c
 * double x[6][2] = {{9, 0}, {2, 0}, {2, 0}, {0, 3}, {0, 9}, {1, 0}};
 * int32_t y[6] = {1, 0, 1, 1, 1, 0};
 * uint64_t scratch[12];
 * lgt_ensemble_temperature_model model;
 * assert(lgt_ensemble_temperature_fit_f64(&model, &x[0][0], 2, y, LGT_I32, NULL, 6, 2, NULL,
 *                                         scratch, sizeof scratch) == LGT_OK);
 * assert(model.nll_after < model.nll_before);
 * assert(model.weight_scaled == 0 && model.weight_raw > 0.3194 && model.weight_raw < 0.3195);
 * assert(model.weight_uniform > 0.6805 && model.weight_uniform < 0.6806);
 * ```
 */
LGT_API lgt_status lgt_ensemble_temperature_fit_f32(lgt_ensemble_temperature_model *model,
                                                    const float *x, size_t x_stride,
                                                    const void *labels, uint32_t label_type,
                                                    const float *weights, size_t rows, size_t cols,
                                                    const lgt_temperature_opts *opts, void *scratch,
                                                    size_t scratch_size);

/** `double` form of `lgt_ensemble_temperature_fit_f32`. */
LGT_API lgt_status lgt_ensemble_temperature_fit_f64(lgt_ensemble_temperature_model *model,
                                                    const double *x, size_t x_stride,
                                                    const void *labels, uint32_t label_type,
                                                    const double *weights, size_t rows, size_t cols,
                                                    const lgt_temperature_opts *opts, void *scratch,
                                                    size_t scratch_size);

/** `lgt_f16` form of `lgt_ensemble_temperature_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_ensemble_temperature_fit_f16(lgt_ensemble_temperature_model *model,
                                                    const lgt_f16 *x, size_t x_stride,
                                                    const void *labels, uint32_t label_type,
                                                    const float *weights, size_t rows, size_t cols,
                                                    const lgt_temperature_opts *opts, void *scratch,
                                                    size_t scratch_size);

/** `lgt_bf16` form of `lgt_ensemble_temperature_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_ensemble_temperature_fit_bf16(lgt_ensemble_temperature_model *model,
                                                     const lgt_bf16 *x, size_t x_stride,
                                                     const void *labels, uint32_t label_type,
                                                     const float *weights, size_t rows, size_t cols,
                                                     const lgt_temperature_opts *opts,
                                                     void *scratch, size_t scratch_size);

/**
 * Calibrated probabilities: the model's mixture of `softmax(x / T)`, `softmax(x)` and 1 / cols.
 *
 * A NaN makes its row NaN, and so does nothing above -inf (`LGT_EMPTY_ROW`). Entries at +inf
 * share what is not uniform equally.
 *
 * # Shape
 * `model`: a fitted model. `x`: logits, `y`: probabilities, rows x cols, row-major, strides
 * in elements, at least cols.
 *
 * # In place
 * As `lgt_softmax_f32`.
 *
 * # Errors
 * `LGT_E_STATE` if the bytes at `model` are no ensemble with weights from 0 to 1 that sum to
 * 1; otherwise as `lgt_softmax_f32`. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * Each probability within 1e-6 for f32 (f64: 1e-14), and for half types that rounded.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_ensemble_temperature_fit_f32`.
 *
 * # Example
 * ```c
 * float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}}, y[4][2];
 * int32_t labels[4] = {0, 0, 0, 1};
 * uint64_t scratch[8];
 * lgt_ensemble_temperature_model model;
 * assert(lgt_ensemble_temperature_fit_f32(&model, &x[0][0], 2, labels, LGT_I32, NULL, 4, 2,
 *                                         NULL, scratch, sizeof scratch) == LGT_OK);
 * assert(lgt_ensemble_temperature_apply_f32(&model, &x[0][0], 2, &y[0][0], 2, 4, 2) == LGT_OK);
 * assert(y[0][0] > 0.7499f && y[0][0] < 0.7501f);
 * ```
 */
LGT_API lgt_status lgt_ensemble_temperature_apply_f32(const lgt_ensemble_temperature_model *model,
                                                      const float *x, size_t x_stride, float *y,
                                                      size_t y_stride, size_t rows, size_t cols);

/** `double` form of `lgt_ensemble_temperature_apply_f32`. */
LGT_API lgt_status lgt_ensemble_temperature_apply_f64(const lgt_ensemble_temperature_model *model,
                                                      const double *x, size_t x_stride, double *y,
                                                      size_t y_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_ensemble_temperature_apply_f32`; computed in f32. */
LGT_API lgt_status lgt_ensemble_temperature_apply_f16(const lgt_ensemble_temperature_model *model,
                                                      const lgt_f16 *x, size_t x_stride, lgt_f16 *y,
                                                      size_t y_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_ensemble_temperature_apply_f32`; computed in f32. */
LGT_API lgt_status lgt_ensemble_temperature_apply_bf16(const lgt_ensemble_temperature_model *model,
                                                       const lgt_bf16 *x, size_t x_stride,
                                                       lgt_bf16 *y, size_t y_stride, size_t rows,
                                                       size_t cols);

/* ---- entmax ---- */

/**
 * Row-wise alpha-entmax: sparse shares, from softmax to sparsemax and beyond.
 *
 * `y[r][c] = max((alpha - 1) x[r][c] - tau, 0)^(1 / (alpha - 1))`, with the `tau` of each row at
 * which they add up to 1. With `alpha` = 1 it is softmax, with 1.5 `lgt_entmax15_f32`, with 2
 * `lgt_sparsemax_f32`, and the larger it is the fewer entries have a share: those at least
 * `1 / (alpha - 1)` below the largest have none.
 *
 * -inf is a share of 0. Entries at +inf share their row equally. A NaN makes its row NaN, and
 * so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `alpha`: from 1 to 64. With rows = 0
 * nothing is written.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (alpha), `LGT_E_ALIAS`. Advisory:
 * `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 1e-13 and the rounding to their type, of a share. With `alpha` = 1, 1.5 and
 * 2 what softmax and the functions of those alphas have.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * B. Peters, V. Niculae and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019); the
 * bracket of `tau` and the solvers are this library's.
 *
 * # Example
 * ```c
 * float x[1][3] = {{1, 1, -9}}, y[1][3];
 * assert(lgt_entmax_f32(&x[0][0], 3, 1.25, &y[0][0], 3, 1, 3) == LGT_OK);
 * assert(y[0][0] > 0.4999f && y[0][0] == y[0][1] && y[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_entmax_f32(const float *x, size_t x_stride, double alpha, float *y,
                                  size_t y_stride, size_t rows, size_t cols);

/** `double` form of `lgt_entmax_f32`. */
LGT_API lgt_status lgt_entmax_f64(const double *x, size_t x_stride, double alpha, double *y,
                                  size_t y_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_entmax_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax_f16(const lgt_f16 *x, size_t x_stride, double alpha, lgt_f16 *y,
                                  size_t y_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_entmax_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax_bf16(const lgt_bf16 *x, size_t x_stride, double alpha, lgt_bf16 *y,
                                   size_t y_stride, size_t rows, size_t cols);

/**
 * Gradient of `lgt_entmax_f32` through its result: `dx = J dy`.
 *
 * With `s = y^(2 - alpha)` where there is a share, `dx = s (dy - sum s dy / sum s)`; elsewhere it
 * is 0, and `dy` is not looked at. Beyond alpha 2 the least shares change fastest; they are
 * best given as they were, in a type that holds them.
 *
 * # Shape
 * `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols. `alpha`: that of the map. With rows =
 * 0 or cols = 0 nothing is written.
 *
 * # In place
 * `dx == dy` with equal strides is allowed; any other overlap of `dx` is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (alpha), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 1e-13 times the largest `s` and the largest `|dy|` of the support, and the rounding
 * to their type, from the shares as they are given.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Derived from the definition of `lgt_entmax_f32`.
 *
 * # Example
 * ```c
 * float y[1][3] = {{0.5f, 0.5f, 0}}, dy[1][3] = {{1, -1, 9}}, dx[1][3];
 * assert(lgt_entmax_grad_f32(&y[0][0], 3, &dy[0][0], 3, 3, &dx[0][0], 3, 1, 3) == LGT_OK);
 * assert(dx[0][0] == 2 && dx[0][1] == -2 && dx[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_entmax_grad_f32(const float *y, size_t y_stride, const float *dy,
                                       size_t dy_stride, double alpha, float *dx, size_t dx_stride,
                                       size_t rows, size_t cols);

/** `double` form of `lgt_entmax_grad_f32`. */
LGT_API lgt_status lgt_entmax_grad_f64(const double *y, size_t y_stride, const double *dy,
                                       size_t dy_stride, double alpha, double *dx, size_t dx_stride,
                                       size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_entmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                       size_t dy_stride, double alpha, lgt_f16 *dx,
                                       size_t dx_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_entmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax_grad_bf16(const lgt_bf16 *y, size_t y_stride, const lgt_bf16 *dy,
                                        size_t dy_stride, double alpha, lgt_bf16 *dx,
                                        size_t dx_stride, size_t rows, size_t cols);

/* ---- entmax15 ---- */

/**
 * Row-wise entmax with alpha 1.5, between softmax and sparsemax.
 *
 * `y[r][c] = max(x[r][c] / 2 - tau, 0)^2`, with the `tau` of each row at which they add up to 1.
 * Only entries less than 2 below the largest can have a share.
 *
 * -inf is a share of 0. Entries at +inf share their row equally. A NaN makes its row NaN, and
 * so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `tau`: one number a row,
 * the `tau`, which is one of `x / 2`, or NULL; of a row with entries at +inf it is +inf. `support`: one
 * number a row, how many of its shares are above 0 before they are rounded to their type, or
 * NULL. Neither may overlap the rows. With rows = 0 nothing is written.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 2e-7 (f64: 4e-15) and the rounding to their type, of a share. Rows with many
 * entries that could have one take longer, by a factor that does not grow with their length.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * B. Peters, V. Niculae and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019).
 *
 * # Example
 * ```c
 * float x[1][3] = {{2, 2, -1}}, y[1][3];
 * double tau;
 * size_t support;
 * assert(lgt_entmax15_f32(&x[0][0], 3, &y[0][0], 3, &tau, &support, 1, 3) == LGT_OK);
 * assert(y[0][0] > 0.4999f && y[0][0] == y[0][1] && y[0][2] == 0);
 * assert(tau > 0.2928 && tau < 0.2929 && support == 2);
 * ```
 */
LGT_API lgt_status lgt_entmax15_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                    double *tau, size_t *support, size_t rows, size_t cols);

/** `double` form of `lgt_entmax15_f32`. */
LGT_API lgt_status lgt_entmax15_f64(const double *x, size_t x_stride, double *y, size_t y_stride,
                                    double *tau, size_t *support, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_entmax15_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax15_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y, size_t y_stride,
                                    double *tau, size_t *support, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_entmax15_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax15_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                     size_t y_stride, double *tau, size_t *support, size_t rows,
                                     size_t cols);

/**
 * Gradient of `lgt_entmax15_f32` through its result: `dx = J dy`.
 *
 * With `s = sqrt(y)`, `dx = s (dy - sum s dy / sum s)`: where there is no share it is 0, and
 * `dy` is not looked at. A row of `y` with a NaN gives NaN.
 *
 * # Shape
 * `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols. With rows =
 * 0 or cols = 0 nothing is written.
 *
 * # In place
 * `dx == dy` with equal strides is allowed; any other overlap of `dx` is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 4e-15 times the largest `|dy|` of the support, and the rounding to their type, from
 * the shares as they are given.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * B. Peters, V. Niculae and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019).
 *
 * # Example
 * ```c
 * float y[1][3] = {{0.5f, 0.5f, 0}}, dy[1][3] = {{1, -1, 9}}, dx[1][3];
 * assert(lgt_entmax15_grad_f32(&y[0][0], 3, &dy[0][0], 3, &dx[0][0], 3, 1, 3) == LGT_OK);
 * assert(dx[0][0] > 0.7071f && dx[0][0] < 0.7072f && dx[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_entmax15_grad_f32(const float *y, size_t y_stride, const float *dy,
                                         size_t dy_stride, float *dx, size_t dx_stride, size_t rows,
                                         size_t cols);

/** `double` form of `lgt_entmax15_grad_f32`. */
LGT_API lgt_status lgt_entmax15_grad_f64(const double *y, size_t y_stride, const double *dy,
                                         size_t dy_stride, double *dx, size_t dx_stride,
                                         size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_entmax15_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax15_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                         size_t dy_stride, lgt_f16 *dx, size_t dx_stride,
                                         size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_entmax15_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax15_grad_bf16(const lgt_bf16 *y, size_t y_stride, const lgt_bf16 *dy,
                                          size_t dy_stride, lgt_bf16 *dx, size_t dx_stride,
                                          size_t rows, size_t cols);

/* ---- entmax15_loss ---- */

/**
 * Entmax loss with alpha 1.5 of each row, with its gradient in the logits.
 *
 * With `p` the row's entmax it is `p x + 4 / 3 (1 - sum p^1.5) - x[label]`: 0 where the label
 * exceeds all others by 2, and at least 0. The gradient is `p`, less 1 for the label.
 *
 * -inf is a share of 0; a label at -inf has a loss of +inf. Entries at +inf share the mass: a
 * label that is not among them has a loss of +inf. A NaN makes its row NaN, and so does a row
 * with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * As `lgt_focal_f32` without `gamma`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the
 * mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 4e-15 times the larger of 1 and itself; its gradient as much, and
 * the rounding to its type. `total` is the exact sum, rounded once: the order of rows does not
 * matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * B. Peters, V. Niculae and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019).
 *
 * # Example
 * ```c
 * float x[1][3] = {{0, 0, -9}}, grad[1][3];
 * int32_t y[1] = {1};
 * double loss;
 * assert(lgt_entmax15_loss_f32(&x[0][0], 3, y, LGT_I32, NULL, &loss, &grad[0][0], 3, NULL, 1, 3,
 *                              NULL) == LGT_OK);
 * assert(loss > 0.3905 && loss < 0.3906 && grad[0][1] == -grad[0][0]);
 * ```
 */
LGT_API lgt_status lgt_entmax15_loss_f32(const float *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const float *weights, double *loss,
                                         float *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_entmax15_loss_f32`. */
LGT_API lgt_status lgt_entmax15_loss_f64(const double *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const double *weights, double *loss,
                                         double *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_entmax15_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax15_loss_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const float *weights, double *loss,
                                         lgt_f16 *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_entmax15_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax15_loss_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const float *weights, double *loss,
                                          lgt_bf16 *grad, size_t grad_stride, double *total,
                                          size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- entmax_loss ---- */

/**
 * Alpha-entmax loss of each row, with its gradient in the logits.
 *
 * With `p` the row's alpha-entmax it is
 * `p x + (1 - sum p^alpha) / (alpha (alpha - 1)) - x[label]`: 0 where the label exceeds all others
 * by `1 / (alpha - 1)`, and at least 0. The gradient is `p`, less 1 for the label. With `alpha` = 1
 * it is cross-entropy, with 1.5 `lgt_entmax15_loss_f32`, with 2 `lgt_sparsemax_loss_f32`.
 *
 * -inf is a share of 0; a label at -inf has a loss of +inf. Entries at +inf share the mass: a
 * label that is not among them has a loss of +inf. A NaN makes its row NaN, and so does a row
 * with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * As `lgt_focal_f32`, with `alpha`, from 1 to 64, in the place of `gamma`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (alpha, weights,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the
 * mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-13 times the larger of 1 and itself; its gradient as much, and
 * the rounding to its type. With `alpha` = 1 as `lgt_focal_f32` with `gamma` = 0. `total` is the exact sum, rounded once: the order of rows does not
 * matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. Blondel, A. F. T. Martins and V. Niculae, "Learning with Fenchel-Young Losses" (2020); B. Peters, V. Niculae
 * and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019).
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 0}}, grad[1][2];
 * int32_t y[1] = {1};
 * double loss;
 * assert(lgt_entmax_loss_f32(&x[0][0], 2, y, LGT_I32, NULL, 3, &loss, &grad[0][0], 2, NULL, 1, 2,
 *                            NULL) == LGT_OK);
 * assert(loss > 0.1249 && loss < 0.1251 && grad[0][1] == -0.5f);
 * ```
 */
LGT_API lgt_status lgt_entmax_loss_f32(const float *x, size_t x_stride, const void *labels,
                                       uint32_t label_type, const float *weights, double alpha,
                                       double *loss, float *grad, size_t grad_stride, double *total,
                                       size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_entmax_loss_f32`. */
LGT_API lgt_status lgt_entmax_loss_f64(const double *x, size_t x_stride, const void *labels,
                                       uint32_t label_type, const double *weights, double alpha,
                                       double *loss, double *grad, size_t grad_stride,
                                       double *total, size_t rows, size_t cols,
                                       const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_entmax_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax_loss_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                       uint32_t label_type, const float *weights, double alpha,
                                       double *loss, lgt_f16 *grad, size_t grad_stride,
                                       double *total, size_t rows, size_t cols,
                                       const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_entmax_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_entmax_loss_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, const float *weights, double alpha,
                                        double *loss, lgt_bf16 *grad, size_t grad_stride,
                                        double *total, size_t rows, size_t cols,
                                        const lgt_loss_opts *opts);

/* ---- entropy ---- */

/**
 * Entropy of each row's softmax, in nats, with its gradient in the logits: with
 * `p = softmax(x / temperature)` it is `H = -sum p ln p`, its gradient
 * `-p (ln p + H) / temperature`.
 *
 * From 0 to `ln cols`. -inf is a share of 0, which is nothing. Entries at +inf share the
 * mass: the logarithm of how many, and no gradient. A NaN makes its row NaN, and so does a
 * row with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `temperature`: from
 * 1e-6 to 1e6. `weights`, `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`. To make
 * entropy large rather than small, give a `grad_scale` below 0.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, temperature,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
 * the mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's entropy, and its gradient times the temperature: at most 1e-6 (f64: 4e-15) times
 * the larger of 1 and `ln cols`, besides the rounding of a gradient to its type. `total` is
 * the exact sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook.
 *
 * # Example
 * ```c
 * float x[1][4] = {{2, 2, -1e38f, -1e38f}}, grad[1][4];
 * double entropy;
 * assert(lgt_entropy_f32(&x[0][0], 4, NULL, 1, &entropy, &grad[0][0], 4, NULL, 1, 4, NULL) ==
 *        LGT_OK);
 * assert(entropy > 0.69314 && entropy < 0.69315 && grad[0][3] == 0);
 * ```
 */
LGT_API lgt_status lgt_entropy_f32(const float *x, size_t x_stride, const float *weights,
                                   double temperature, double *loss, float *grad,
                                   size_t grad_stride, double *total, size_t rows, size_t cols,
                                   const lgt_loss_opts *opts);

/** `double` form of `lgt_entropy_f32`. */
LGT_API lgt_status lgt_entropy_f64(const double *x, size_t x_stride, const double *weights,
                                   double temperature, double *loss, double *grad,
                                   size_t grad_stride, double *total, size_t rows, size_t cols,
                                   const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_entropy_f16(const lgt_f16 *x, size_t x_stride, const float *weights,
                                   double temperature, double *loss, lgt_f16 *grad,
                                   size_t grad_stride, double *total, size_t rows, size_t cols,
                                   const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_entropy_bf16(const lgt_bf16 *x, size_t x_stride, const float *weights,
                                    double temperature, double *loss, lgt_bf16 *grad,
                                    size_t grad_stride, double *total, size_t rows, size_t cols,
                                    const lgt_loss_opts *opts);

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

/** The result of `lgt_evaluate_finish`. */
typedef struct lgt_evaluate_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /**
   * Those with a NaN, or without probabilities: misses, and every mean but the
   * accuracy is then NaN.
   */
  uint64_t nan_rows;
  /** Those whose loss is +inf: the label has probability 0. */
  uint64_t infinite_rows;
  /** The sum of weights. */
  double weight;
  /** The weighted share of rows whose label has the highest score. */
  double accuracy;
  /** Mean negative log-likelihood of the labels. */
  double nll;
  /** Its exponential. */
  double perplexity;
  /** Mean of the sum over classes of (p - y)^2: from 0 to 2. */
  double brier;
  /** Mean probability of the predicted class. */
  double confidence;
  /** Mean entropy of the probabilities, in nats. */
  double entropy;
  /** Mean of what the largest probability has over the next. */
  double margin;
  /** Expected calibration error of the predicted class. */
  double ece;
  /** Maximum calibration error. */
  double mce;
  /** Root mean square calibration error. */
  double rms;
  /** The same less what chance adds to the squares, at least 0. */
  double rms_debiased;
  /** Mean confidence less accuracy: above 0 if overconfident. */
  double signed_gap;
} lgt_evaluate_report;

/** Rows of one class, whatever their weight above 0. */
typedef struct lgt_evaluate_class {
  /** Rows that have this label and probabilities. */
  uint64_t labelled;
  /** Rows for which it was predicted. */
  uint64_t predicted;
  /** Rows for which both hold. */
  uint64_t hits;
} lgt_evaluate_class;

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
 * float z[3][2] = {{1, 0}, {0, 0}, {0, 3}};
 * uint8_t y[3] = {0, 1, 1};
 * lgt_evaluate_report report;
 * double top_2;
 * assert(lgt_evaluate_init(state, sizeof state, NULL) == LGT_OK);
 * assert(lgt_evaluate_update_f32(state, &z[0][0], 2, y, LGT_U8, NULL, 3, 2) == LGT_OK);
 * assert(lgt_evaluate_finish(state, &report) == LGT_OK && report.rows == 3);
 * assert(report.accuracy > 0.66 && report.accuracy < 0.67);
 * assert(report.nll > 0.3516 && report.nll < 0.3517);
 * assert(lgt_evaluate_get_accuracy(state, 2, &top_2) == LGT_OK && top_2 == 1);
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (k). Advisory: `LGT_UNDEFINED`.
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_evaluate_get_bins(const void *state, lgt_reliability_bin *bins,
                                         size_t count);

/**
 * Writes what was counted of each class; `lgt_evaluate_finish_classes` makes precision,
 * recall and their kin of it.
 *
 * # Shape
 * `classes`: `count` structs; at least as many as `init` was told.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_evaluate_get_classes(const void *state, lgt_evaluate_class *classes,
                                            size_t count);

/**
 * Writes precision, recall, F-beta and their kin, averaged over classes, with MCC and
 * Cohen's kappa: of the predicted class against the label, as
 * `lgt_class_counts_finish` does for labels alone.
 *
 * # Shape
 * `report`: one struct, whose `ignored` are rows without probabilities; rows count, not
 * weights. `opts`: one struct, or NULL for the defaults (macro, beta 1).
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta; or the
 * state was not
 * told of classes). Advisory: `LGT_UNDEFINED` (a number has no value).
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_evaluate_finish_classes(const void *state, lgt_class_counts_report *report,
                                               const lgt_class_counts_finish_opts *opts);

/* ---- evaluate_rows ---- */

/**
 * Writes how many bytes a state of `lgt_evaluate_rows` needs: 16, and 64 a row.
 *
 * # Shape
 * `rows`: how many rows, at most 67108863. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (rows).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_evaluate_rows_size(size_t rows, size_t *bytes);

/**
 * Starts a state of rows of logits that are to be evaluated but whose columns are seen in
 * parts: shards of a vocabulary, each by one worker.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_evaluate_rows_size` says. `rows`: how many rows, at most 67108863.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (rows).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_evaluate_rows_init(void *state, size_t size, size_t rows);

/**
 * Adds columns to rows that are to be evaluated, a mergeable state: each column is read
 * once, and of a row is kept what its columns so far come to, relative to the largest of
 * them, and how many of them stand before the label, whose logit every part is told.
 * Each column must be added once, in one call, by whichever worker has it; then the
 * states are merged, and `lgt_evaluate_rows_add_to` takes them.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols: the columns
 * `first_column` to `first_column` + cols - 1 of the whole, below 2^32. `label_scores`:
 * each row's logit at its label, exactly as it stands there, from whichever worker has
 * it. `labels`: one class a row, of the whole, of the integer type `label_type`
 * (`LGT_I8` to `LGT_U64`). `rows`: those of the state.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (rows), `LGT_E_STRIDE`, `LGT_E_SIZE`,
 * `LGT_E_LABEL` (below 0, or 2^32 - 1 and above), `LGT_E_VALUE` (`first_column`). The
 * state is then as it was.
 *
 * # Accuracy
 * As `lgt_evaluate_update_f32`, a row at a time, wherever the label and the columns of
 * other parts are; additions of parts are rounded, so split and order matter to the last
 * bits. Ranks and classes are exact.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its own and
 * merge them.
 *
 * # Source
 * M. Milakov and N. Gimelshein, "Online normalizer calculation for softmax" (2018),
 * section 3.1: how sums relative to the largest are merged.
 *
 * # Example
 * ```c
 * float left[1][2] = {{1, 2}}, right[1][1] = {{4}};
 * double at_label[1] = {2};
 * int32_t y[1] = {1};
 * uint64_t part[10], other[10], whole[512];
 * lgt_evaluate_report report;
 * lgt_evaluate_rows_init(part, sizeof part, 1);
 * lgt_evaluate_rows_init(other, sizeof other, 1);
 * lgt_evaluate_rows_update_f32(part, &left[0][0], 2, 0, at_label, y, LGT_I32, 1, 2);
 * lgt_evaluate_rows_update_f32(other, &right[0][0], 1, 2, at_label, y, LGT_I32, 1, 1);
 * assert(lgt_evaluate_rows_merge(part, other) == LGT_OK);
 * lgt_evaluate_init(whole, sizeof whole, NULL);
 * assert(lgt_evaluate_rows_add_to(part, whole, at_label, y, LGT_I32, NULL) == LGT_OK);
 * assert(lgt_evaluate_finish(whole, &report) == LGT_OK && report.accuracy == 0);
 * assert(report.nll > 2.1698 && report.nll < 2.1699);
 * ```
 */
LGT_API lgt_status lgt_evaluate_rows_update_f32(void *state, const float *x, size_t x_stride,
                                                uint64_t first_column, const double *label_scores,
                                                const void *labels, uint32_t label_type,
                                                size_t rows, size_t cols);

/** `double` form of `lgt_evaluate_rows_update_f32`. */
LGT_API lgt_status lgt_evaluate_rows_update_f64(void *state, const double *x, size_t x_stride,
                                                uint64_t first_column, const double *label_scores,
                                                const void *labels, uint32_t label_type,
                                                size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_evaluate_rows_update_f32`; computed in f32. */
LGT_API lgt_status lgt_evaluate_rows_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                                uint64_t first_column, const double *label_scores,
                                                const void *labels, uint32_t label_type,
                                                size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_evaluate_rows_update_f32`; computed in f32. */
LGT_API lgt_status lgt_evaluate_rows_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                                 uint64_t first_column, const double *label_scores,
                                                 const void *labels, uint32_t label_type,
                                                 size_t rows, size_t cols);

/**
 * Adds other columns of the same rows. The order of merging may matter to the last bits.
 * For bytes from elsewhere use `lgt_state_merge`, which is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same state twice).
 * The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_evaluate_rows_merge(void *state, const void *other);

/**
 * Adds rows, all of whose columns have been seen, to a state of `lgt_evaluate` that was
 * started for logits.
 *
 * # Shape
 * `state`: the rows. `evaluation`: a state of `lgt_evaluate`. `label_scores`, `labels`:
 * one a row, as they were for the columns. `weights`: one number a row from 0 to 2^63, or NULL for
 * 1 each.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
 * `LGT_E_MISMATCH` (an evaluation of probabilities). The evaluation is then as it was.
 *
 * Thread safety: any thread, one at a time for one evaluation.
 */
LGT_API lgt_status lgt_evaluate_rows_add_to(const void *state, void *evaluation,
                                            const double *label_scores, const void *labels,
                                            uint32_t label_type, const double *weights);

/* ---- focal ---- */

/**
 * Focal loss of each row, `-(1 - p)^gamma ln p` of the label's share `p`, with its
 * gradient in the logits: what is already right counts little.
 *
 * With `gamma` = 0 it is cross-entropy. -inf is a share of 0; a label at -inf has a loss
 * of +inf. Entries at +inf share the mass. A NaN makes its row NaN, and so does a row
 * with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a
 * row from 0 to 2^63, or NULL for 1 each; a row of weight 0 has a loss of 0 and a
 * gradient of zeros. `gamma`: from 0 to 100; 2 is usual. `loss`: each row's own loss,
 * without its weight, or NULL. `grad`: rows x cols, or NULL: the gradient of the reduced
 * loss, times `grad_scale`. `total`: the reduced loss, or NULL. `opts`: NULL for the
 * defaults.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * gamma, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
 * `LGT_UNDEFINED` for the mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) times the largest of 1, `ln cols` and the
 * row's cross-entropy. Its gradient as much, times `1 + gamma`, besides the rounding to its
 * type. `total` is the exact sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * T.-Y. Lin et al., "Focal Loss for Dense Object Detection" (2017), for more than two
 * classes.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 0}}, grad[1][2];
 * int32_t y[1] = {1};
 * double loss;
 * assert(lgt_focal_f32(&x[0][0], 2, y, LGT_I32, NULL, 2, &loss, &grad[0][0], 2, NULL, 1, 2,
 *                      NULL) == LGT_OK);
 * assert(loss > 0.17328 && loss < 0.17329 && grad[0][0] == -grad[0][1]);
 * ```
 */
LGT_API lgt_status lgt_focal_f32(const float *x, size_t x_stride, const void *labels,
                                 uint32_t label_type, const float *weights, double gamma,
                                 double *loss, float *grad, size_t grad_stride, double *total,
                                 size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_focal_f32`. */
LGT_API lgt_status lgt_focal_f64(const double *x, size_t x_stride, const void *labels,
                                 uint32_t label_type, const double *weights, double gamma,
                                 double *loss, double *grad, size_t grad_stride, double *total,
                                 size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_focal_f32`; computed in f32. */
LGT_API lgt_status lgt_focal_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                 uint32_t label_type, const float *weights, double gamma,
                                 double *loss, lgt_f16 *grad, size_t grad_stride, double *total,
                                 size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_focal_f32`; computed in f32. */
LGT_API lgt_status lgt_focal_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                  uint32_t label_type, const float *weights, double gamma,
                                  double *loss, lgt_bf16 *grad, size_t grad_stride, double *total,
                                  size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- gumbel_softmax ---- */

/** What goes forward is the one hot of the largest noisy score. */
#define LGT_GUMBEL_HARD 1

/**
 * Options of `lgt_gumbel_softmax`. Fill with `lgt_gumbel_softmax_opts_default`, then
 * change what is to be different.
 */
typedef struct lgt_gumbel_softmax_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_GUMBEL_HARD` or 0; default 0. */
  uint32_t flags;
  /** The temperature: noisy scores are divided by it. Default 1; from 1e-30 to 1e30. */
  double tau;
  /**
   * Any number; default 0. Of this and the next two, draws are made if no uniform
   * numbers are given.
   */
  uint64_t seed;
  /**
   * Any number below 2^32: other draws of the same seed. Default 1, whose words are not
   * those that `lgt_bootstrap_weights_f32` has for the first 2^32 rows.
   */
  uint64_t stream;
  /** The number of the first row in the whole data; default 0. */
  uint64_t first_row;
} lgt_gumbel_softmax_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_gumbel_softmax_opts_default(lgt_gumbel_softmax_opts *opts);

/**
 * Gumbel softmax of each row: `y = softmax((x + g) / tau)`, where `g = -ln(-ln u)` of
 * uniform numbers `u`; or the one hot of the largest `x + g`.
 *
 * The one hot is each class as often as the softmax of `x` says. To train through it, go
 * forward with `LGT_GUMBEL_HARD` and back with the gradient of the shares (straight
 * through): `soft` is where they go besides.
 *
 * `u` is brought into 2^-24 to 1 - 2^-24. Where it is NULL it is drawn: that of row `r` and
 * column `c` is `(w + 1/2) / 2^32`, rounded to the type computed in, where `w` is word `c % 4`
 * of Philox4x32-10 of the counter (`c / 4`, `stream`, low half, high half of
 * `first_row + r`) by the key (low half, high half of `seed`). So a row's draws do not depend on
 * which other rows are in the call.
 *
 * -inf is masked: a share of 0. Scores at +inf have it all, shared by their noise. A NaN in
 * `x` or `u` makes its row NaN, and so does a row with nothing above -inf, with
 * `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: scores, `u`: rows of numbers from 0 to 1, of the type computed in, or NULL; `y`:
 * shares or one hots; `soft`: with `LGT_GUMBEL_HARD` the shares, or NULL. Each rows x cols,
 * row-major, strides in elements, at least cols. `opts`: NULL for the defaults.
 *
 * # In place
 * `y == x` or `soft == x` with equal strides is allowed; any other overlap is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION` (flags; `soft` without
 * `LGT_GUMBEL_HARD`), `LGT_E_VALUE` (tau, stream), `LGT_E_ALIAS`. Advisory:
 * `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * A share: relative at most what rounding changes of the noisy scores, 2 ulp of the largest
 * of their sizes, over `tau`, and 1e-6 (f64: 4e-15), besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * E. Jang, S. Gu and B. Poole, "Categorical Reparameterization with Gumbel-Softmax" (2017);
 * C. Maddison, A. Mnih and Y. W. Teh, "The Concrete Distribution" (2017).
 *
 * # Example
 * ```c
 * float x[1][3] = {{0, 50, 0}}, y[1][3], soft[1][3];
 * lgt_gumbel_softmax_opts opts;
 * lgt_gumbel_softmax_opts_default(&opts);
 * opts.flags = LGT_GUMBEL_HARD;
 * opts.seed = 7;
 * assert(lgt_gumbel_softmax_f32(&x[0][0], 3, NULL, 0, &y[0][0], 3, &soft[0][0], 3, 1, 3,
 *                               &opts) == LGT_OK);
 * assert(y[0][0] == 0 && y[0][1] == 1 && y[0][2] == 0 && soft[0][1] > 0.999f);
 * ```
 */
LGT_API lgt_status lgt_gumbel_softmax_f32(const float *x, size_t x_stride, const float *u,
                                          size_t u_stride, float *y, size_t y_stride, float *soft,
                                          size_t soft_stride, size_t rows, size_t cols,
                                          const lgt_gumbel_softmax_opts *opts);

/** `double` form of `lgt_gumbel_softmax_f32`. */
LGT_API lgt_status lgt_gumbel_softmax_f64(const double *x, size_t x_stride, const double *u,
                                          size_t u_stride, double *y, size_t y_stride, double *soft,
                                          size_t soft_stride, size_t rows, size_t cols,
                                          const lgt_gumbel_softmax_opts *opts);

/** `lgt_f16` form of `lgt_gumbel_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_gumbel_softmax_f16(const lgt_f16 *x, size_t x_stride, const float *u,
                                          size_t u_stride, lgt_f16 *y, size_t y_stride,
                                          lgt_f16 *soft, size_t soft_stride, size_t rows,
                                          size_t cols, const lgt_gumbel_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_gumbel_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_gumbel_softmax_bf16(const lgt_bf16 *x, size_t x_stride, const float *u,
                                           size_t u_stride, lgt_bf16 *y, size_t y_stride,
                                           lgt_bf16 *soft, size_t soft_stride, size_t rows,
                                           size_t cols, const lgt_gumbel_softmax_opts *opts);

/**
 * Gradient of `lgt_gumbel_softmax_f32` in the scores: `dx = y (dy - sum y dy) / tau` of the
 * shares `y`.
 *
 * With hard outputs, straight through: `y` are the shares that `soft` was for, `dy` is the
 * gradient in the one hots. A share of 0 has a gradient of 0, whatever `dy` is there. A NaN
 * makes its row NaN, but for shares of 0.
 *
 * # Shape
 * `y`: shares; `dy`: the gradient in them; `dx`: that in the scores. Each rows x cols,
 * row-major, strides in elements, at least cols. `tau`: as there.
 *
 * # In place
 * `dx == y` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (tau), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15) times `y / tau` times the largest size of a `dy` of the row,
 * besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As for `lgt_gumbel_softmax_f32`.
 *
 * # Example
 * ```c
 * float y[1][2] = {{0.25f, 0.75f}}, dy[1][2] = {{1, 0}}, dx[1][2];
 * assert(lgt_gumbel_softmax_grad_f32(&y[0][0], 2, &dy[0][0], 2, &dx[0][0], 2, 0.5, 1, 2) ==
 *        LGT_OK);
 * assert(dx[0][0] == 0.375f && dx[0][1] == -0.375f);
 * ```
 */
LGT_API lgt_status lgt_gumbel_softmax_grad_f32(const float *y, size_t y_stride, const float *dy,
                                               size_t dy_stride, float *dx, size_t dx_stride,
                                               double tau, size_t rows, size_t cols);

/** `double` form of `lgt_gumbel_softmax_grad_f32`. */
LGT_API lgt_status lgt_gumbel_softmax_grad_f64(const double *y, size_t y_stride, const double *dy,
                                               size_t dy_stride, double *dx, size_t dx_stride,
                                               double tau, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_gumbel_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_gumbel_softmax_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                               size_t dy_stride, lgt_f16 *dx, size_t dx_stride,
                                               double tau, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_gumbel_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_gumbel_softmax_grad_bf16(const lgt_bf16 *y, size_t y_stride,
                                                const lgt_bf16 *dy, size_t dy_stride, lgt_bf16 *dx,
                                                size_t dx_stride, double tau, size_t rows,
                                                size_t cols);

/* ---- hinge ---- */

/** Hinge loss: the mean over all columns of what each but the label's costs. */
#define LGT_HINGE_MEAN 0

/** Hinge loss: what the largest score but the label's costs. */
#define LGT_HINGE_MAX 1

/**
 * Hinge loss of each row of scores, with its gradient: a score that is not `margin` below
 * the label's costs what it lacks, `max(0, margin - x_y + x_c)^power`.
 *
 * With `LGT_HINGE_MEAN` a row's loss is the sum over all columns but the label's, divided
 * by cols; with `LGT_HINGE_MAX` the largest of them, whose gradient is that of the first
 * of the largest scores. Two classes with scores 0 and s have the binary hinge loss of s,
 * `max(0, margin - s)` where the label is 1 and `max(0, margin + s)` where it is 0; half
 * that with `LGT_HINGE_MEAN`. Where nothing is lacking the derivative is 0. A score at
 * -inf costs nothing, a label there +inf. A NaN makes the loss of its row NaN, and so do a
 * label and another score that are both +inf.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type`. `margin`: from 0 to 1e30;
 * 1 is usual. `power`: 1 or 2. `form`: an `LGT_HINGE_`. `weights`, `loss`, `grad`,
 * `total`, `opts`: as `lgt_focal_f32`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * margin, grad_scale), `LGT_E_OPTION` (power, form, reduction), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` for the mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) times the largest of 1 and the scores' size,
 * squared with `power` 2. Its gradient as much. `total` is the exact sum, rounded once:
 * the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * The mean: `torch.nn.functional.multi_margin_loss`. The largest: K. Crammer and Y. Singer,
 * "On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines" (2001);
 * scikit-learn's `hinge_loss`.
 *
 * # Example
 * ```c
 * float x[1][3] = {{1, 0.5f, -1}}, grad[1][3];
 * int32_t y[1] = {0};
 * double loss;
 * assert(lgt_hinge_f32(&x[0][0], 3, y, LGT_I32, NULL, 1, 1, LGT_HINGE_MAX, &loss, &grad[0][0], 3,
 *                      NULL, 1, 3, NULL) == LGT_OK);
 * assert(loss == 0.5 && grad[0][0] == -1 && grad[0][1] == 1 && grad[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_hinge_f32(const float *x, size_t x_stride, const void *labels,
                                 uint32_t label_type, const float *weights, double margin,
                                 uint32_t power, uint32_t form, double *loss, float *grad,
                                 size_t grad_stride, double *total, size_t rows, size_t cols,
                                 const lgt_loss_opts *opts);

/** `double` form of `lgt_hinge_f32`. */
LGT_API lgt_status lgt_hinge_f64(const double *x, size_t x_stride, const void *labels,
                                 uint32_t label_type, const double *weights, double margin,
                                 uint32_t power, uint32_t form, double *loss, double *grad,
                                 size_t grad_stride, double *total, size_t rows, size_t cols,
                                 const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_hinge_f32`; computed in f32. */
LGT_API lgt_status lgt_hinge_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                 uint32_t label_type, const float *weights, double margin,
                                 uint32_t power, uint32_t form, double *loss, lgt_f16 *grad,
                                 size_t grad_stride, double *total, size_t rows, size_t cols,
                                 const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_hinge_f32`; computed in f32. */
LGT_API lgt_status lgt_hinge_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                  uint32_t label_type, const float *weights, double margin,
                                  uint32_t power, uint32_t form, double *loss, lgt_bf16 *grad,
                                  size_t grad_stride, double *total, size_t rows, size_t cols,
                                  const lgt_loss_opts *opts);

/* ---- histogram_binning ---- */

/** Bins of equal width on 0 .. 1. */
#define LGT_HISTOGRAM_BINNING_WIDTH 0

/** Bins that hold as many rows each as can be. */
#define LGT_HISTOGRAM_BINNING_MASS 1

/**
 * Options of `lgt_histogram_binning_fit`. Fill with
 * `lgt_histogram_binning_opts_default`, then change what is to be different.
 */
typedef struct lgt_histogram_binning_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /**
   * How bins are made: `LGT_HISTOGRAM_BINNING_WIDTH`, which is the default, or
   * `LGT_HISTOGRAM_BINNING_MASS`.
   */
  uint32_t strategy;
  /** How many bins, 1 to 65536; default 15. */
  uint32_t bins;
  /** Must be 0. */
  uint32_t reserved;
} lgt_histogram_binning_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any thread, any
 * time.
 */
LGT_API void lgt_histogram_binning_opts_default(lgt_histogram_binning_opts *opts);

/**
 * Writes how many bytes a model of `lgt_histogram_binning` takes at most: 32, and 16 a bin.
 *
 * # Shape
 * `opts`: NULL for the defaults. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (options).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_histogram_binning_size(const lgt_histogram_binning_opts *opts,
                                              size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_histogram_binning_fit` needs: 104 a bin of equal
 * width; of equal mass, a row 32, twice the bytes of a score and some more with weights.
 *
 * # Shape
 * `rows`: number of rows, with bins of equal mass below 2^32, or with weights in f64
 * below 2^31. `score_size`: bytes of a score, 2, 4 or 8. `weighted`: 1 if weights are
 * given, else 0. `opts`: NULL for the defaults. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (`score_size`, `weighted`, options),
 * `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_histogram_binning_scratch(size_t rows, size_t score_size, uint32_t weighted,
                                                 const lgt_histogram_binning_opts *opts,
                                                 size_t *bytes);

/**
 * Fits histogram binning to held-out scores of two classes: the calibrated probability
 * of a score is the share of label 1 among the rows of its bin.
 *
 * Bins of equal width divide 0 .. 1 as `lgt_ece_binary` does, `(low, high]` with 0 in
 * the first; edges are `k / bins` rounded to the type of the data (float for f16 and
 * bf16). A bin without rows has the value of its middle. Scores must be probabilities;
 * up to 1.01 is taken as rounding, as everywhere.
 *
 * Bins of equal mass end where those of `lgt_ece_equal_mass` with `LGT_TIES_TOGETHER`
 * do: at the ends of the parts of `numpy.array_split` of the scores in order, the first
 * ones larger by a row where some must be; equal scores that this would part all go into
 * the lower bin. Rows are counted, whatever their weight; a row of weight 0 is not there.
 * Bins that are left without rows are not in the model, so with more bins than scores
 * there is one for each score. An edge lies in the middle of the last score below and the
 * first above, or at the former where the middle is neither or one is infinite. Any score
 * but NaN is taken.
 *
 * Scores below the first edge or above the last are in the first or last bin. Values are
 * shares of the data, so 0 and 1 are among them where a bin holds one class; a loss on
 * other data may then be infinite.
 *
 * The model is bytes of the caller: its head (`lgt_model_head`), the edges between bins in
 * order, and then the value of each bin, of which there is one more. `nll_before` is the
 * mean loss of scores taken as probabilities, NaN if one is outside 0 .. 1; `nll_after`
 * that of values. `fit_status`, which is also returned, is `LGT_OK`, or `LGT_DEGENERATE`
 * where rows are of one class or in one bin, or none counts: the model can be used, with
 * the middles of bins or, of equal mass, 0.5 where there is no row.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_histogram_binning_size` says.
 * `x`: `rows` scores, `x_stride` elements from one to the next. `labels`: as many times 0
 * or 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many
 * numbers from 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its
 * row out. `opts`: NULL for the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned,
 * at least what `lgt_histogram_binning_scratch` says, apart from the other arrays; what is
 * there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment
 * of the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score
 * that is NaN or, with bins of equal width, below 0 or above 1.01), `LGT_E_SCRATCH`,
 * `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_DEGENERATE`.
 *
 * # Accuracy
 * Values without weights are rounded once; with weights within 1e-12, or with bins of equal
 * width 4e-15. The order of rows does not change a bit. Losses within 1e-13.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * B. Zadrozny, C. Elkan, "Obtaining calibrated probability estimates from decision trees
 * and naive Bayesian classifiers" (2001).
 *
 * # Example
 * ```c
 * double x[4] = {0.1, 0.1, 0.8, 0.9};
 * uint8_t y[4] = {0, 1, 1, 1};
 * uint64_t model[34], scratch[13 * 15];
 * assert(lgt_histogram_binning_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 4, NULL,
 *                                      scratch, sizeof scratch) == LGT_OK);
 * assert(lgt_histogram_binning_apply_f64(model, x, 1, x, 1, 4) == LGT_OK);
 * assert(x[0] == 0.5 && x[1] == 0.5 && x[2] == 1 && x[3] == 1);
 * ```
 */
LGT_API lgt_status lgt_histogram_binning_fit_f32(void *model, size_t size, const float *x,
                                                 size_t x_stride, const void *labels,
                                                 uint32_t label_type, const float *weights,
                                                 size_t rows,
                                                 const lgt_histogram_binning_opts *opts,
                                                 void *scratch, size_t scratch_size);

/** `double` form of `lgt_histogram_binning_fit_f32`. */
LGT_API lgt_status lgt_histogram_binning_fit_f64(void *model, size_t size, const double *x,
                                                 size_t x_stride, const void *labels,
                                                 uint32_t label_type, const double *weights,
                                                 size_t rows,
                                                 const lgt_histogram_binning_opts *opts,
                                                 void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_histogram_binning_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_histogram_binning_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                                 size_t x_stride, const void *labels,
                                                 uint32_t label_type, const float *weights,
                                                 size_t rows,
                                                 const lgt_histogram_binning_opts *opts,
                                                 void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_histogram_binning_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_histogram_binning_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                                  size_t x_stride, const void *labels,
                                                  uint32_t label_type, const float *weights,
                                                  size_t rows,
                                                  const lgt_histogram_binning_opts *opts,
                                                  void *scratch, size_t scratch_size);

/**
 * Makes a model of what a state of `lgt_ece_binary` has seen: the one that
 * `lgt_histogram_binning_fit` makes of the same rows with as many bins of equal width, but
 * that `nll_before` is NaN. States of parts of the data can be merged first, in any order.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least 32 and 16 a bin. `state`: one state,
 * with bins closed on the right. `score_size`: bytes of a score of the data, 2, 4 or 8:
 * edges are rounded to float unless it is 8, as the state has compared them.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (of the model), `LGT_E_STATE` (no such state, alignment),
 * `LGT_E_VALUE` (`score_size`; the state has seen a NaN or what is no probability),
 * `LGT_E_MISMATCH` (bins closed on the left), `LGT_E_ALIAS`. The model is then as it was.
 * Advisory: `LGT_DEGENERATE`.
 *
 * # Accuracy
 * Values within 4e-15. Merging in any order does not change a bit.
 *
 * Thread safety: any thread, as long as no other changes the state.
 *
 * # Source
 * As `lgt_histogram_binning_fit_f32`.
 *
 * # Example
 * ```c
 * uint64_t state[5 + 13 * 2], model[8];
 * double x[4] = {0.1, 0.2, 0.8, 0.9};
 * uint8_t y[4] = {0, 1, 1, 1};
 * assert(lgt_ece_binary_init(state, sizeof state, 2, LGT_BINS_RIGHT) == LGT_OK);
 * assert(lgt_ece_binary_update_f64(state, x, y, LGT_U8, NULL, 4) == LGT_OK);
 * assert(lgt_histogram_binning_from_state(model, sizeof model, state, 8) == LGT_OK);
 * assert(lgt_histogram_binning_apply_f64(model, x, 1, x, 1, 4) == LGT_OK && x[0] == 0.5);
 * ```
 */
LGT_API lgt_status lgt_histogram_binning_from_state(void *model, size_t size, const void *state,
                                                    size_t score_size);

/**
 * Calibrates scores with a model of `lgt_histogram_binning`: the value of the bin that each
 * is in. NaN stays NaN; -inf is in the first bin and +inf in the last. Scores of another
 * type than the model was fitted to are compared with its edges as they are.
 *
 * # Shape
 * `model`: a fitted model. `x`: `rows` scores, `x_stride` elements from one to the next.
 * `y`: as many probabilities of label 1, `y_stride` apart.
 *
 * # In place
 * `y` may be `x` with the same stride.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_STATE` (no such model),
 * `LGT_E_ALIAS`. `y` is then as it was.
 *
 * # Accuracy
 * The values of the model, rounded to the type of the data.
 *
 * Thread safety: any thread, as long as no other changes the model or writes the arrays.
 *
 * # Source
 * As `lgt_histogram_binning_fit_f32`.
 *
 * # Example
 * ```c
 * double x = 0.25;
 * uint64_t state[5 + 13 * 2], model[8];
 * assert(lgt_ece_binary_init(state, sizeof state, 1, LGT_BINS_RIGHT) == LGT_OK);
 * assert(lgt_histogram_binning_from_state(model, sizeof model, state, 8) == LGT_DEGENERATE);
 * assert(lgt_histogram_binning_apply_f64(model, &x, 1, &x, 1, 1) == LGT_OK && x == 0.5);
 * ```
 */
LGT_API lgt_status lgt_histogram_binning_apply_f32(const void *model, const float *x,
                                                   size_t x_stride, float *y, size_t y_stride,
                                                   size_t rows);

/** `double` form of `lgt_histogram_binning_apply_f32`. */
LGT_API lgt_status lgt_histogram_binning_apply_f64(const void *model, const double *x,
                                                   size_t x_stride, double *y, size_t y_stride,
                                                   size_t rows);

/** `lgt_f16` form of `lgt_histogram_binning_apply_f32`. */
LGT_API lgt_status lgt_histogram_binning_apply_f16(const void *model, const lgt_f16 *x,
                                                   size_t x_stride, lgt_f16 *y, size_t y_stride,
                                                   size_t rows);

/** `lgt_bf16` form of `lgt_histogram_binning_apply_f32`. */
LGT_API lgt_status lgt_histogram_binning_apply_bf16(const void *model, const lgt_bf16 *x,
                                                    size_t x_stride, lgt_bf16 *y, size_t y_stride,
                                                    size_t rows);

/* ---- hosmer_lemeshow ---- */

/** The result of `lgt_hosmer_lemeshow_finish`. */
typedef struct lgt_hosmer_lemeshow_report {
  /** Bins that are not empty. */
  uint64_t bins;
  /** The sum of weights in them. */
  double weight;
  /** The sum over bins of n (f - c)^2 / (c (1 - c)). */
  double statistic;
  /** Degrees of freedom: bins less the offset. */
  double degrees;
  /** The chance of as much or more if calibrated; NaN without a degree of freedom. */
  double p_value;
} lgt_hosmer_lemeshow_report;

/**
 * Tests the bins of a reliability curve for calibration: the statistic of Hosmer and
 * Lemeshow, the sum over bins that are not empty of `n (f - c)^2 / (c (1 - c))` with
 * weight n, frequency f and confidence c, and its p-value from chi-square.
 *
 * Bins of any make will do: those of equal width of `lgt_binary_get_bins`, or those of
 * equal mass that the test was made for. `dof_offset` is what is taken from the number
 * of bins for degrees of freedom: 2 if the model was fitted to these rows, as in the
 * paper, and 0 if it was not (`hosmer_lemeshow_test` of calzone: `df` = bins less 2).
 * Weights are taken as repetitions. Where c is 0 or 1, a frequency other than that
 * makes the statistic +inf. A batch function over an array of the caller.
 *
 * # Shape
 * `bins`: `count` structs, of which those of weight 0 are passed over; `rows`, `low`
 * and `high` are not looked at. `report`: one struct. With no degree of freedom left
 * `p_value` is NaN, with `LGT_UNDEFINED`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`; `LGT_E_VALUE` for a weight that is not from 0 to 2^63, or
 * a confidence or frequency, where there is weight, that is not from 0 to 1.01.
 * Advisory: `LGT_UNDEFINED`.
 *
 * # Accuracy
 * `statistic`: at most 1e-14 relative to confidences and frequencies as they are given.
 * `p_value`: at most 1e-12 relative to the statistic as it is written.
 *
 * Thread safety: any thread, as long as no other changes the bins.
 *
 * # Source
 * D. W. Hosmer and S. Lemeshow, "Goodness of fit tests for the multiple logistic
 * regression model" (1980).
 *
 * # Example
 * ```c
 * lgt_reliability_bin bins[2] = {{8, 8, 0, 0.5, 0.5, 0.75}, {8, 8, 0.5, 1, 0.5, 0.5}};
 * lgt_hosmer_lemeshow_report report;
 * assert(lgt_hosmer_lemeshow_finish(bins, 2, 0, &report) == LGT_OK);
 * assert(report.statistic == 2 && report.degrees == 2);
 * assert(report.p_value > 0.367879 && report.p_value < 0.367880);
 * ```
 */
LGT_API lgt_status lgt_hosmer_lemeshow_finish(const lgt_reliability_bin *bins, size_t count,
                                              uint32_t dof_offset,
                                              lgt_hosmer_lemeshow_report *report);

/* ---- icc ---- */

/** One form of the intraclass correlation. */
typedef struct lgt_icc_form {
  /** The intraclass correlation. */
  double icc;
  /** Of the test that it is 0. */
  double f;
  /** Degrees of freedom above. */
  double df1;
  /** Degrees of freedom below. */
  double df2;
  /** The share of F above `f`. */
  double p_value;
  /** The lower end of the confidence interval. */
  double low;
  /** The upper end. */
  double high;
} lgt_icc_form;

/** The result of `lgt_icc`. */
typedef struct lgt_icc_report {
  /** Number of items. */
  uint64_t items;
  /** Number of raters. */
  uint64_t raters;
  /** Items with a rating that is no finite number; all below is then NaN. */
  uint64_t nan_items;
  /** The mean of all ratings. */
  double mean;
  /** Mean square between items. */
  double ms_items;
  /** Mean square within items. */
  double ms_within;
  /** Mean square between raters. */
  double ms_raters;
  /** Mean square of what is left. */
  double ms_error;
  /** ICC(1,1): each item has raters of its own. */
  lgt_icc_form icc1;
  /** ICC(2,1): raters are a sample, and rate all items. */
  lgt_icc_form icc2;
  /** ICC(3,1): these raters are all that matter. */
  lgt_icc_form icc3;
  /** ICC(1,k): of the mean of all raters. */
  lgt_icc_form icc1k;
  /** ICC(2,k). */
  lgt_icc_form icc2k;
  /** ICC(3,k). */
  lgt_icc_form icc3k;
} lgt_icc_report;

/**
 * Writes how many bytes of scratch `lgt_icc` needs: 8 for each item and each rater.
 *
 * # Shape
 * `items`, `raters`: how many. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_icc_scratch(size_t items, size_t raters, size_t *bytes);

/**
 * Intraclass correlations of items that were all rated by the same number of raters:
 * how much of the spread of ratings is that of the items.
 *
 * All six forms of Shrout and Fleiss, each with its F test and confidence interval, as
 * in pingouin's `intraclass_corr` and R's `psych::ICC`: `icc1` if each item has raters
 * of its own, `icc2` if the raters are a sample and rate all items, `icc3` if they are
 * all the raters there are; and `icc1k`, `icc2k`, `icc3k` for the mean of all raters
 * (`icc3k` is Cronbach's alpha).
 *
 * Ratings without any spread, one item or one rater: NaN. A rating that is no finite
 * number makes all NaN (`nan_items`); there are no missing values. Without any error F is
 * infinite, or as large as rounding makes it, and intervals are points. `icc2k` and its bounds are -inf where the formulas, and
 * pingouin, divide by what is not above 0. The order of items and of raters does not change
 * a bit.
 *
 * # Shape
 * `x`: items x raters, row-major, stride in elements, at least raters. `report`: one
 * struct. `confidence`: of the intervals, above 0 and below 1. `scratch`:
 * `scratch_size` bytes, 8-byte aligned, at least what `lgt_icc_scratch` says, apart from
 * `x`; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (confidence),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`
 * (`icc1` is NaN).
 *
 * # Accuracy
 * Correlations: within 1e-12 of their exact values, as long as the ratings are further
 * apart than 1e-4 of their mean; p-values: a relative 1e-12 for the F that is written.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater
 * reliability" (1979), the section on each form.
 *
 * # Example
 * ```c
 * float x[6][4] = {{9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8},
 *                  {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
 * uint64_t scratch[6 + 4];
 * lgt_icc_report report;
 * assert(lgt_icc_f32(&x[0][0], 4, &report, 6, 4, 0.95, scratch, sizeof scratch) == LGT_OK);
 * assert(report.icc1.icc > 0.165 && report.icc1.icc < 0.166);
 * assert(report.icc2.icc > 0.289 && report.icc2.icc < 0.290);
 * assert(report.icc3k.icc > 0.909 && report.icc3k.icc < 0.910);
 * ```
 */
LGT_API lgt_status lgt_icc_f32(const float *x, size_t x_stride, lgt_icc_report *report,
                               size_t items, size_t raters, double confidence, void *scratch,
                               size_t scratch_size);

/** `double` form of `lgt_icc_f32`. */
LGT_API lgt_status lgt_icc_f64(const double *x, size_t x_stride, lgt_icc_report *report,
                               size_t items, size_t raters, double confidence, void *scratch,
                               size_t scratch_size);

/** `lgt_f16` form of `lgt_icc_f32`; computed in f32. */
LGT_API lgt_status lgt_icc_f16(const lgt_f16 *x, size_t x_stride, lgt_icc_report *report,
                               size_t items, size_t raters, double confidence, void *scratch,
                               size_t scratch_size);

/** `lgt_bf16` form of `lgt_icc_f32`; computed in f32. */
LGT_API lgt_status lgt_icc_bf16(const lgt_bf16 *x, size_t x_stride, lgt_icc_report *report,
                                size_t items, size_t raters, double confidence, void *scratch,
                                size_t scratch_size);

/* ---- info_nce ---- */

/** InfoNCE: each row against the column of its label. */
#define LGT_INFO_NCE_ROWS 0

/** InfoNCE: each row of a square against its diagonal, and each column, averaged. */
#define LGT_INFO_NCE_SYMMETRIC 1

/**
 * InfoNCE loss of each row of similarities, with its gradient: the cross-entropy of
 * `softmax(x / temperature)` with the one column that belongs to the row.
 *
 * With `LGT_INFO_NCE_SYMMETRIC` a row's loss is the mean of that and of the same of its
 * column: of pairs of two kinds of things, as of images and texts. A weight is then that
 * of the pair; pairs of weight 0 are candidates for the others all the same. What is said
 * of -inf, +inf and NaN in `lgt_cross_entropy_f32` holds of rows; a +inf makes its column
 * NaN.
 *
 * # Shape
 * `x`: similarities, rows x cols, row-major, stride in elements, at least cols. `labels`:
 * one column a row, of the integer type `label_type`, or NULL for the diagonal. `weights`,
 * `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`. `temperature`: from 1e-30 to 1e30.
 * `direction`: an `LGT_INFO_NCE_`; of the symmetric one rows must be as many as cols, and
 * `labels` NULL.
 *
 * # In place
 * `grad == x` with equal strides is allowed, but not of the symmetric one; any other
 * overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_SHAPE` (more rows than columns
 * without labels; symmetric of what is no square or has labels), `LGT_E_LABEL`,
 * `LGT_E_VALUE` (weights, temperature, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`.
 * Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 2e-6 (f64: 2e-14) times the largest of 1 and similarities divided
 * by `temperature`; of rows alone as `lgt_cross_entropy_f32` has it. Its gradient: at most
 * 4e-6 (f64: 4e-14) times its weight, divided by `temperature`, besides the rounding to its
 * type: of the symmetric one that is done twice. `total` is the exact sum, rounded once.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. van den Oord et al., "Representation Learning with Contrastive Predictive Coding"
 * (2018); both directions as A. Radford et al., "Learning Transferable Visual Models From
 * Natural Language Supervision" (2021) have them.
 *
 * # Example
 * ```c
 * float x[2][2] = {{1, 0}, {0, 1}}, grad[2][2];
 * double total;
 * assert(lgt_info_nce_f32(&x[0][0], 2, NULL, LGT_I32, NULL, 0.5, LGT_INFO_NCE_SYMMETRIC, NULL,
 *                         &grad[0][0], 2, &total, 2, 2, NULL) == LGT_OK);
 * assert(total > 0.25385 && total < 0.25386 && grad[0][0] < 0 && grad[0][1] > 0);
 * ```
 */
LGT_API lgt_status lgt_info_nce_f32(const float *x, size_t x_stride, const void *labels,
                                    uint32_t label_type, const float *weights, double temperature,
                                    uint32_t direction, double *loss, float *grad,
                                    size_t grad_stride, double *total, size_t rows, size_t cols,
                                    const lgt_loss_opts *opts);

/** `double` form of `lgt_info_nce_f32`. */
LGT_API lgt_status lgt_info_nce_f64(const double *x, size_t x_stride, const void *labels,
                                    uint32_t label_type, const double *weights, double temperature,
                                    uint32_t direction, double *loss, double *grad,
                                    size_t grad_stride, double *total, size_t rows, size_t cols,
                                    const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_info_nce_f32`; computed in f32. */
LGT_API lgt_status lgt_info_nce_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                    uint32_t label_type, const float *weights, double temperature,
                                    uint32_t direction, double *loss, lgt_f16 *grad,
                                    size_t grad_stride, double *total, size_t rows, size_t cols,
                                    const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_info_nce_f32`; computed in f32. */
LGT_API lgt_status lgt_info_nce_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                     uint32_t label_type, const float *weights, double temperature,
                                     uint32_t direction, double *loss, lgt_bf16 *grad,
                                     size_t grad_stride, double *total, size_t rows, size_t cols,
                                     const lgt_loss_opts *opts);

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

/**
 * Writes the percentile interval of a statistic from what it was in each replicate:
 * `(1 - confidence) / 2` of the values are cut off on either side. A batch function,
 * no state.
 *
 * An end between two values is found in proportion, as numpy's `quantile` and
 * scipy's `bootstrap(method="percentile")` have it. The reversed ("basic") interval
 * is `2 x statistic - high` to `2 x statistic - low`.
 *
 * # Shape
 * `values`: `count` numbers in any order; NaN (a replicate without a value) is left
 * out. `confidence`: above 0 and below 1. `low`, `high`: one number each; NaN with
 * `LGT_UNDEFINED` if no values are left.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE`. Nothing is then written. Advisory:
 * `LGT_UNDEFINED`.
 *
 * # Accuracy
 * Between two values, relative 1e-15 of the larger.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * B. Efron and R. Tibshirani, "An Introduction to the Bootstrap" (1993), section
 * 13.3.
 *
 * # Example
 * ```c
 * double values[5] = {3, 1, 2, 5, 4}, low, high;
 * assert(lgt_interval_percentile(values, 5, 0.5, &low, &high) == LGT_OK);
 * assert(low == 2 && high == 4);
 * ```
 */
LGT_API lgt_status lgt_interval_percentile(const double *values, size_t count, double confidence,
                                           double *low, double *high);

/**
 * Writes the bias-corrected and accelerated interval (BCa) of a statistic, from what
 * it was in each replicate and what it is without each row in turn. A batch function,
 * no state.
 *
 * The percentile interval with its ends moved: for the share of replicates below the
 * statistic (equal ones count by half), and for how much its variance changes with
 * it, which the jackknife tells. As scipy's `bootstrap(method="BCa")` from the same
 * values.
 *
 * # Shape
 * `values`: `count` numbers in any order; NaN is left out. `statistic`: that of the
 * rows as they are. `jackknife`: `rows` numbers, the statistic without one row each.
 * `confidence`: above 0 and below 1. `low`, `high`: one number each. NaN with
 * `LGT_UNDEFINED` if no values are left or all are on one side of the statistic, if
 * that is NaN, and if the jackknife's values hold a NaN or are all the same.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE`. Nothing is then written. Advisory:
 * `LGT_UNDEFINED`.
 *
 * # Accuracy
 * The shares that are cut off: relative 1e-12.
 *
 * Thread safety: any thread, any time.
 *
 * # Source
 * B. Efron, "Better Bootstrap Confidence Intervals" (1987); B. Efron and
 * R. Tibshirani, "An Introduction to the Bootstrap" (1993), equations 14.10, 14.14
 * and 14.15.
 *
 * # Example
 * ```c
 * double values[5] = {3, 1, 2, 5, 4}, jackknife[3] = {2, 3, 4}, low, high;
 * assert(lgt_interval_bca(values, 5, 3, jackknife, 3, 0.5, &low, &high) == LGT_OK);
 * assert(low > 1.9999 && low < 2.0001 && high > 3.9999 && high < 4.0001);
 * ```
 */
LGT_API lgt_status lgt_interval_bca(const double *values, size_t count, double statistic,
                                    const double *jackknife, size_t rows, double confidence,
                                    double *low, double *high);

/* ---- inverse_propensity ---- */

/**
 * What each label weighs in propensity-scored metrics: `1 + C (N_l + B)^-A` with
 * `C = (ln N - 1) (B + 1)^A`, for a label that `N_l` of `N` rows have.
 *
 * The model is fitted by `a` and `b`: 0.55 and 1.5 as a rule, 0.6 and 2.6 for the
 * Amazon data sets, 0.5 and 0.4 for those of Wikipedia. Counts are of the rows that
 * were trained on; `lgt_csr_count` makes them.
 *
 * # Shape
 * `counts`: `labels` numbers. `weights`: as many, apart from `counts`. `rows`: N, at
 * least 3, since for fewer the formula falls below 1. `a`: from 0 to 16. `b`: above 0,
 * at most 1e9.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (rows, a, b).
 *
 * # Accuracy
 * Relative 1e-13.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * H. Jain, Y. Prabhu, M. Varma, "Extreme Multi-label Loss Functions for
 * Recommendation, Tagging, Ranking & Other Missing Label Applications" (2016), section
 * 4.
 *
 * # Example
 * ```c
 * uint64_t counts[2] = {1, 1000};
 * double weights[2];
 * assert(lgt_inverse_propensity(counts, weights, 2, 294805, 0.6, 2.6) == LGT_OK);
 * assert(weights[0] > 12.594 && weights[0] < 12.595 && weights[1] < 1.4);
 * ```
 */
LGT_API lgt_status lgt_inverse_propensity(const uint64_t *counts, double *weights, size_t labels,
                                          uint64_t rows, double a, double b);

/* ---- isotonic ---- */

/** Straight lines between the first and last score of each block, as scikit-learn. */
#define LGT_ISOTONIC_LINEAR 0

/** Straight lines between the mean scores of blocks: nothing is flat between two of them. */
#define LGT_ISOTONIC_CENTRED 1

/** Steps at the first score of each block, as R's `isoreg`. */
#define LGT_ISOTONIC_STEP 2

/**
 * Options of `lgt_isotonic_fit`. Fill with `lgt_isotonic_opts_default`, then change
 * what is to be different.
 */
typedef struct lgt_isotonic_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /**
   * What is between blocks: `LGT_ISOTONIC_LINEAR`, which is the default,
   * `LGT_ISOTONIC_CENTRED` or `LGT_ISOTONIC_STEP`.
   */
  uint32_t kind;
} lgt_isotonic_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any thread, any
 * time.
 */
LGT_API void lgt_isotonic_opts_default(lgt_isotonic_opts *opts);

/**
 * Writes how many bytes a model of `lgt_isotonic` takes at most: with weights 40 and 16
 * a row. Without, blocks have different fractions of label 1, of which there are not
 * many: about 330 KB for a million rows, as the power 2/3 of their number. What a fit
 * has used is in its head, and `lgt_model_size` says it.
 *
 * # Shape
 * `rows`: number of rows. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`weighted`), `LGT_E_SIZE` (4 GiB or more).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_isotonic_size(size_t rows, uint32_t weighted, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_isotonic_fit` needs: without weights twice the
 * bytes of a score a row (at least 6) and some more for blocks, with weights 48 a row and
 * those of a score. Half of the former is touched only where scores are not next to one
 * another.
 *
 * # Shape
 * `rows`: number of rows, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of a score, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_isotonic_scratch(size_t rows, size_t score_size, uint32_t weighted,
                                        size_t *bytes);

/**
 * Fits an isotonic calibrator to held-out scores of two classes: the function, rising with
 * the score, that is nearest to the labels by squares, and by likelihood as well.
 *
 * Rows of one score are one to begin with; -0 and 0 are, and no others however near. Then
 * neighbours are pooled as long as the lower mean is not below the higher one. Between
 * blocks, `opts` chooses: straight lines from the last score of one to the first of the
 * next, as scikit-learn's `IsotonicRegression` with `out_of_bounds="clip"`; lines between
 * the mean scores of blocks, so that all scores between the first and the last of those
 * keep their order (centred isotonic regression); or steps. Below the first threshold and
 * above the last the function is constant.
 *
 * Values are exact fractions of the data, so 0 and 1 are among them wherever the lowest or
 * highest scores are of one class; a loss on other data may then be infinite. Infinite
 * scores are scores, and in order; between a finite threshold and an infinite one the value
 * is that of the finite one, between two infinite ones the mean of both.
 *
 * The model is bytes of the caller: its head (`lgt_model_head`), the thresholds in order,
 * and as many values. `nll_before` is the mean loss of scores taken as probabilities, NaN if
 * one is outside 0 .. 1; `nll_after` that of values fitted to their own rows. `fit_status`,
 * which is also returned, is `LGT_OK`, or `LGT_DEGENERATE` where there is but one block:
 * one row, one class, one score, or labels that do not rise with scores; the model is then
 * the mean label, or 0.5 where no row counts. It can be used in either case.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_isotonic_size` says. `x`:
 * `rows` scores, `x_stride` elements from one to the next. `labels`: as many times 0 or 1,
 * of the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many numbers from
 * 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `opts`:
 * NULL for the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_isotonic_scratch` says, apart from the other arrays; what is there before does not
 * matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment
 * of the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score
 * that is NaN), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as it was. Advisory:
 * `LGT_DEGENERATE`.
 *
 * # Accuracy
 * Without weights, blocks are exact and values rounded once; with weights, both are those
 * of sums within 1e-12. The order of rows does not change a bit. Losses within 1e-13.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * B. Zadrozny, C. Elkan, "Transforming Classifier Scores into Accurate Multiclass
 * Probability Estimates" (2002); M. Ayer et al., "An Empirical Distribution
 * Function for Sampling with Incomplete Information" (1955); A. Oron, N. Flournoy,
 * "Centered Isotonic Regression: Point and Interval Estimation for Dose-Response Studies"
 * (2017), for the centred one.
 *
 * # Example
 * ```c
 * double x[4] = {0.1, 0.2, 0.3, 0.4};
 * uint8_t y[4] = {0, 1, 0, 1};
 * uint64_t model[13], scratch[12];
 * assert(lgt_isotonic_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 4, NULL, scratch,
 *                             sizeof scratch) == LGT_OK);
 * assert(lgt_isotonic_apply_f64(model, x, 1, x, 1, 4) == LGT_OK);
 * assert(x[0] == 0 && x[1] == 0.5 && x[2] == 0.5 && x[3] == 1);
 * ```
 */
LGT_API lgt_status lgt_isotonic_fit_f32(void *model, size_t size, const float *x, size_t x_stride,
                                        const void *labels, uint32_t label_type,
                                        const float *weights, size_t rows,
                                        const lgt_isotonic_opts *opts, void *scratch,
                                        size_t scratch_size);

/** `double` form of `lgt_isotonic_fit_f32`. */
LGT_API lgt_status lgt_isotonic_fit_f64(void *model, size_t size, const double *x, size_t x_stride,
                                        const void *labels, uint32_t label_type,
                                        const double *weights, size_t rows,
                                        const lgt_isotonic_opts *opts, void *scratch,
                                        size_t scratch_size);

/** `lgt_f16` form of `lgt_isotonic_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_isotonic_fit_f16(void *model, size_t size, const lgt_f16 *x, size_t x_stride,
                                        const void *labels, uint32_t label_type,
                                        const float *weights, size_t rows,
                                        const lgt_isotonic_opts *opts, void *scratch,
                                        size_t scratch_size);

/** `lgt_bf16` form of `lgt_isotonic_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_isotonic_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                         size_t x_stride, const void *labels, uint32_t label_type,
                                         const float *weights, size_t rows,
                                         const lgt_isotonic_opts *opts, void *scratch,
                                         size_t scratch_size);

/**
 * Calibrated probabilities: the fitted function at new scores.
 *
 * NaN stays NaN; infinite scores are in order as others are.
 *
 * # Shape
 * `model`: a fitted model. `x`: `rows` scores, `y`: `rows` probabilities; strides in
 * elements, at least 1.
 *
 * # In place
 * `y` may be `x` with the same stride.
 *
 * # Errors
 * `LGT_E_STATE` if the bytes at `model` are no isotonic model, `LGT_E_NULL`,
 * `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * 4e-16 and one rounding to the type of `y`, times what is lost of a score near a
 * threshold.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_isotonic_fit_f32`.
 *
 * # Example
 * ```c
 * float x[4] = {0, 1, 2, 3}, y;
 * uint8_t labels[4] = {0, 0, 1, 1};
 * uint64_t model[13], scratch[12];
 * assert(lgt_isotonic_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 4, NULL, scratch,
 *                             sizeof scratch) == LGT_OK);
 * float score = 1.25f;
 * assert(lgt_isotonic_apply_f32(model, &score, 1, &y, 1, 1) == LGT_OK && y == 0.25f);
 * ```
 */
LGT_API lgt_status lgt_isotonic_apply_f32(const void *model, const float *x, size_t x_stride,
                                          float *y, size_t y_stride, size_t rows);

/** `double` form of `lgt_isotonic_apply_f32`. */
LGT_API lgt_status lgt_isotonic_apply_f64(const void *model, const double *x, size_t x_stride,
                                          double *y, size_t y_stride, size_t rows);

/** `lgt_f16` form of `lgt_isotonic_apply_f32`. */
LGT_API lgt_status lgt_isotonic_apply_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                          lgt_f16 *y, size_t y_stride, size_t rows);

/** `lgt_bf16` form of `lgt_isotonic_apply_f32`. */
LGT_API lgt_status lgt_isotonic_apply_bf16(const void *model, const lgt_bf16 *x, size_t x_stride,
                                           lgt_bf16 *y, size_t y_stride, size_t rows);

/* ---- js_div ---- */

/**
 * Jensen-Shannon divergence of the softmax of two rows of logits, in nats, with its gradient
 * in both: with `p` and `q` the softmax of `x` and `y` over the temperature and
 * `m = (p + q) / 2`, half of `KL(p || m) + KL(q || m)`.
 *
 * It is the same for both orders, from 0 to `ln 2`, and finite where divergences are not.
 * -inf is a share of 0; entries at +inf share the mass. A NaN in either makes the row NaN,
 * and so does a row of either with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`, `y`: logits, rows x cols, row-major, strides in elements, at least cols.
 * `temperature`: from 1e-6 to 1e6. `weights`, `loss`, `total`, `opts`: as `lgt_focal_f32`.
 * `grad`, `y_grad`: rows x cols, or NULL: the gradient of the reduced loss in `x` and in `y`,
 * times `grad_scale`.
 *
 * # In place
 * `grad == x` and `y_grad == y`, each with equal strides, are allowed; any other overlap is
 * `LGT_E_ALIAS`, except that `x` and `y` may be the same as long as neither is written.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, temperature,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
 * the mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss, and its gradient times the temperature: at most 1e-6 (f64: 4e-15), besides
 * the rounding of a gradient to its type. `total` is the exact sum, rounded once: the order
 * of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * J. Lin, "Divergence Measures Based on the Shannon Entropy" (1991).
 *
 * # Example
 * ```c
 * float p[1][2] = {{0, -1e38f}}, q[1][2] = {{-1e38f, 0}};
 * double loss;
 * assert(lgt_js_div_f32(&p[0][0], 2, &q[0][0], 2, NULL, 1, &loss, NULL, 0, NULL, 0, NULL, 1, 2,
 *                       NULL) == LGT_OK);
 * assert(loss > 0.69314 && loss < 0.69315);
 * ```
 */
LGT_API lgt_status lgt_js_div_f32(const float *x, size_t x_stride, const float *y, size_t y_stride,
                                  const float *weights, double temperature, double *loss,
                                  float *grad, size_t grad_stride, float *y_grad,
                                  size_t y_grad_stride, double *total, size_t rows, size_t cols,
                                  const lgt_loss_opts *opts);

/** `double` form of `lgt_js_div_f32`. */
LGT_API lgt_status lgt_js_div_f64(const double *x, size_t x_stride, const double *y,
                                  size_t y_stride, const double *weights, double temperature,
                                  double *loss, double *grad, size_t grad_stride, double *y_grad,
                                  size_t y_grad_stride, double *total, size_t rows, size_t cols,
                                  const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_js_div_f32`; computed in f32. */
LGT_API lgt_status lgt_js_div_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *y,
                                  size_t y_stride, const float *weights, double temperature,
                                  double *loss, lgt_f16 *grad, size_t grad_stride, lgt_f16 *y_grad,
                                  size_t y_grad_stride, double *total, size_t rows, size_t cols,
                                  const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_js_div_f32`; computed in f32. */
LGT_API lgt_status lgt_js_div_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *y,
                                   size_t y_stride, const float *weights, double temperature,
                                   double *loss, lgt_bf16 *grad, size_t grad_stride,
                                   lgt_bf16 *y_grad, size_t y_grad_stride, double *total,
                                   size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- kd ---- */

/**
 * Knowledge distillation: `temperature^2 KL(T || S)` of the softmax of a teacher's logits and
 * a student's, both at that temperature, with its gradient in the student's logits,
 * `temperature (S - T)`.
 *
 * The square keeps the gradient's size alike at all temperatures. -inf, +inf, NaN and rows
 * with nothing above -inf are as in `lgt_kl_div_f32`.
 *
 * # Shape
 * `x`: the student's logits, rows x cols, row-major, stride in elements, at least cols.
 * `teacher`: rows x cols, likewise. `temperature`: from 1e-6 to 1e6; 4 is usual. `weights`,
 * `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, temperature,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
 * the mean of no rows, which is NaN.
 *
 * # Accuracy
 * As `lgt_kl_div_f32`, times the square of the temperature.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * G. Hinton et al., "Distilling the Knowledge in a Neural Network" (2015).
 *
 * # Example
 * ```c
 * float s[1][2] = {{0, 0}}, t[1][2] = {{0, 0}}, grad[1][2];
 * double loss;
 * assert(lgt_kd_f32(&s[0][0], 2, &t[0][0], 2, NULL, 4, &loss, &grad[0][0], 2, NULL, 1, 2,
 *                   NULL) == LGT_OK);
 * assert(loss == 0 && grad[0][0] == 0 && grad[0][1] == 0);
 * ```
 */
LGT_API lgt_status lgt_kd_f32(const float *x, size_t x_stride, const float *teacher,
                              size_t teacher_stride, const float *weights, double temperature,
                              double *loss, float *grad, size_t grad_stride, double *total,
                              size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_kd_f32`. */
LGT_API lgt_status lgt_kd_f64(const double *x, size_t x_stride, const double *teacher,
                              size_t teacher_stride, const double *weights, double temperature,
                              double *loss, double *grad, size_t grad_stride, double *total,
                              size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_kd_f32`; computed in f32. */
LGT_API lgt_status lgt_kd_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *teacher,
                              size_t teacher_stride, const float *weights, double temperature,
                              double *loss, lgt_f16 *grad, size_t grad_stride, double *total,
                              size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_kd_f32`; computed in f32. */
LGT_API lgt_status lgt_kd_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *teacher,
                               size_t teacher_stride, const float *weights, double temperature,
                               double *loss, lgt_bf16 *grad, size_t grad_stride, double *total,
                               size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- kendall ---- */

/** The result of `lgt_kendall`. */
typedef struct lgt_kendall_report {
  /** Rows. */
  uint64_t rows;
  /** Those with a NaN; all below is then 0 or NaN. */
  uint64_t nan_rows;
  /** Pairs of rows in the same order in x and in y. */
  uint64_t concordant;
  /** Those in opposite orders. */
  uint64_t discordant;
  /** Pairs that are equal in x, those in both included. */
  uint64_t ties_x;
  /** Pairs that are equal in y, likewise. */
  uint64_t ties_y;
  /** Pairs that are equal in both. */
  uint64_t ties_both;
  /** How many different numbers there are in x. */
  uint64_t distinct_x;
  /** As above, in y. */
  uint64_t distinct_y;
  /** 1 if the p-value is exact, 0 if by the normal distribution. */
  uint64_t exact;
  /** Concordant less discordant, over all pairs. */
  double tau_a;
  /**
   * Over the geometric mean of the pairs that are not equal in x and in y; NaN if one
   * of them is constant.
   */
  double tau_b;
  /** Stuart's: over what it can be at most for so many different numbers. */
  double tau_c;
  /** Goodman and Kruskal's: over concordant and discordant pairs. */
  double gamma;
  /**
   * Concordant less discordant, over the standard deviation that would have if x and y
   * were independent.
   */
  double z;
  /** Two-sided p-value of independence. */
  double p_value;
} lgt_kendall_report;

/**
 * Writes how many bytes of scratch `lgt_kendall` needs: 12 a row.
 *
 * # Shape
 * `n`: number of rows, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_kendall_scratch(size_t n, size_t *bytes);

/**
 * Kendall's tau, in all its forms: of the pairs of rows, those in the same order in x
 * and in y less those in opposite orders.
 *
 * `tau_b` and `tau_c` are those of scipy's `kendalltau`, and so is `p_value`, two-sided:
 * without ties exact up to 33 rows, and where at most one pair is in an order of its own;
 * else by the normal distribution, with the variance for the ties there are. `gamma` is
 * Goodman and Kruskal's. NaN if x or y is constant. Equal means equal in value (-0 and 0
 * are); infinities are numbers like others. A NaN is counted in `nan_rows` and makes the
 * result NaN. A batch function over arrays and scratch of the caller, in time n log n.
 *
 * # Shape
 * `x`, `y`: `n` numbers each. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
 * aligned, at least what `lgt_kendall_scratch` says, apart from the other arrays; what is
 * there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`.
 * Advisory: `LGT_UNDEFINED` (less than two
 * rows, x or y constant, or a NaN).
 *
 * # Accuracy
 * Counts are exact; taus at most 1e-15, p-values a relative 1e-12. The same rows give the
 * same bits in any order.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. G. Kendall, "Rank Correlation Methods" (1970); A. Stuart, "The estimation and
 * comparison of strengths of association in contingency tables" (1953), for tau-c;
 * L. A. Goodman and W. H. Kruskal, "Measures of association for cross classifications"
 * (1954).
 *
 * # Example
 * ```c
 * double x[5] = {12, 2, 1, 12, 2}, y[5] = {1, 4, 7, 1, 0};
 * uint64_t scratch[3 * 3];
 * lgt_kendall_report report;
 * assert(lgt_kendall_f64(x, y, &report, 5, scratch, sizeof scratch) == LGT_OK);
 * assert(report.concordant == 2 && report.discordant == 6 && report.ties_both == 1);
 * assert(report.tau_b > -0.4714046 && report.tau_b < -0.4714045);
 * assert(report.p_value > 0.2827454 && report.p_value < 0.2827455);
 * ```
 */
LGT_API lgt_status lgt_kendall_f32(const float *x, const float *y, lgt_kendall_report *report,
                                   size_t n, void *scratch, size_t scratch_size);

/** `double` form of `lgt_kendall_f32`. */
LGT_API lgt_status lgt_kendall_f64(const double *x, const double *y, lgt_kendall_report *report,
                                   size_t n, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_kendall_f32`. */
LGT_API lgt_status lgt_kendall_f16(const lgt_f16 *x, const lgt_f16 *y, lgt_kendall_report *report,
                                   size_t n, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_kendall_f32`. */
LGT_API lgt_status lgt_kendall_bf16(const lgt_bf16 *x, const lgt_bf16 *y,
                                    lgt_kendall_report *report, size_t n, void *scratch,
                                    size_t scratch_size);

/* ---- kl_div ---- */

/** Targets are shares: numbers from 0 to 1. */
#define LGT_TARGETS_PROBABILITIES 0

/** Targets are logits, whose softmax is meant. */
#define LGT_TARGETS_LOGITS 1

/**
 * Kullback-Leibler divergence of each row's softmax from its targets, in nats, with its
 * gradient in the logits: the sum over columns of `q ln(q / p)`, where
 * `p = softmax(x / temperature)`.
 *
 * The targets `q` are shares as they are (`LGT_TARGETS_PROBABILITIES`), or the softmax of
 * other logits at the same temperature (`LGT_TARGETS_LOGITS`), through which nothing is
 * differentiated. A column without a target is nothing, however unlikely; one with a target
 * and a logit of -inf is +inf. Shares need not add up to 1: with their sum `m` the gradient
 * is `(m p - q) / temperature`. Entries at +inf share the mass. A NaN makes its row NaN, and
 * so do logits with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `targets`: rows x
 * cols, likewise. `target_type`: an `LGT_TARGETS_`. `temperature`: from 1e-6 to 1e6.
 * `weights`, `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (shares, weights, temperature,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
 * the mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) times the sum of 1, `ln cols` and how far apart a
 * row's entries above -inf lie over the temperature. Its gradient times the temperature: at
 * most 1e-6 (f64: 4e-15), besides the rounding to its type. `total` is the exact sum, rounded
 * once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook; `torch.nn.functional.kl_div`, which takes the logarithms of `p` instead.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 0}}, q[1][2] = {{1, 0}}, grad[1][2];
 * double loss;
 * assert(lgt_kl_div_f32(&x[0][0], 2, &q[0][0], 2, LGT_TARGETS_PROBABILITIES, NULL, 1, &loss,
 *                       &grad[0][0], 2, NULL, 1, 2, NULL) == LGT_OK);
 * assert(loss > 0.69314 && loss < 0.69315 && grad[0][0] == -0.5f && grad[0][1] == 0.5f);
 * ```
 */
LGT_API lgt_status lgt_kl_div_f32(const float *x, size_t x_stride, const float *targets,
                                  size_t target_stride, uint32_t target_type, const float *weights,
                                  double temperature, double *loss, float *grad, size_t grad_stride,
                                  double *total, size_t rows, size_t cols,
                                  const lgt_loss_opts *opts);

/** `double` form of `lgt_kl_div_f32`. */
LGT_API lgt_status lgt_kl_div_f64(const double *x, size_t x_stride, const double *targets,
                                  size_t target_stride, uint32_t target_type, const double *weights,
                                  double temperature, double *loss, double *grad,
                                  size_t grad_stride, double *total, size_t rows, size_t cols,
                                  const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_kl_div_f32`; computed in f32. */
LGT_API lgt_status lgt_kl_div_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *targets,
                                  size_t target_stride, uint32_t target_type, const float *weights,
                                  double temperature, double *loss, lgt_f16 *grad,
                                  size_t grad_stride, double *total, size_t rows, size_t cols,
                                  const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_kl_div_f32`; computed in f32. */
LGT_API lgt_status lgt_kl_div_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *targets,
                                   size_t target_stride, uint32_t target_type, const float *weights,
                                   double temperature, double *loss, lgt_bf16 *grad,
                                   size_t grad_stride, double *total, size_t rows, size_t cols,
                                   const lgt_loss_opts *opts);

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
 * both, but looks inside ties too.
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

/* ---- ks_two_sample ---- */

/**
 * How the test is made. Fill with `lgt_ks_two_sample_opts_default`, then change what is
 * to be different.
 */
typedef struct lgt_ks_two_sample_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_TEST_TWO_SIDED` (default), `LGT_TEST_LESS` or `LGT_TEST_GREATER`. */
  uint32_t alternative;
  /** `LGT_TEST_AUTO` (default), `LGT_TEST_ASYMPTOTIC` or `LGT_TEST_EXACT`. */
  uint32_t method;
  /** 0. */
  uint32_t reserved;
} lgt_ks_two_sample_opts;

/** The result of `lgt_ks_two_sample`. */
typedef struct lgt_ks_two_sample_report {
  /** Numbers in the first sample. */
  uint64_t n;
  /** Numbers in the second. */
  uint64_t m;
  /** NaNs in both; all but the counts is then NaN. */
  uint64_t nan_rows;
  /** The largest difference of the distribution functions, in the direction asked for. */
  double statistic;
  /** The least value at which it is met. */
  double location;
  /** 1 if the first distribution function is the larger there, else -1. */
  double sign;
  /** The p-value: `exact_p` if there is one, else `asymptotic_p`. */
  double p;
  /** That of the limit of many numbers. */
  double asymptotic_p;
  /** That of all orders; NaN where it was not found. */
  double exact_p;
} lgt_ks_two_sample_report;

/**
 * Writes the defaults to `opts`, unless that is NULL.
 *
 * Thread safety: any thread, any time.
 */
LGT_API void lgt_ks_two_sample_opts_default(lgt_ks_two_sample_opts *opts);

/**
 * Writes how many bytes of scratch `lgt_ks_two_sample` needs: a little over 8 a number.
 *
 * # Shape
 * `n`, `m`: sizes of the samples, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ks_two_sample_scratch(size_t n, size_t m, size_t *bytes);

/**
 * The Kolmogorov-Smirnov test of two samples: whether they are from one distribution.
 *
 * `statistic` is the largest difference of the distribution functions, at `location`,
 * the least of such values if there are more. With `LGT_TEST_GREATER` it is the largest
 * excess of the first function, so that the alternative is that `x` has the lower
 * values; with `LGT_TEST_LESS` that of the second; as in scipy's `ks_2samp`.
 *
 * The exact p-value is the share of all orders of the numbers that differ as much, with
 * the ties that there are: as R's `ks.test`; scipy's is the same without ties, and with
 * them too large. It takes time of n m: `LGT_TEST_AUTO` is exact up to 2^20 pairs,
 * `LGT_TEST_EXACT` always. The asymptotic p-value is that of the limit of many numbers,
 * as R's, or, of one side, J. Hodges' approximation to it, as scipy's; scipy's two-sided
 * one is that of a single sample of n m / (n + m) numbers.
 *
 * An empty sample has no test. -0 is equal to 0, infinities are numbers like any others.
 * A NaN is counted in `nan_rows` and makes the result NaN. A batch function over arrays
 * and scratch of the caller.
 *
 * # Shape
 * `x`: `n` numbers. `y`: `m` numbers. `report`: one struct. `opts`: or NULL for the
 * defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_ks_two_sample_scratch` says, apart from the other arrays; what is there before
 * does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_SCRATCH` (too small, not aligned),
 * `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (`p` is NaN).
 *
 * # Accuracy
 * The statistic is rounded once. Relative errors: of the exact p-value 1e-15 times n + m,
 * of the asymptotic one 1e-12. The order of numbers changes nothing.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * N. Smirnov, "Table for Estimating the Goodness of Fit of Empirical Distributions"
 * (1948); J. Hodges, "The Significance Probability of the Smirnov Two-Sample Test"
 * (1958); G. Schroer and D. Trenkler, "Exact and Randomization Distributions of
 * Kolmogorov-Smirnov Tests Two or Three Samples" (1995).
 *
 * # Example
 * ```c
 * double x[3] = {1, 2, 3}, y[3] = {4, 5, 2.5};
 * uint64_t scratch[7];
 * lgt_ks_two_sample_report report;
 * assert(lgt_ks_two_sample_f64(x, y, &report, 3, 3, NULL, scratch, sizeof scratch) == LGT_OK);
 * assert(report.statistic == 2.0 / 3 && report.location == 2 && report.sign == 1);
 * assert(report.p > 0.5999 && report.p < 0.6001);
 * ```
 */
LGT_API lgt_status lgt_ks_two_sample_f32(const float *x, const float *y,
                                         lgt_ks_two_sample_report *report, size_t n, size_t m,
                                         const lgt_ks_two_sample_opts *opts, void *scratch,
                                         size_t scratch_size);

/** `double` form of `lgt_ks_two_sample_f32`. */
LGT_API lgt_status lgt_ks_two_sample_f64(const double *x, const double *y,
                                         lgt_ks_two_sample_report *report, size_t n, size_t m,
                                         const lgt_ks_two_sample_opts *opts, void *scratch,
                                         size_t scratch_size);

/** `lgt_f16` form of `lgt_ks_two_sample_f32`. */
LGT_API lgt_status lgt_ks_two_sample_f16(const lgt_f16 *x, const lgt_f16 *y,
                                         lgt_ks_two_sample_report *report, size_t n, size_t m,
                                         const lgt_ks_two_sample_opts *opts, void *scratch,
                                         size_t scratch_size);

/** `lgt_bf16` form of `lgt_ks_two_sample_f32`. */
LGT_API lgt_status lgt_ks_two_sample_bf16(const lgt_bf16 *x, const lgt_bf16 *y,
                                          lgt_ks_two_sample_report *report, size_t n, size_t m,
                                          const lgt_ks_two_sample_opts *opts, void *scratch,
                                          size_t scratch_size);

/* ---- label_ranking ---- */

/** A row that a measure means nothing for is left out of it. */
#define LGT_LABEL_RANKING_SKIP 1

/** The result of `lgt_label_ranking_finish`. */
typedef struct lgt_label_ranking_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those with a NaN; all below but counts is then NaN. */
  uint64_t nan_rows;
  /** Of the others, those that have no label. */
  uint64_t none_rows;
  /** And those that have every label. */
  uint64_t all_rows;
  /** The sum of weights of the rows in `average_precision`. */
  double weight;
  /** Label ranking average precision; 1 is best. */
  double average_precision;
  /** Its standard error, as those below with weights taken as repetitions. */
  double average_precision_std_error;
  /** How many labels there are, on average, down to the last that the row has. */
  double coverage_error;
  /** Its standard error. */
  double coverage_error_std_error;
  /**
   * The share of pairs of a label that is there and one that is not, in wrong order
   * or tied; 0 is best.
   */
  double ranking_loss;
  /** Its standard error. */
  double ranking_loss_std_error;
  /** The share of rows whose first label is not one of theirs. */
  double one_error;
  /** Its standard error. */
  double one_error_std_error;
} lgt_label_ranking_report;

/**
 * Writes how many bytes a state of `lgt_label_ranking` needs.
 *
 * # Shape
 * `flags`: 0 or `LGT_LABEL_RANKING_SKIP`. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (flags).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_label_ranking_size(uint32_t flags, size_t *bytes);

/**
 * Starts a state of label ranking: average precision, coverage error, ranking loss and
 * one-error of rows that have any number of labels.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_label_ranking_size` says. `flags`: 0 or `LGT_LABEL_RANKING_SKIP`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (flags).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_label_ranking_init(void *state, size_t size, uint32_t flags);

/**
 * Adds rows to a state of label ranking: how well their scores put the labels that a
 * row has before those that it has not.
 *
 * With `ge(l)` the number of labels whose score is at least that of label l:
 * *average precision* is the mean, over the labels l that a row has, of the share of
 * those labels among the ge(l); *coverage error* is the largest ge(l); *ranking loss*
 * is the share, of all pairs of a label that is there and one that is not, of those
 * where the latter's score is at least as large; *one-error* is 1 if the label with
 * the largest score, of equal ones that of lowest number, is not there. The first three
 * are defined as scikit-learn does, where ties count against the scores.
 *
 * Without flags, a row that has no label counts as average precision 1 and as 0 in the
 * three others; one that has every label, as ranking loss 0: so scikit-learn. With
 * `LGT_LABEL_RANKING_SKIP` the former is left out of all, the latter of ranking loss.
 * Both are counted. A NaN among the scores of a row makes the results NaN
 * (`nan_rows`).
 *
 * A row that has up to 64 labels is looked at once for each, with vectors; one that has
 * more, once for each 512 of them, in scalars. No scratch is needed.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols; cols below
 * 2^32. `labels`: 0 or 1 for each score, stride likewise, of the integer type
 * `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or
 * NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `values`: 4
 * numbers a row for what each comes to (average precision, coverage, ranking loss,
 * one-error; NaN for what is left out), apart from `x`, or NULL.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights), `LGT_E_ALIAS`, `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * Of a row: relative 5e-16. Sums over rows are exact and rounded once. The same rows
 * give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * G. Tsoumakas, I. Katakis, I. Vlahavas, "Mining multi-label data" (2010), section 34.5.
 *
 * # Example
 * ```c
 * uint64_t state[306];
 * float x[2][3] = {{0.75f, 0.5f, 1}, {1, 0.2f, 0.1f}};
 * uint8_t y[2][3] = {{1, 0, 0}, {0, 0, 1}};
 * lgt_label_ranking_report report;
 * assert(lgt_label_ranking_init(state, sizeof state, 0) == LGT_OK);
 * assert(lgt_label_ranking_update_f32(state, &x[0][0], 3, &y[0][0], 3, LGT_U8, NULL, NULL, 2, 3)
 *        == LGT_OK);
 * assert(lgt_label_ranking_finish(state, &report) == LGT_OK);
 * assert(report.coverage_error == 2.5 && report.ranking_loss == 0.75);
 * ```
 */
LGT_API lgt_status lgt_label_ranking_update_f32(void *state, const float *x, size_t x_stride,
                                                const void *labels, size_t labels_stride,
                                                uint32_t label_type, const float *weights,
                                                double *values, size_t rows, size_t cols);

/** `double` form of `lgt_label_ranking_update_f32`. */
LGT_API lgt_status lgt_label_ranking_update_f64(void *state, const double *x, size_t x_stride,
                                                const void *labels, size_t labels_stride,
                                                uint32_t label_type, const double *weights,
                                                double *values, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_label_ranking_update_f32`. */
LGT_API lgt_status lgt_label_ranking_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                                const void *labels, size_t labels_stride,
                                                uint32_t label_type, const float *weights,
                                                double *values, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_label_ranking_update_f32`. */
LGT_API lgt_status lgt_label_ranking_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                                 const void *labels, size_t labels_stride,
                                                 uint32_t label_type, const float *weights,
                                                 double *values, size_t rows, size_t cols);

/**
 * Adds rows to a state of label ranking, from the numbers of the labels that each has.
 *
 * As `lgt_label_ranking_update_f32`, whose bytes these are, for rows that have few of
 * many labels.
 *
 * # Shape
 * `x`, `weights`, `values`: as in `lgt_label_ranking_update_f32`. `labels`: rows of
 * labels below `cols`.
 *
 * # Errors
 * As `lgt_label_ranking_update_f32`, and `LGT_E_SHAPE` (rows overlap, or end past the
 * last entry), `LGT_E_LABEL` (a label out of range, out of order or twice in a row; an
 * unknown type). The state is then as it was.
 *
 * # Accuracy
 * As `lgt_label_ranking_update_f32`.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * As `lgt_label_ranking_update_f32`.
 *
 * # Example
 * ```c
 * uint64_t state[306];
 * float x[2][3] = {{0.75f, 0.5f, 1}, {1, 0.2f, 0.1f}};
 * int32_t starts[3] = {0, 1, 2}, columns[2] = {0, 2};
 * lgt_csr y = {starts, columns, 2, LGT_I32, LGT_I32};
 * lgt_label_ranking_report report;
 * assert(lgt_label_ranking_init(state, sizeof state, 0) == LGT_OK);
 * assert(lgt_label_ranking_update_csr_f32(state, &x[0][0], 3, &y, NULL, NULL, 2, 3) == LGT_OK);
 * assert(lgt_label_ranking_finish(state, &report) == LGT_OK && report.one_error == 1);
 * ```
 */
LGT_API lgt_status lgt_label_ranking_update_csr_f32(void *state, const float *x, size_t x_stride,
                                                    const lgt_csr *labels, const float *weights,
                                                    double *values, size_t rows, size_t cols);

/** `double` form of `lgt_label_ranking_update_csr_f32`. */
LGT_API lgt_status lgt_label_ranking_update_csr_f64(void *state, const double *x, size_t x_stride,
                                                    const lgt_csr *labels, const double *weights,
                                                    double *values, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_label_ranking_update_csr_f32`. */
LGT_API lgt_status lgt_label_ranking_update_csr_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                                    const lgt_csr *labels, const float *weights,
                                                    double *values, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_label_ranking_update_csr_f32`. */
LGT_API lgt_status lgt_label_ranking_update_csr_bf16(void *state, const lgt_bf16 *x,
                                                     size_t x_stride, const lgt_csr *labels,
                                                     const float *weights, double *values,
                                                     size_t rows, size_t cols);

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
LGT_API lgt_status lgt_label_ranking_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen; with
 * `LGT_LABEL_RANKING_SKIP` also if all was left out, of ranking loss alone perhaps.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_label_ranking_finish(const void *state, lgt_label_ranking_report *report);

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

/* ---- log_loss ---- */

/** Each row is divided by its sum first. */
#define LGT_LOG_LOSS_RENORMALIZE 1

/** The result of `lgt_log_loss_finish`. */
typedef struct lgt_log_loss_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those that hold a NaN, or whose label has no probability. */
  uint64_t nan_rows;
  /** Those whose loss is +inf: the label has probability 0, and `eps` is 0. */
  uint64_t infinite_rows;
  /** Those whose label had a probability that was clipped. */
  uint64_t clipped_rows;
  /** The sum of weights. */
  double weight;
  /** The weighted mean loss. */
  double log_loss;
  /**
   * Its standard error, weights taken as repetitions; below 1e-8 of the mean it
   * is rounding.
   */
  double std_error;
} lgt_log_loss_report;

/**
 * Writes how many bytes a state of `lgt_log_loss` needs.
 *
 * # Shape
 * `eps`: the least probability, at least 0 and below 0.5. `flags`: 0 or
 * `LGT_LOG_LOSS_RENORMALIZE`.
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (eps, flags).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_log_loss_size(double eps, uint32_t flags, size_t *bytes);

/**
 * Starts a state of log loss of probabilities: the mean of
 * `-ln p_label`.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_log_loss_size` says.
 * `eps`: the least probability, at least 0 and below 0.5. `flags`: 0 or
 * `LGT_LOG_LOSS_RENORMALIZE`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (eps, flags).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_log_loss_init(void *state, size_t size, double eps, uint32_t flags);

/**
 * Adds rows to a state of log loss of probabilities: the mean of
 * `-ln p_label`.
 *
 * Only the label's own probability counts. With `eps` above 0 it is first clipped
 * to `[eps, 1 - eps]`, and the row counted in `clipped_rows`; with 0 a label of
 * probability 0 makes the mean +inf (`infinite_rows`). A little above 1 (up to
 * 1.01) is taken as rounding of 1 and clipped. Where the logits are at hand,
 * `lgt_nll` is the same score without a clip.
 *
 * A row that holds a NaN, or of which the label has less than 0 or more than 1.01,
 * makes the mean NaN (`nan_rows`). With `LGT_LOG_LOSS_RENORMALIZE` each row is
 * divided by its sum first, as scikit-learn did before 1.5; now it warns and does
 * not, and torch's `nll_loss(log(p))` never did.
 *
 * `1 - eps` is formed in `double` whatever the type of the data, and so is the
 * logarithm. scikit-learn's `log_loss` clips with the `eps` of the array's type:
 * for float32 that is 1.2e-7, so that no row can cost more than 15.9, and a model
 * that is sure and wrong looks better than it is. `eps` = 2.2e-16 is what it does
 * to float64, and 1e-15 what it did for years.
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
 * A row's loss: at most 6e-16 relative, or 1e-12 absolutely if renormalised. Sums
 * over rows are exact and rounded once.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * The metric's definition (the logarithmic score of I. J. Good, "Rational
 * decisions", 1952); `sklearn.metrics.log_loss`.
 *
 * # Example
 * ```c
 * uint64_t state[79];
 * float p[2][2] = {{0.5f, 0.5f}, {0, 1}};
 * int64_t y[2] = {0, 1};
 * lgt_log_loss_report report;
 * assert(lgt_log_loss_init(state, sizeof state, 0, 0) == LGT_OK);
 * assert(lgt_log_loss_update_f32(state, &p[0][0], 2, y, LGT_I64, NULL, 2, 2) == LGT_OK);
 * assert(lgt_log_loss_finish(state, &report) == LGT_OK);
 * assert(report.log_loss > 0.34657 && report.log_loss < 0.34658);
 * ```
 */
LGT_API lgt_status lgt_log_loss_update_f32(void *state, const float *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols);

/** `double` form of `lgt_log_loss_update_f32`. */
LGT_API lgt_status lgt_log_loss_update_f64(void *state, const double *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_log_loss_update_f32`; computed in f32. */
LGT_API lgt_status lgt_log_loss_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                           const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_log_loss_update_f32`; computed in f32. */
LGT_API lgt_status lgt_log_loss_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
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
LGT_API lgt_status lgt_log_loss_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen;
 * else +inf if a label of probability 0 was.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_log_loss_finish(const void *state, lgt_log_loss_report *report);

/* ---- log_sigmoid ---- */

/**
 * Logarithm of the sigmoid of each entry: `y = -ln(1 + exp(-x))`.
 *
 * Where the sigmoid is 0 or 1 as a number, its logarithm is what it is: about `x` far
 * below 0, about `-exp(-x)` far above. -inf gives -inf, +inf 0, NaN NaN.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 8 ulp of the type computed in, besides the rounding to the type stored, and
 * 1e-37 (f64: 1e-305) absolute: what is smaller may become 0.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, -200}}, y[1][2];
 * assert(lgt_log_sigmoid_f32(&x[0][0], 2, &y[0][0], 2, 1, 2) == LGT_OK);
 * assert(y[0][0] < -0.69314f && y[0][0] > -0.69315f && y[0][1] == -200);
 * ```
 */
LGT_API lgt_status lgt_log_sigmoid_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                       size_t rows, size_t cols);

/** `double` form of `lgt_log_sigmoid_f32`. */
LGT_API lgt_status lgt_log_sigmoid_f64(const double *x, size_t x_stride, double *y, size_t y_stride,
                                       size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_log_sigmoid_f32`; computed in f32. */
LGT_API lgt_status lgt_log_sigmoid_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y,
                                       size_t y_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_log_sigmoid_f32`; computed in f32. */
LGT_API lgt_status lgt_log_sigmoid_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                        size_t y_stride, size_t rows, size_t cols);

/**
 * Gradient of `lgt_log_sigmoid_f32`: `dx = dy sigmoid(-x)`.
 *
 * It takes what the function was applied to, not what came out. It is `dy` at -inf, 0 at
 * +inf.
 *
 * # Shape
 * `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
 * in `x`. Each rows x cols, row-major, strides in elements, at least cols.
 *
 * # In place
 * `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 8 ulp of the type computed in, besides the rounding to the type stored, and
 * 1e-37 (f64: 1e-305) times the size of `dy`: what is smaller may become 0.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, -200}}, dy[1][2] = {{1, 3}};
 * assert(lgt_log_sigmoid_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 1, 2) == LGT_OK);
 * assert(x[0][0] == 0.5f && x[0][1] == 3);
 * ```
 */
LGT_API lgt_status lgt_log_sigmoid_grad_f32(const float *x, size_t x_stride, const float *dy,
                                            size_t dy_stride, float *dx, size_t dx_stride,
                                            size_t rows, size_t cols);

/** `double` form of `lgt_log_sigmoid_grad_f32`. */
LGT_API lgt_status lgt_log_sigmoid_grad_f64(const double *x, size_t x_stride, const double *dy,
                                            size_t dy_stride, double *dx, size_t dx_stride,
                                            size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_log_sigmoid_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_log_sigmoid_grad_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *dy,
                                            size_t dy_stride, lgt_f16 *dx, size_t dx_stride,
                                            size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_log_sigmoid_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_log_sigmoid_grad_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *dy,
                                             size_t dy_stride, lgt_bf16 *dx, size_t dx_stride,
                                             size_t rows, size_t cols);

/* ---- log_softmax_cols ---- */

/**
 * Column-wise log-softmax: `y[r][c] = scale * x[r][c] - ln sum_r exp(scale * x[r][c])`:
 * log-softmax along axis 0, without a transposed copy.
 *
 * A NaN makes its column NaN. -inf stays -inf. Of k entries at +inf each becomes -ln k,
 * and the others of the column -inf. A column with nothing above -inf becomes NaN, or
 * -inf with `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`.
 *
 * # Shape
 * As `lgt_softmax_cols_f32`.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * As `lgt_softmax_cols_f32`.
 *
 * # Accuracy
 * At most 12 ulp, of values near 0 as well (f16 and bf16: the nearest value to that).
 * `lse`: as of `lgt_softmax_cols_f32`.
 *
 * Stack: at most 64 KiB, for what waits between being computed and being written.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * That of `lgt_log_softmax_f32`, with a column in each lane.
 *
 * # Example
 * ```c
 * float x[2][2] = {{1, 0}, {1, 0}}, y[2][2];
 * lgt_status status = lgt_log_softmax_cols_f32(&x[0][0], 2, &y[0][0], 2, NULL, 2, 2, NULL);
 * assert(status == LGT_OK && y[0][0] == y[1][1] && y[0][0] > -0.6932f && y[0][0] < -0.6931f);
 * ```
 */
LGT_API lgt_status lgt_log_softmax_cols_f32(const float *x, size_t x_stride, float *y,
                                            size_t y_stride, float *lse, size_t rows, size_t cols,
                                            const lgt_softmax_opts *opts);

/** `double` form of `lgt_log_softmax_cols_f32`. */
LGT_API lgt_status lgt_log_softmax_cols_f64(const double *x, size_t x_stride, double *y,
                                            size_t y_stride, double *lse, size_t rows, size_t cols,
                                            const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_log_softmax_cols_f32`; computed in f32. */
LGT_API lgt_status lgt_log_softmax_cols_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y,
                                            size_t y_stride, float *lse, size_t rows, size_t cols,
                                            const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_log_softmax_cols_f32`; computed in f32. */
LGT_API lgt_status lgt_log_softmax_cols_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                             size_t y_stride, float *lse, size_t rows, size_t cols,
                                             const lgt_softmax_opts *opts);

/**
 * Gradient of column-wise log-softmax, as a vector-Jacobian product: `dx[r][c] = scale *
 * (dy[r][c] - exp(y[r][c]) * sum_r dy[r][c])`, each sum over the rows of a column.
 * `lgt_log_softmax_grad_f32` along axis 0.
 *
 * Numbers that are none are as there, a column in the place of a row.
 *
 * # Shape
 * `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols.
 * `opts`: as in the forward call, NULL for the defaults; a mask is refused.
 *
 * # In place
 * `dx` may be `y` or `dy`, with equal strides; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
 * (scale), `LGT_E_CALLBACK` (the executor failed: columns may then be missing).
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15) times the scale and the sum of |dy| and the share times `sum |dy|`
 * and the larger of 1 and |y|, besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * That of `lgt_log_softmax_grad_f32`, a column in the place of a row.
 *
 * # Example
 * ```c
 * float y[2][1] = {{-0.6931472f}, {-0.6931472f}}, dy[2][1] = {{1}, {0}}, dx[2][1];
 * assert(lgt_log_softmax_cols_grad_f32(&y[0][0], 1, &dy[0][0], 1, &dx[0][0], 1, 2, 1, NULL) ==
 *        LGT_OK);
 * assert(dx[0][0] > 0.4999f && dx[0][0] < 0.5001f);
 * ```
 */
LGT_API lgt_status lgt_log_softmax_cols_grad_f32(const float *y, size_t y_stride, const float *dy,
                                                 size_t dy_stride, float *dx, size_t dx_stride,
                                                 size_t rows, size_t cols,
                                                 const lgt_softmax_opts *opts);

/** `double` form of `lgt_log_softmax_cols_grad_f32`. */
LGT_API lgt_status lgt_log_softmax_cols_grad_f64(const double *y, size_t y_stride, const double *dy,
                                                 size_t dy_stride, double *dx, size_t dx_stride,
                                                 size_t rows, size_t cols,
                                                 const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_log_softmax_cols_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_log_softmax_cols_grad_f16(const lgt_f16 *y, size_t y_stride,
                                                 const lgt_f16 *dy, size_t dy_stride, lgt_f16 *dx,
                                                 size_t dx_stride, size_t rows, size_t cols,
                                                 const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_log_softmax_cols_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_log_softmax_cols_grad_bf16(const lgt_bf16 *y, size_t y_stride,
                                                  const lgt_bf16 *dy, size_t dy_stride,
                                                  lgt_bf16 *dx, size_t dx_stride, size_t rows,
                                                  size_t cols, const lgt_softmax_opts *opts);

/* ---- log_softmax_grad ---- */

/**
 * Gradient of row-wise log-softmax, as a vector-Jacobian product: from the log-shares `y` and
 * the gradient `dy` of something in them to that in the scores, `dx[r][c] = scale *
 * (dy[r][c] - exp(y[r][c]) * sum_c dy[r][c])`.
 *
 * An entry whose log-share is -inf has a gradient of 0 and adds nothing to the sum, whatever
 * `dy` is there. A NaN in `dy` beside a share makes its row NaN; a NaN in `y` at least its
 * entry.
 *
 * With a mask in `opts`, the one of the forward call: entries that it leaves out have a
 * gradient of 0, a scale of the row multiplies, softmin negates, and columns that are picked
 * add to the gradient of the column that they came from, while those that are not have 0.
 * The gradient of a bias is `dx` divided by the scale of its row where there is no soft cap.
 *
 * # Shape
 * As `lgt_softmax_grad_f32`. `dsink` is the negative of the sink's share times `sum_c dy`.
 *
 * # In place
 * As `lgt_softmax_grad_f32`.
 *
 * # Errors
 * As `lgt_softmax_grad_f32`.
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15) times the scale and the sum of |dy| and the share times `sum |dy|`
 * and the larger of 1 and |y|, besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * The derivative of log-softmax, the identity less a row of shares in every row.
 *
 * # Example
 * ```c
 * float y[1][2] = {{-0.6931472f, -0.6931472f}}, dy[1][2] = {{1, 0}}, dx[1][2];
 * assert(lgt_log_softmax_grad_f32(&y[0][0], 2, &dy[0][0], 2, NULL, 0, &dx[0][0], 2, NULL, 1, 2,
 *                                 NULL) == LGT_OK);
 * assert(dx[0][0] > 0.4999f && dx[0][0] < 0.5001f && dx[0][1] < -0.4999f);
 * ```
 */
LGT_API lgt_status lgt_log_softmax_grad_f32(const float *y, size_t y_stride, const float *dy,
                                            size_t dy_stride, const float *x, size_t x_stride,
                                            float *dx, size_t dx_stride, double *dsink, size_t rows,
                                            size_t cols, const lgt_softmax_opts *opts);

/** `double` form of `lgt_log_softmax_grad_f32`. */
LGT_API lgt_status lgt_log_softmax_grad_f64(const double *y, size_t y_stride, const double *dy,
                                            size_t dy_stride, const double *x, size_t x_stride,
                                            double *dx, size_t dx_stride, double *dsink,
                                            size_t rows, size_t cols, const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_log_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_log_softmax_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                            size_t dy_stride, const lgt_f16 *x, size_t x_stride,
                                            lgt_f16 *dx, size_t dx_stride, double *dsink,
                                            size_t rows, size_t cols, const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_log_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_log_softmax_grad_bf16(const lgt_bf16 *y, size_t y_stride, const lgt_bf16 *dy,
                                             size_t dy_stride, const lgt_bf16 *x, size_t x_stride,
                                             lgt_bf16 *dx, size_t dx_stride, double *dsink,
                                             size_t rows, size_t cols,
                                             const lgt_softmax_opts *opts);

/* ---- logistic_loss ---- */

/**
 * Writes the size of a state in bytes.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_logistic_loss_size(size_t *bytes);

/**
 * Makes a state that has seen nothing, for what a search asks next: that is part of its
 * parameters, so that answers to different questions are never merged.
 *
 * # Shape
 * `state`: `size` bytes, 8-byte aligned. `search`: one struct.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (also if `search` is none).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_logistic_loss_init(void *state, size_t size,
                                          const lgt_logistic_search *search);

/**
 * Adds rows to the answer: of each class the weight and the range of scores, or loss, slopes
 * and curvatures at the point that `lgt_logistic_loss_init` was told.
 *
 * # Shape
 * `state`: made by `lgt_logistic_loss_init`. `x`: one score a row, stride at least 1, in
 * elements. `labels`: 0 or 1 a row, of the integer type `label_type`. `weights`: one number a row from
 * 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights, or a score that `lgt_platt_fit_f32` or `lgt_beta_fit_f32` would refuse). The state is then as it
 * was.
 *
 * # Accuracy
 * Sums are within 1e-14 and 2^-51 times the largest term of a logit of exact ones, relative
 * to the sum of the magnitudes of their terms; so much may another order or another split
 * change. Terms are the slope times what scores are moved and divided to, and the intercept,
 * or of the beta forms `a ln s`, `b ln(1 - s)` and c.
 *
 * Thread safety: any thread, one at a time for one state.
 *
 * # Source
 * As `lgt_platt_fit_f32` and `lgt_beta_fit_f32`.
 *
 * # Example
 * ```c
 * float s[4] = {-1, 1, -2, 2};
 * uint8_t y[4] = {0, 1, 1, 1};
 * uint64_t left[80], right[80];
 * size_t bytes;
 * lgt_logistic_search search;
 * lgt_platt_model model;
 * assert(lgt_logistic_loss_size(&bytes) == LGT_OK && bytes <= sizeof left);
 * assert(lgt_logistic_search_init(&search, NULL) == LGT_OK);
 * while (!search.done) {
 *     lgt_logistic_loss_init(left, bytes, &search);
 *     lgt_logistic_loss_init(right, bytes, &search);
 *     lgt_logistic_loss_update_f32(left, s, 1, y, LGT_U8, NULL, 2);
 *     lgt_logistic_loss_update_f32(right, s + 2, 1, y + 2, LGT_U8, NULL, 2);
 *     lgt_logistic_loss_merge(left, right);
 *     assert(lgt_logistic_search_step(&search, left) == LGT_OK);
 * }
 * assert(lgt_logistic_search_model(&search, &model, sizeof model) == LGT_OK);
 * ```
 */
LGT_API lgt_status lgt_logistic_loss_update_f32(void *state, const float *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const float *weights, size_t rows);

/** `double` form of `lgt_logistic_loss_update_f32`. */
LGT_API lgt_status lgt_logistic_loss_update_f64(void *state, const double *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const double *weights, size_t rows);

/** `lgt_f16` form of `lgt_logistic_loss_update_f32`. */
LGT_API lgt_status lgt_logistic_loss_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                                const void *labels, uint32_t label_type,
                                                const float *weights, size_t rows);

/** `lgt_bf16` form of `lgt_logistic_loss_update_f32`. */
LGT_API lgt_status lgt_logistic_loss_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                                 const void *labels, uint32_t label_type,
                                                 const float *weights, size_t rows);

/**
 * Adds what another state has seen.
 *
 * # Shape
 * Two states of this family.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (answers to different questions),
 * `LGT_E_ALIAS`. The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_logistic_loss_merge(void *state, const void *other);

/* ---- logit ---- */

/**
 * Logit of each entry, the inverse of sigmoid: `y = ln(x / (1 - x))`.
 *
 * With `eps` above 0 entries are first brought into `eps` to `1 - eps`, both rounded to the
 * type computed in. With 0 they are taken as they are: 0 gives -inf, 1 +inf, what is
 * outside NaN. NaN gives NaN.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `eps`: from 0
 * to 0.5.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (eps), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 8 ulp of the type computed in, also around 1/2, where it is near 0, besides the
 * rounding to the type stored.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook; `eps` as in `torch.logit`.
 *
 * # Example
 * ```c
 * float x[1][3] = {{0.5f, 1, 0.75f}}, y[1][3];
 * assert(lgt_logit_f32(&x[0][0], 3, &y[0][0], 3, 0, 1, 3) == LGT_OK);
 * assert(y[0][0] == 0 && y[0][1] > 1e38f && y[0][2] > 1.0986f && y[0][2] < 1.0987f);
 * ```
 */
LGT_API lgt_status lgt_logit_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                 double eps, size_t rows, size_t cols);

/** `double` form of `lgt_logit_f32`. */
LGT_API lgt_status lgt_logit_f64(const double *x, size_t x_stride, double *y, size_t y_stride,
                                 double eps, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_logit_f32`; computed in f32. */
LGT_API lgt_status lgt_logit_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y, size_t y_stride,
                                 double eps, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_logit_f32`; computed in f32. */
LGT_API lgt_status lgt_logit_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y, size_t y_stride,
                                  double eps, size_t rows, size_t cols);

/**
 * Gradient of `lgt_logit_f32`: `dx = dy / (x (1 - x))`.
 *
 * It takes what logit was applied to. What was outside of `eps` to `1 - eps` has a gradient
 * of 0; with `eps` = 0 what was outside of 0 to 1 has NaN.
 *
 * # Shape
 * `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
 * in `x`. Each rows x cols, row-major, strides in elements, at least cols. `eps`: as
 * there.
 *
 * # In place
 * `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (eps), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 8 ulp of the type computed in, besides the rounding to the type stored.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0.5f, 0.001f}}, dy[1][2] = {{1, 1}};
 * assert(lgt_logit_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 0.01, 1, 2) == LGT_OK);
 * assert(x[0][0] == 4 && x[0][1] == 0);
 * ```
 */
LGT_API lgt_status lgt_logit_grad_f32(const float *x, size_t x_stride, const float *dy,
                                      size_t dy_stride, float *dx, size_t dx_stride, double eps,
                                      size_t rows, size_t cols);

/** `double` form of `lgt_logit_grad_f32`. */
LGT_API lgt_status lgt_logit_grad_f64(const double *x, size_t x_stride, const double *dy,
                                      size_t dy_stride, double *dx, size_t dx_stride, double eps,
                                      size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_logit_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_logit_grad_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *dy,
                                      size_t dy_stride, lgt_f16 *dx, size_t dx_stride, double eps,
                                      size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_logit_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_logit_grad_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *dy,
                                       size_t dy_stride, lgt_bf16 *dx, size_t dx_stride, double eps,
                                       size_t rows, size_t cols);

/* ---- logsumexp_cols ---- */

/**
 * Column-wise logarithm of the sum of exponentials: `lse[c] = ln sum_r exp(scale *
 * x[r][c])`, along axis 0.
 *
 * NaN of a column with a NaN; +inf of one with an entry at +inf; -inf of one with nothing
 * above -inf, and then the call returns `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: rows x cols, row-major, stride in elements, at least cols. `lse`: one number a
 * column, not overlapping `x`. `opts`: as of `lgt_softmax_cols_f32`.
 *
 * # Errors
 * As `lgt_softmax_cols_f32`.
 *
 * # Accuracy
 * At most 7e-7 (f64: 1.2e-15) times the largest of 1, |lse| and scale times the column's
 * maximum in magnitude.
 *
 * Stack: at most 64 KiB, for what waits between being computed and being written.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * That of `lgt_logsumexp_f32`, with a column in each lane.
 *
 * # Example
 * ```c
 * float x[2][3] = {{0, 1, 2}, {0, 1, 2}}, lse[3];
 * assert(lgt_logsumexp_cols_f32(&x[0][0], 3, lse, 2, 3, NULL) == LGT_OK);
 * assert(lse[0] > 0.6931f && lse[0] < 0.6932f && lse[2] > 2.6931f && lse[2] < 2.6932f);
 * ```
 */
LGT_API lgt_status lgt_logsumexp_cols_f32(const float *x, size_t x_stride, float *lse, size_t rows,
                                          size_t cols, const lgt_softmax_opts *opts);

/** `double` form of `lgt_logsumexp_cols_f32`. */
LGT_API lgt_status lgt_logsumexp_cols_f64(const double *x, size_t x_stride, double *lse,
                                          size_t rows, size_t cols, const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_logsumexp_cols_f32`; computed in f32. */
LGT_API lgt_status lgt_logsumexp_cols_f16(const lgt_f16 *x, size_t x_stride, float *lse,
                                          size_t rows, size_t cols, const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_logsumexp_cols_f32`; computed in f32. */
LGT_API lgt_status lgt_logsumexp_cols_bf16(const lgt_bf16 *x, size_t x_stride, float *lse,
                                           size_t rows, size_t cols, const lgt_softmax_opts *opts);

/**
 * Gradient of column-wise logsumexp, as a vector-Jacobian product: `dx[r][c] = scale *
 * exp(scale * x[r][c] - lse[c]) * dlse[c]`. `lgt_logsumexp_grad_f32` along axis 0.
 *
 * Numbers that are none are as there, a column in the place of a row.
 *
 * # Shape
 * `x`, `dx`: rows x cols, row-major, strides in elements, at least cols. `lse`, `dlse`:
 * one number a column. `opts`: as in the forward call, NULL for the defaults; a mask is
 * refused.
 *
 * # In place
 * `dx == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
 * (scale), `LGT_E_CALLBACK` (the executor failed: columns may then be missing). Advisory:
 * `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15) times itself and the largest of 1, |lse| and scale times |x|,
 * besides what `lse` was rounded by and the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * That of `lgt_logsumexp_grad_f32`, a column in the place of a row.
 *
 * # Example
 * ```c
 * float x[2][1] = {{0}, {0}}, lse[1] = {0.6931472f}, dlse[1] = {3}, dx[2][1];
 * assert(lgt_logsumexp_cols_grad_f32(&x[0][0], 1, lse, dlse, &dx[0][0], 1, 2, 1, NULL) == LGT_OK);
 * assert(dx[0][0] > 1.4999f && dx[0][0] < 1.5001f);
 * ```
 */
LGT_API lgt_status lgt_logsumexp_cols_grad_f32(const float *x, size_t x_stride, const float *lse,
                                               const float *dlse, float *dx, size_t dx_stride,
                                               size_t rows, size_t cols,
                                               const lgt_softmax_opts *opts);

/** `double` form of `lgt_logsumexp_cols_grad_f32`. */
LGT_API lgt_status lgt_logsumexp_cols_grad_f64(const double *x, size_t x_stride, const double *lse,
                                               const double *dlse, double *dx, size_t dx_stride,
                                               size_t rows, size_t cols,
                                               const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_logsumexp_cols_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_logsumexp_cols_grad_f16(const lgt_f16 *x, size_t x_stride, const float *lse,
                                               const float *dlse, lgt_f16 *dx, size_t dx_stride,
                                               size_t rows, size_t cols,
                                               const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_logsumexp_cols_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_logsumexp_cols_grad_bf16(const lgt_bf16 *x, size_t x_stride,
                                                const float *lse, const float *dlse, lgt_bf16 *dx,
                                                size_t dx_stride, size_t rows, size_t cols,
                                                const lgt_softmax_opts *opts);

/* ---- logsumexp_grad ---- */

/**
 * Gradient of the row-wise logarithm of the sum of exponentials, as a vector-Jacobian product:
 * `dx[r][c] = scale * exp(scale * x[r][c] - lse[r]) * dlse[r]`, which is softmax times `dlse`.
 *
 * -inf has a gradient of 0. Of a row with entries at +inf, whose `lse` is +inf, these share
 * `dlse`. A row with nothing above -inf, whose `lse` is -inf, becomes NaN, or zeros with
 * `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`. A NaN in `x` makes its row
 * NaN where `lse` is, as forward has it.
 *
 * With a mask in `opts`, the one of the forward call: entries that it leaves out have a
 * gradient of 0, a scale of the row multiplies, softmin negates, and columns that are picked
 * add to the gradient of the column that they came from, while those that are not have 0.
 * The gradient of a bias is `dx` divided by the scale of its row where there is no soft cap.
 *
 * # Shape
 * `x`, `dx`: rows x cols, row-major, strides in elements, at least cols. `lse`: what forward
 * gave for each row; `dlse`: one number a row, the gradient in it. `dsink`: the gradient in each row's sink, its
 * share times `dlse`, 0 where it has none, or NULL. `opts`: as in the forward call, NULL for
 * the defaults; algorithm and store change nothing.
 *
 * # In place
 * `dx == x` with equal strides is allowed where no columns are picked; any other overlap is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * As `lgt_softmax_grad_f32`. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15) times itself and the largest of 1, |lse| and scale times |x|,
 * besides what `lse` was rounded by and the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * The derivative of the logarithm of a sum of exponentials is softmax.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 0}}, lse[1] = {0.6931472f}, dlse[1] = {3}, dx[1][2];
 * assert(lgt_logsumexp_grad_f32(&x[0][0], 2, lse, dlse, &dx[0][0], 2, NULL, 1, 2, NULL) ==
 *        LGT_OK);
 * assert(dx[0][0] > 1.4999f && dx[0][0] < 1.5001f);
 * ```
 */
LGT_API lgt_status lgt_logsumexp_grad_f32(const float *x, size_t x_stride, const float *lse,
                                          const float *dlse, float *dx, size_t dx_stride,
                                          double *dsink, size_t rows, size_t cols,
                                          const lgt_softmax_opts *opts);

/** `double` form of `lgt_logsumexp_grad_f32`. */
LGT_API lgt_status lgt_logsumexp_grad_f64(const double *x, size_t x_stride, const double *lse,
                                          const double *dlse, double *dx, size_t dx_stride,
                                          double *dsink, size_t rows, size_t cols,
                                          const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_logsumexp_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_logsumexp_grad_f16(const lgt_f16 *x, size_t x_stride, const float *lse,
                                          const float *dlse, lgt_f16 *dx, size_t dx_stride,
                                          double *dsink, size_t rows, size_t cols,
                                          const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_logsumexp_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_logsumexp_grad_bf16(const lgt_bf16 *x, size_t x_stride, const float *lse,
                                           const float *dlse, lgt_bf16 *dx, size_t dx_stride,
                                           double *dsink, size_t rows, size_t cols,
                                           const lgt_softmax_opts *opts);

/* ---- mann_whitney ---- */

/** Either sample may be the larger, or any difference count. */
#define LGT_TEST_TWO_SIDED 0

/** The first sample is less, or its distribution function is. */
#define LGT_TEST_LESS 1

/** The first sample is greater, or its distribution function is. */
#define LGT_TEST_GREATER 2

/** P-values are exact where that is cheap. */
#define LGT_TEST_AUTO 0

/** P-values are those of a limit. */
#define LGT_TEST_ASYMPTOTIC 1

/** P-values are exact, whatever it costs. */
#define LGT_TEST_EXACT 2

/**
 * How the test is made. Fill with `lgt_mann_whitney_opts_default`, then change what is
 * to be different.
 */
typedef struct lgt_mann_whitney_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_TEST_TWO_SIDED` (default), `LGT_TEST_LESS` or `LGT_TEST_GREATER`. */
  uint32_t alternative;
  /** `LGT_TEST_AUTO` (default), `LGT_TEST_ASYMPTOTIC` or `LGT_TEST_EXACT`. */
  uint32_t method;
  /** Whether the normal p-value is corrected for continuity: 1 (default) or 0. */
  uint32_t continuity;
} lgt_mann_whitney_opts;

/** The result of `lgt_mann_whitney`. */
typedef struct lgt_mann_whitney_report {
  /** Numbers in the first sample. */
  uint64_t n;
  /** Numbers in the second. */
  uint64_t m;
  /** NaNs in both; all but the counts is then NaN. */
  uint64_t nan_rows;
  /** Values that occur more than once, in one sample or both. */
  uint64_t ties;
  /**
   * U of the first sample: pairs in which its number is the larger, and half of those
   * that are equal.
   */
  double u;
  /** U of the second sample. */
  double u_second;
  /** u over n m, the common language effect size: the AUROC of x against y. */
  double effect;
  /** The rank-biserial correlation, 2 effect - 1. */
  double rank_biserial;
  /**
   * (u - n m / 2) over its standard deviation, corrected for ties and, unless
   * switched off, for continuity; NaN if all numbers are equal.
   */
  double z;
  /** The p-value: `exact_p` if there is one, else `asymptotic_p`. */
  double p;
  /** That of the normal distribution; 1 if all numbers are equal. */
  double asymptotic_p;
  /** That of all orders; NaN where it was not asked for, or there are ties. */
  double exact_p;
} lgt_mann_whitney_report;

/**
 * Writes the defaults to `opts`, unless that is NULL.
 *
 * Thread safety: any thread, any time.
 */
LGT_API void lgt_mann_whitney_opts_default(lgt_mann_whitney_opts *opts);

/**
 * Writes how many bytes of scratch `lgt_mann_whitney` needs: 8 a number, or, where the
 * p-value may be exact, 16 for each U up to half of n m, if that is more.
 *
 * # Shape
 * `n`, `m`: sizes of the samples, below 2^31. `opts`: those of the call, or NULL.
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_mann_whitney_scratch(size_t n, size_t m, const lgt_mann_whitney_opts *opts,
                                            size_t *bytes);

/**
 * The Mann-Whitney U test (Wilcoxon's rank-sum test): whether numbers of one sample tend
 * to be larger than those of another.
 *
 * `u` counts the pairs in which the number of `x` is the larger, equal ones half; over
 * all pairs that is the AUROC. The normal p-value takes the variance corrected for ties
 * and, by default, half a step off for continuity. As scipy's `mannwhitneyu`, whose
 * `method="auto"` is `LGT_TEST_AUTO` here: exact where the smaller sample has at most 8
 * numbers and none are equal. `LGT_TEST_EXACT` counts whatever the sizes, up to 2^127
 * orders (65 and 65 numbers), in time and scratch of n m. Counts are for numbers of
 * which none are equal: with ties, or beyond that, `exact_p` is NaN, and so is `p` if it
 * was asked for by name; scipy counts as if there were no ties.
 *
 * If all numbers are equal `z` is NaN and the normal p-value is 1. An empty sample has
 * no test. -0 is equal to 0, infinities are numbers like any others. A NaN is counted in
 * `nan_rows` and makes the result NaN. A batch function over arrays and scratch of the
 * caller.
 *
 * # Shape
 * `x`: `n` numbers. `y`: `m` numbers. `report`: one struct. `opts`: or NULL for the
 * defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_mann_whitney_scratch` says for these options, apart from the other arrays; what
 * is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_SCRATCH` (too small, not aligned),
 * `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (`p` is NaN).
 *
 * # Accuracy
 * U is exact. Relative errors: 4e-15 of `z`, 1e-12 of the normal p-value, 1e-15 of the
 * exact one. The order of numbers changes nothing.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * H. Mann and D. Whitney, "On a Test of Whether one of Two Random Variables is
 * Stochastically Larger than the Other" (1947); M. Hollander and D. Wolfe,
 * "Nonparametric Statistical Methods" (1973), for ties.
 *
 * # Example
 * ```c
 * double x[5] = {19, 22, 16, 29, 24}, y[4] = {20, 11, 17, 12};
 * uint64_t scratch[22];
 * lgt_mann_whitney_report report;
 * assert(lgt_mann_whitney_f64(x, y, &report, 5, 4, NULL, scratch, sizeof scratch) == LGT_OK);
 * assert(report.u == 17 && report.p > 0.1111 && report.p < 0.1112);
 * assert(report.asymptotic_p > 0.1113 && report.asymptotic_p < 0.1114);
 * ```
 */
LGT_API lgt_status lgt_mann_whitney_f32(const float *x, const float *y,
                                        lgt_mann_whitney_report *report, size_t n, size_t m,
                                        const lgt_mann_whitney_opts *opts, void *scratch,
                                        size_t scratch_size);

/** `double` form of `lgt_mann_whitney_f32`. */
LGT_API lgt_status lgt_mann_whitney_f64(const double *x, const double *y,
                                        lgt_mann_whitney_report *report, size_t n, size_t m,
                                        const lgt_mann_whitney_opts *opts, void *scratch,
                                        size_t scratch_size);

/** `lgt_f16` form of `lgt_mann_whitney_f32`. */
LGT_API lgt_status lgt_mann_whitney_f16(const lgt_f16 *x, const lgt_f16 *y,
                                        lgt_mann_whitney_report *report, size_t n, size_t m,
                                        const lgt_mann_whitney_opts *opts, void *scratch,
                                        size_t scratch_size);

/** `lgt_bf16` form of `lgt_mann_whitney_f32`. */
LGT_API lgt_status lgt_mann_whitney_bf16(const lgt_bf16 *x, const lgt_bf16 *y,
                                         lgt_mann_whitney_report *report, size_t n, size_t m,
                                         const lgt_mann_whitney_opts *opts, void *scratch,
                                         size_t scratch_size);

/* ---- matching ---- */

/** Ties: the true candidate has the mean of the ranks that those of its score take up. */
#define LGT_MATCHING_TIES_AVERAGE 0

/** Ties: it has the first of them. */
#define LGT_MATCHING_TIES_FIRST 1

/** Ties: it has the last of them. */
#define LGT_MATCHING_TIES_LAST 2

/** The result of `lgt_matching_finish`. */
typedef struct lgt_matching_report {
  /** Queries that were seen. */
  uint64_t rows;
  /** Those with a NaN; all below is then NaN. */
  uint64_t nan_rows;
  /** The mean rank, from 1 on. */
  double mean_rank;
  /** Its standard error. */
  double mean_rank_std_error;
  /** MRR, the mean of 1 / rank. */
  double mrr;
  /** Its standard error. */
  double mrr_std_error;
} lgt_matching_report;

/**
 * Writes how many bytes a state of `lgt_matching` needs.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_matching_size(size_t *bytes);

/**
 * Starts a state of matching: at what rank queries find the candidate that is their
 * own, as recall at some cutoffs, mean rank and mean reciprocal rank.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_matching_size` says. `cutoffs`: `count` numbers of at least 1, for recall;
 * `count` is 0 to 8. `ties`: an `LGT_MATCHING_TIES_`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (cutoffs,
 * count, ties).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_matching_init(void *state, size_t size, const uint32_t *cutoffs,
                                     size_t count, uint32_t ties);

/**
 * Adds queries to a state of matching, from their scores of all candidates.
 *
 * A query's rank is 1 and the number of candidates that score above the true one;
 * `ties` of `lgt_matching_init` says where among those of its score it is. A hit at a
 * cutoff is a rank of at most that. The other direction, from candidates to queries,
 * is the same call on the transposed scores.
 *
 * A NaN among the scores of a query makes the results NaN (`nan_rows`), and so its
 * rank. Medians are made of ranks by `lgt_matching_median_rank`. If the candidates are in
 * shards, use `lgt_matching_count_f32`.
 *
 * # Shape
 * `x`: scores, rows x cols: a query a row, a candidate a column; row-major, stride in
 * elements, at least cols. `labels`: the true candidate of each query, of the integer
 * type `label_type` (`LGT_I8` to `LGT_U64`); or NULL if that of query r, from 0 on, is
 * candidate `offset` + r. `ranks`: one number a query, apart from `x`
 * and `labels`, or NULL.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (also where `offset` ends
 * past the candidates), `LGT_E_ALIAS`, `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * Ranks are exact; a reciprocal is rounded. Sums over rows are exact and rounded once.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * M. Hodosh, P. Young, J. Hockenmaier, "Framing Image Description as a Ranking Task"
 * (2013), section 5.
 *
 * # Example
 * ```c
 * uint64_t state[164];
 * uint32_t cutoffs[2] = {1, 2};
 * float x[3][3] = {{9, 1, 2}, {7, 5, 3}, {4, 6, 5}};
 * double ranks[3], recall[2], median;
 * lgt_matching_report report;
 * assert(lgt_matching_init(state, sizeof state, cutoffs, 2, LGT_MATCHING_TIES_AVERAGE) == LGT_OK);
 * assert(lgt_matching_update_f32(state, &x[0][0], 3, NULL, 0, 0, ranks, 3, 3) == LGT_OK);
 * assert(lgt_matching_finish(state, &report) == LGT_OK && report.rows == 3);
 * assert(lgt_matching_get_recall(state, recall, 2) == LGT_OK && recall[1] == 1);
 * assert(lgt_matching_median_rank(ranks, &median, 3) == LGT_OK && median == 2);
 * ```
 */
LGT_API lgt_status lgt_matching_update_f32(void *state, const float *x, size_t x_stride,
                                           const void *labels, uint32_t label_type, size_t offset,
                                           double *ranks, size_t rows, size_t cols);

/** `double` form of `lgt_matching_update_f32`. */
LGT_API lgt_status lgt_matching_update_f64(void *state, const double *x, size_t x_stride,
                                           const void *labels, uint32_t label_type, size_t offset,
                                           double *ranks, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_matching_update_f32`. */
LGT_API lgt_status lgt_matching_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                           const void *labels, uint32_t label_type, size_t offset,
                                           double *ranks, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_matching_update_f32`. */
LGT_API lgt_status lgt_matching_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                            const void *labels, uint32_t label_type, size_t offset,
                                            double *ranks, size_t rows, size_t cols);

/**
 * Adds, for each query, how many candidates of a shard score above its true one and
 * how many as high: of all shards, this is what `lgt_matching_add` makes ranks of.
 *
 * The true candidate counts as one of its score, so it has to be in one of the shards,
 * with the very number that is given as `own`; two matrix products may round it
 * differently. Counts are added to, in any order of the shards: start with zeros. A
 * NaN makes `greater` `UINT64_MAX`, for good.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols. `own`: the
 * score of each query's true candidate. `greater`, `equal`: one count a query, apart
 * from each other and from what is read.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. The counts are then as
 * they were.
 *
 * # Accuracy
 * Exact.
 *
 * Thread safety: any thread, as long as no other writes the arrays or uses the counts.
 *
 * # Source
 * By definition.
 *
 * # Example
 * ```c
 * float left[2][2] = {{9, 1}, {5, 5}}, right[2][1] = {{2}, {7}}, own[2] = {2, 5};
 * uint64_t greater[2] = {0}, equal[2] = {0};
 * assert(lgt_matching_count_f32(&left[0][0], 2, own, greater, equal, 2, 2) == LGT_OK);
 * assert(lgt_matching_count_f32(&right[0][0], 1, own, greater, equal, 2, 1) == LGT_OK);
 * assert(greater[0] == 1 && equal[0] == 1 && greater[1] == 1 && equal[1] == 2);
 * ```
 */
LGT_API lgt_status lgt_matching_count_f32(const float *x, size_t x_stride, const float *own,
                                          uint64_t *greater, uint64_t *equal, size_t rows,
                                          size_t cols);

/** `double` form of `lgt_matching_count_f32`. */
LGT_API lgt_status lgt_matching_count_f64(const double *x, size_t x_stride, const double *own,
                                          uint64_t *greater, uint64_t *equal, size_t rows,
                                          size_t cols);

/** `lgt_f16` form of `lgt_matching_count_f32`. */
LGT_API lgt_status lgt_matching_count_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *own,
                                          uint64_t *greater, uint64_t *equal, size_t rows,
                                          size_t cols);

/** `lgt_bf16` form of `lgt_matching_count_f32`. */
LGT_API lgt_status lgt_matching_count_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *own,
                                           uint64_t *greater, uint64_t *equal, size_t rows,
                                           size_t cols);

/**
 * Adds queries to a state of matching, from counts of all their candidates.
 *
 * # Shape
 * `greater`, `equal`: as `lgt_matching_count_f32` makes them, one a query; `equal`
 * counts the true candidate too. Where it is 0, the true score was a NaN or never met,
 * and the query is one of `nan_rows`, as it is where `greater` is `UINT64_MAX`.
 * `ranks`: one number a query, apart from the counts, or NULL.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_STATE`. The state is then as it
 * was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_matching_add(void *state, const uint64_t *greater, const uint64_t *equal,
                                    double *ranks, size_t rows);

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
LGT_API lgt_status lgt_matching_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_matching_finish(const void *state, lgt_matching_report *report);

/**
 * Writes the recall at each cutoff: the share of queries whose rank is at most that.
 *
 * # Shape
 * `recall`: room for `count` numbers, of which as many are written as there are
 * cutoffs, in the order of `lgt_matching_init`. NaN with `LGT_UNDEFINED` if nothing,
 * or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (fewer than cutoffs), `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_matching_get_recall(const void *state, double *recall, size_t count);

/**
 * Writes the median of ranks, between the two in the middle if their number is even.
 *
 * # Shape
 * `ranks`: `n` numbers, as `lgt_matching_update_f32` or `lgt_matching_add` writes them.
 * `median`: one number. NaN with `LGT_UNDEFINED` if there are none, or one is NaN.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other writes the ranks.
 */
LGT_API lgt_status lgt_matching_median_rank(const double *ranks, double *median, size_t n);

/* ---- matrix_scaling ---- */

/**
 * Writes how many bytes a model of `lgt_matrix_scaling` takes up: 40, and 8 a parameter,
 * of which there are cols x cols + cols: the matrix row by row, then biases.
 *
 * # Shape
 * `cols`: the number of classes, at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_matrix_scaling_size(size_t cols, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_matrix_scaling_fit` needs: about 8 x 35 a parameter.
 *
 * # Shape
 * `cols`: the number of classes, at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (more than 4 GiB).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_matrix_scaling_scratch(size_t cols, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_matrix_scaling_apply` needs: about 128 a class.
 *
 * # Shape
 * `cols`: the number of classes. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_matrix_scaling_apply_scratch(size_t cols, size_t *bytes);

/**
 * Fits a matrix and biases to held-out logits and labels: the `W` and `b` that minimise the
 * mean negative log-likelihood of `softmax(W x + b)`, plus `diagonal` times the sum of
 * `(w_ii - 1)^2`, `off_diagonal` times the sum of `w_ij^2`, i not j, and `bias` times the
 * sum of `b^2`.
 *
 * The ODIR penalty with lambda and mu is `off_diagonal` = lambda / (cols (cols - 1)) and
 * `bias` = mu / cols. With `diagonal` and `bias` both cols / rows, `off_diagonal` cols
 * (cols - 1) / rows, and logarithms of temperature-scaled probabilities for `x`, this is
 * structured matrix scaling (SMS) with its ridge penalty and the authors' default strengths;
 * lasso, group lasso and MCP are not offered. Where biases cost nothing, one number may be
 * added to all of them: their mean is 0. Where no scale costs anything, one row may be added
 * to all rows of `W`: the mean of the rows of `W` is that of the identity.
 *
 * `fit_status` in the model, and the return value, say how it ended: `LGT_OK`;
 * `LGT_AT_BOUND` (a parameter reached `bound`, the loss fell to nothing, or a class has no
 * rows while biases cost nothing: the minimum is at infinity, and a point on the way there
 * is kept); `LGT_DEGENERATE` (no rows, all weights 0, or one column: the identity);
 * `LGT_NOT_CONVERGED` (`max_iter` passes made: the best point met). The model is written
 * in every case, and its loss is never above that of the identity. `nll_before` is the mean
 * loss of the identity, `nll_after` that of the model, without penalties.
 *
 * The fit is `lgt_matrix_search` and `lgt_matrix_loss` in turn, which do the same where the
 * rows are split among workers.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_matrix_scaling_size` says. `x`:
 * logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
 * a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`:
 * `scratch_size` bytes, 8-byte aligned, at least what `lgt_matrix_scaling_scratch` says, apart from
 * the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (an array, or the model), `LGT_E_STATE` (the
 * model is not aligned), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, no
 * columns, or a row of weight above 0 with a NaN or an infinity), `LGT_E_SCRATCH`,
 * `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
 * `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * Parameters within 1e-8 of the exact minimum, of the larger of themselves and 1, where the
 * minimum is not flat; sums are made in double whatever is stored. In another order of rows the last digits may differ.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * C. Guo et al., "On Calibration of Modern Neural Networks" (2017), section 4.2; M. Kull et
 * al., "Beyond temperature scaling" (2019), section 3, for ODIR; E. Berta et al.,
 * "Structured Matrix Scaling for Multi-Class Calibration" (2025), for SMS.
 *
 * # Example
 * ```c
 * float x[6][2] = {{2, 0}, {2, 0}, {2, 0}, {0, 1}, {0, 1}, {0, 1}};
 * int32_t y[6] = {0, 0, 1, 1, 1, 0};
 * uint64_t model[11], scratch[1024];
 * size_t bytes;
 * assert(lgt_matrix_scaling_scratch(2, &bytes) == LGT_OK && bytes <= sizeof scratch);
 * assert(lgt_matrix_scaling_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, NULL, 6, 2, NULL, scratch, sizeof scratch) == LGT_OK);
 * double nll = ((lgt_model_head *)model)->nll_after;
 * assert(nll > 0.636514 && nll < 0.636515);
 * ```
 */
LGT_API lgt_status lgt_matrix_scaling_fit_f32(void *model, size_t size, const float *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const float *weights,
                                              size_t rows, size_t cols,
                                              const lgt_matrix_search_opts *opts, void *scratch,
                                              size_t scratch_size);

/** `double` form of `lgt_matrix_scaling_fit_f32`. */
LGT_API lgt_status lgt_matrix_scaling_fit_f64(void *model, size_t size, const double *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const double *weights,
                                              size_t rows, size_t cols,
                                              const lgt_matrix_search_opts *opts, void *scratch,
                                              size_t scratch_size);

/** `lgt_f16` form of `lgt_matrix_scaling_fit_f32`. */
LGT_API lgt_status lgt_matrix_scaling_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const float *weights,
                                              size_t rows, size_t cols,
                                              const lgt_matrix_search_opts *opts, void *scratch,
                                              size_t scratch_size);

/** `lgt_bf16` form of `lgt_matrix_scaling_fit_f32`. */
LGT_API lgt_status lgt_matrix_scaling_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                               size_t x_stride, const void *labels,
                                               uint32_t label_type, const float *weights,
                                               size_t rows, size_t cols,
                                               const lgt_matrix_search_opts *opts, void *scratch,
                                               size_t scratch_size);

/**
 * Calibrated probabilities: `softmax(W x + b)` with the model's matrix and biases.
 *
 * # Shape
 * `model`: a fitted model. `x`: logits, `y`: probabilities, rows x cols, row-major,
 * strides in elements, at least cols; cols as in the fit.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_matrix_scaling_apply_scratch` says, apart from the other arrays.
 *
 * # In place
 * `y` may be `x`, with the same stride; else they must not overlap.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` (the bytes at `model` are no such model), `LGT_E_SHAPE`
 * (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_SCRATCH`. Nothing is then
 * written. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * Computed in double, then rounded to the type of `y`. A row with a NaN or an infinity
 * is NaN.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_matrix_scaling_fit_f32`.
 *
 * # Example
 * ```c
 * float x[2][2] = {{2, 0}, {0, 1}}, p[2][2];
 * int32_t y[2] = {0, 1};
 * float weights[2] = {0, 0};
 * uint64_t model[11], scratch[1024];
 * assert(lgt_matrix_scaling_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, weights, 2, 2, NULL, scratch, sizeof scratch) == LGT_DEGENERATE);
 * assert(lgt_matrix_scaling_apply_f32(model, &x[0][0], 2, &p[0][0], 2, 2, 2, scratch, sizeof scratch) == LGT_OK);
 * assert(p[0][0] > 0.88079f && p[0][0] < 0.88080f);
 * ```
 */
LGT_API lgt_status lgt_matrix_scaling_apply_f32(const void *model, const float *x, size_t x_stride,
                                                float *y, size_t y_stride, size_t rows, size_t cols,
                                                void *scratch, size_t scratch_size);

/** `double` form of `lgt_matrix_scaling_apply_f32`. */
LGT_API lgt_status lgt_matrix_scaling_apply_f64(const void *model, const double *x, size_t x_stride,
                                                double *y, size_t y_stride, size_t rows,
                                                size_t cols, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_matrix_scaling_apply_f32`. */
LGT_API lgt_status lgt_matrix_scaling_apply_f16(const void *model, const lgt_f16 *x,
                                                size_t x_stride, lgt_f16 *y, size_t y_stride,
                                                size_t rows, size_t cols, void *scratch,
                                                size_t scratch_size);

/** `lgt_bf16` form of `lgt_matrix_scaling_apply_f32`. */
LGT_API lgt_status lgt_matrix_scaling_apply_bf16(const void *model, const lgt_bf16 *x,
                                                 size_t x_stride, lgt_bf16 *y, size_t y_stride,
                                                 size_t rows, size_t cols, void *scratch,
                                                 size_t scratch_size);

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
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL` (a negative class, an unknown type); nothing
 * is written. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_mcnemar_labels(const void *first, uint32_t first_type, const void *second,
                                      uint32_t second_type, const void *labels, uint32_t label_type,
                                      lgt_mcnemar_report *report, size_t rows);

/* ---- mix_labels ---- */

/**
 * Mixes labels as the images they belong to were mixed: `share a + (1 - share) b`, where
 * `share` is the part of the image that is of the first.
 *
 * # Shape
 * `a`, `b`, `y`: rows x cols, row-major, strides in elements, at least cols. `share`: from 0
 * to 1, `count` of them: one for all rows, or one a row.
 *
 * # In place
 * `y == a`, or `y == b`, with equal strides is allowed; any other overlap of `y` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_SHAPE` (count), `LGT_E_VALUE` (share),
 * `LGT_E_ALIAS`.
 *
 * # Accuracy
 * Computed in f64: at most 4e-16 times the larger of both, besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * H. Zhang et al., "mixup: Beyond Empirical Risk Minimization" (2018).
 *
 * # Example
 * ```c
 * float a[1][2] = {{1, 0}}, b[1][2] = {{0, 1}}, y[1][2];
 * double share[1] = {0.75};
 * assert(lgt_mix_labels_f32(&a[0][0], 2, &b[0][0], 2, share, 1, &y[0][0], 2, 1, 2) == LGT_OK);
 * assert(y[0][0] == 0.75f && y[0][1] == 0.25f);
 * ```
 */
LGT_API lgt_status lgt_mix_labels_f32(const float *a, size_t a_stride, const float *b,
                                      size_t b_stride, const double *share, size_t count, float *y,
                                      size_t y_stride, size_t rows, size_t cols);

/** `double` form of `lgt_mix_labels_f32`. */
LGT_API lgt_status lgt_mix_labels_f64(const double *a, size_t a_stride, const double *b,
                                      size_t b_stride, const double *share, size_t count, double *y,
                                      size_t y_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_mix_labels_f32`; computed in f32. */
LGT_API lgt_status lgt_mix_labels_f16(const lgt_f16 *a, size_t a_stride, const lgt_f16 *b,
                                      size_t b_stride, const double *share, size_t count,
                                      lgt_f16 *y, size_t y_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_mix_labels_f32`; computed in f32. */
LGT_API lgt_status lgt_mix_labels_bf16(const lgt_bf16 *a, size_t a_stride, const lgt_bf16 *b,
                                       size_t b_stride, const double *share, size_t count,
                                       lgt_bf16 *y, size_t y_stride, size_t rows, size_t cols);

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

/* ---- multiclass_auroc ---- */

/** The result of `lgt_multiclass_auroc` and `lgt_multilabel_auroc`. */
typedef struct lgt_multiclass_auroc_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those of them that hold a NaN; all below is then NaN, or 0. */
  uint64_t nan_rows;
  /** The sum of weights of all rows. */
  double weight;
  /** Classes without rows, or with all: they are in no mean of AUROC. */
  uint64_t left_out;
  /** Classes without rows: they are in no mean of average precision. */
  uint64_t precision_left_out;
  /** Pairs of classes, one of them without rows: they are in no mean over pairs. */
  uint64_t pairs_left_out;
  /** The mean of AUROC of each class against the rest. */
  double auroc_macro;
  /** The same by the weight of each class. */
  double auroc_weighted;
  /** AUROC of all entries as one problem of two classes, if asked for. */
  double auroc_micro;
  /** The mean of AUROC over ordered pairs of classes (Hand and Till's M). */
  double ovo_macro;
  /** The same by the weight of each pair. */
  double ovo_weighted;
  /** The mean of average precision of each class. */
  double precision_macro;
  /** The same by the weight of each class. */
  double precision_weighted;
  /** Average precision of all entries as one problem, if asked for. */
  double precision_micro;
} lgt_multiclass_auroc_report;

/**
 * Writes how many bytes of scratch `lgt_multiclass_auroc` needs: 16 a row, 40 a class and 8; with
 * `micro` 16 an entry instead of a row.
 *
 * # Shape
 * `rows`, `cols`: of the scores, both below 2^31, with `micro` their product. `micro`: 0
 * or 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`micro`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_multiclass_auroc_scratch(size_t rows, size_t cols, uint32_t micro,
                                                size_t *bytes);

/**
 * AUROC of many classes: of each class against the rest, averaged by class or by weight,
 * and of each class against each other one, averaged over pairs; and average precision.
 *
 * Of a pair of classes `i` and `j` the scores of column `i` say how often a row of class
 * `i` is above one of class `j`, as `lgt_auroc` counts it, those of column `j` the
 * reverse; the mean of both is the pair's. `ovo_macro` is the mean of all pairs, the M
 * of Hand and Till, which does not depend on how many rows a class has; `ovo_weighted`
 * counts a pair by the weight of its rows, as scikit-learn's `roc_auc_score` does with
 * `multi_class="ovo", average="weighted"`. `auroc_weighted` and `precision_weighted`
 * count a class by the weight of its rows.
 *
 * A class without rows, or with all of them, has no AUROC: it is NaN in `auroc`, left
 * out of means, and counted in `left_out`; pairs likewise in `pairs_left_out`. Average
 * precision is left out only of classes without rows, and is 1 of one with all. If nothing
 * is left, or with a NaN among the scores of rows that count, means are NaN. Scores
 * need not sum to 1. `micro` looks at all rows x cols entries as one problem of two
 * classes: is this the row's class? A batch function over arrays and scratch of the
 * caller: it sorts each column once. The order of rows does not change a bit.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols; the higher the
 * more likely is the class. `labels`: one class a row, 0 to cols - 1, of the integer type
 * `label_type` (`LGT_I8` to `LGT_U64`).
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out. `report`: one struct. `auroc`, `average_precision`: `cols`
 * numbers each, those of every class, or NULL. `micro`: 1 for averages over entries as
 * well, else 0; they are NaN then. `scratch`: `scratch_size` bytes, 8-byte aligned, at
 * least what `lgt_multiclass_auroc_scratch` says, apart from the other arrays; what is there
 * before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * `micro`), `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (no class with rows of both kinds, or a NaN).
 *
 * # Accuracy
 * At most 2e-14.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * D. Hand and R. Till, "A Simple Generalisation of the Area Under the ROC Curve for
 * Multiple Class Classification Problems" (2001), equation 7; F. Provost and
 * P. Domingos, "Well-Trained PETs" (2000), for weights of classes.
 *
 * # Example
 * ```c
 * float x[4][3] = {{0.5f, 0.3f, 0.2f}, {0.4f, 0.5f, 0.1f}, {0.3f, 0.3f, 0.4f}, {0.6f, 0.3f, 0.1f}};
 * uint8_t y[4] = {0, 1, 2, 1};
 * uint64_t scratch[2 * 4 + 1 + 5 * 3];
 * double auroc[3];
 * lgt_multiclass_auroc_report report;
 * assert(lgt_multiclass_auroc_f32(&x[0][0], 3, y, LGT_U8, NULL, &report, auroc, NULL, 4, 3, 0,
 *                                 scratch, sizeof scratch) == LGT_OK);
 * assert(auroc[1] == 0.75 && auroc[2] == 1 && report.left_out == 0);
 * assert(report.ovo_macro == 5.0 / 6);
 * ```
 */
LGT_API lgt_status lgt_multiclass_auroc_f32(const float *x, size_t x_stride, const void *labels,
                                            uint32_t label_type, const float *weights,
                                            lgt_multiclass_auroc_report *report, double *auroc,
                                            double *average_precision, size_t rows, size_t cols,
                                            uint32_t micro, void *scratch, size_t scratch_size);

/** `double` form of `lgt_multiclass_auroc_f32`. */
LGT_API lgt_status lgt_multiclass_auroc_f64(const double *x, size_t x_stride, const void *labels,
                                            uint32_t label_type, const double *weights,
                                            lgt_multiclass_auroc_report *report, double *auroc,
                                            double *average_precision, size_t rows, size_t cols,
                                            uint32_t micro, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_multiclass_auroc_f32`; computed in f32. */
LGT_API lgt_status lgt_multiclass_auroc_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                            uint32_t label_type, const float *weights,
                                            lgt_multiclass_auroc_report *report, double *auroc,
                                            double *average_precision, size_t rows, size_t cols,
                                            uint32_t micro, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_multiclass_auroc_f32`; computed in f32. */
LGT_API lgt_status lgt_multiclass_auroc_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                             uint32_t label_type, const float *weights,
                                             lgt_multiclass_auroc_report *report, double *auroc,
                                             double *average_precision, size_t rows, size_t cols,
                                             uint32_t micro, void *scratch, size_t scratch_size);

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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`. Advisory: `LGT_UNDEFINED` if a
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
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_multilabel_get_labels(const void *state, lgt_multilabel_label *labels,
                                             size_t count, const lgt_multilabel_finish_opts *opts);

/* ---- multilabel_auroc ---- */

/**
 * Writes how many bytes of scratch `lgt_multilabel_auroc` needs: 16 a row, 40 a class and 8; with
 * `micro` 16 an entry instead of a row.
 *
 * # Shape
 * `rows`, `cols`: of the scores, both below 2^31, with `micro` their product. `micro`: 0
 * or 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`micro`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_multilabel_auroc_scratch(size_t rows, size_t cols, uint32_t micro,
                                                size_t *bytes);

/**
 * AUROC and average precision of many labels, of which a row may have any: of each label by
 * its own column, averaged by label or by weight, and over all entries.
 *
 * The report is that of `lgt_multiclass_auroc`, with labels for classes: a label that no
 * row has, or all have, has no AUROC, is NaN in `auroc`, left out of means and counted in
 * `left_out`; average precision is left out only of labels that no row has. Labels
 * are not compared with one another: `ovo_macro` and `ovo_weighted` are NaN,
 * `pairs_left_out` is 0. `micro` looks at all rows x cols entries as one problem of two
 * classes. If nothing is left, or with a NaN among the scores of rows that count, means
 * are NaN. A batch function over arrays and scratch of the caller. The order of rows
 * does not change a bit.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols; the higher the
 * more likely is the label. `labels`: what is true, as numbers 0 and 1 of the integer type
 * `label_type` (`LGT_I8` to `LGT_U64`), rows x cols, `labels_stride` in elements, at least
 * cols.
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out. `report`: one struct. `auroc`, `average_precision`: `cols`
 * numbers each, those of every label, or NULL. `micro`: 1 for averages over entries as
 * well, else 0; they are NaN then. `scratch`: `scratch_size` bytes, 8-byte aligned, at
 * least what `lgt_multilabel_auroc_scratch` says, apart from the other arrays; what is there
 * before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * `micro`), `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (no label with rows of both kinds, or a NaN).
 *
 * # Accuracy
 * At most 2e-14.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M.-L. Zhang and Z.-H. Zhou, "A Review on Multi-Label Learning Algorithms" (2014),
 * section 2.
 *
 * # Example
 * ```c
 * float x[3][2] = {{0.9f, 0.2f}, {0.8f, 0.7f}, {0.1f, 0.6f}};
 * uint8_t y[3][2] = {{1, 0}, {0, 1}, {1, 0}};
 * uint64_t scratch[2 * 6 + 1 + 5 * 2];
 * lgt_multiclass_auroc_report report;
 * assert(lgt_multilabel_auroc_f32(&x[0][0], 2, y, 2, LGT_U8, NULL, &report, NULL, NULL, 3, 2, 1,
 *                                 scratch, sizeof scratch) == LGT_OK);
 * assert(report.auroc_macro == 0.75 && report.auroc_micro == 5.0 / 9);
 * ```
 */
LGT_API lgt_status lgt_multilabel_auroc_f32(const float *x, size_t x_stride, const void *labels,
                                            size_t labels_stride, uint32_t label_type,
                                            const float *weights,
                                            lgt_multiclass_auroc_report *report, double *auroc,
                                            double *average_precision, size_t rows, size_t cols,
                                            uint32_t micro, void *scratch, size_t scratch_size);

/** `double` form of `lgt_multilabel_auroc_f32`. */
LGT_API lgt_status lgt_multilabel_auroc_f64(const double *x, size_t x_stride, const void *labels,
                                            size_t labels_stride, uint32_t label_type,
                                            const double *weights,
                                            lgt_multiclass_auroc_report *report, double *auroc,
                                            double *average_precision, size_t rows, size_t cols,
                                            uint32_t micro, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_multilabel_auroc_f32`; computed in f32. */
LGT_API lgt_status lgt_multilabel_auroc_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                            size_t labels_stride, uint32_t label_type,
                                            const float *weights,
                                            lgt_multiclass_auroc_report *report, double *auroc,
                                            double *average_precision, size_t rows, size_t cols,
                                            uint32_t micro, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_multilabel_auroc_f32`; computed in f32. */
LGT_API lgt_status lgt_multilabel_auroc_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                             size_t labels_stride, uint32_t label_type,
                                             const float *weights,
                                             lgt_multiclass_auroc_report *report, double *auroc,
                                             double *average_precision, size_t rows, size_t cols,
                                             uint32_t micro, void *scratch, size_t scratch_size);

/* ---- nkd ---- */

/**
 * Normalised knowledge distillation:
 * `-T_y ln S_y - gamma temperature^2 sum T^_i ln S^_i` of a teacher's logits and a student's,
 * with its gradient in the student's logits.
 *
 * `T` and `S` are their softmax at temperature 1, `T^` and `S^` that of the classes other
 * than the label at `temperature`, so that both add up to 1. It is added to a plain
 * cross-entropy, and is not at its least where student and teacher agree: the label's part
 * has the derivative `T_y (S - e_y)`. With one class, or where the teacher has only the
 * label, there is no second part. -inf is a share of 0: where the teacher has some, the loss
 * is +inf. Entries at +inf share the mass. A NaN makes its row NaN, and so does a row of
 * either with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: the student's logits, rows x cols, row-major, stride in elements, at least cols.
 * `teacher`: rows x cols, likewise. `labels`: one class a row, 0 to cols - 1, of the integer
 * type `label_type`; of a soft label the largest. `gamma`: finite, at least 0; 1.5 is usual.
 * `temperature`: from 1e-6 to 1e6; 1 is usual. `weights`, `loss`, `grad`, `total`, `opts`: as
 * `lgt_focal_f32`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, gamma,
 * temperature, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
 * `LGT_UNDEFINED` for the mean of no rows, which is NaN.
 *
 * # Accuracy
 * Both parts, before `gamma` and the temperature: each as `lgt_kl_div_f32`. The gradient: at
 * most 1e-6 (f64: 4e-15) times `1 + gamma temperature`, besides the rounding to its type.
 * `total` is the exact sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Z. Yang et al., "From Knowledge Distillation to Self-Knowledge Distillation: A Unified
 * Approach with Normalized Loss and Customized Soft Labels" (2023).
 *
 * # Example
 * ```c
 * double s[1][4] = {{2, 0.5, -1, 0}}, t[1][4] = {{3, 1, 0.5, -1}}, loss;
 * int32_t y[1] = {0};
 * assert(lgt_nkd_f64(&s[0][0], 4, &t[0][0], 4, y, LGT_I32, NULL, 1.5, 1, &loss, NULL, 0, NULL,
 *                    1, 4, NULL) == LGT_OK);
 * assert(loss > 2.02497 && loss < 2.02498);
 * ```
 */
LGT_API lgt_status lgt_nkd_f32(const float *x, size_t x_stride, const float *teacher,
                               size_t teacher_stride, const void *labels, uint32_t label_type,
                               const float *weights, double gamma, double temperature, double *loss,
                               float *grad, size_t grad_stride, double *total, size_t rows,
                               size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_nkd_f32`. */
LGT_API lgt_status lgt_nkd_f64(const double *x, size_t x_stride, const double *teacher,
                               size_t teacher_stride, const void *labels, uint32_t label_type,
                               const double *weights, double gamma, double temperature,
                               double *loss, double *grad, size_t grad_stride, double *total,
                               size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_nkd_f32`; computed in f32. */
LGT_API lgt_status lgt_nkd_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *teacher,
                               size_t teacher_stride, const void *labels, uint32_t label_type,
                               const float *weights, double gamma, double temperature, double *loss,
                               lgt_f16 *grad, size_t grad_stride, double *total, size_t rows,
                               size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_nkd_f32`; computed in f32. */
LGT_API lgt_status lgt_nkd_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *teacher,
                                size_t teacher_stride, const void *labels, uint32_t label_type,
                                const float *weights, double gamma, double temperature,
                                double *loss, lgt_bf16 *grad, size_t grad_stride, double *total,
                                size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- normmax ---- */

/**
 * Row-wise alpha-normmax: the shares `p` that maximise `p x` less their alpha-norm.
 *
 * They are proportional to `max(x[r][c] - tau, 0)^(1 / (alpha - 1))`, with the `tau` of each row at
 * which the sum of the `alpha / (alpha - 1)`th powers of `max(x[r][c] - tau, 0)` is 1. Entries
 * at least 1 below the largest have no share, and the larger `alpha` is the more equal are
 * those of the others.
 *
 * -inf is a share of 0. Entries at +inf share their row equally. A NaN makes its row NaN, and
 * so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `alpha`: from 1.001 to 64; 2 is usual. With rows = 0
 * nothing is written.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (alpha), `LGT_E_ALIAS`. Advisory:
 * `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 1e-12 and the rounding to their type, of a share; above alpha 2 as much of what it
 * is with scores that differ from those given by no more than 1e-15.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * S. Santos et al., "Sparse and Structured Hopfield Networks" (2024); the definition as in the
 * documentation of `normmax_bisect` of the package entmax, 1.3.
 *
 * # Example
 * ```c
 * float x[1][3] = {{2, 2, -1}}, y[1][3];
 * assert(lgt_normmax_f32(&x[0][0], 3, 2, &y[0][0], 3, 1, 3) == LGT_OK);
 * assert(y[0][0] > 0.4999f && y[0][0] == y[0][1] && y[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_normmax_f32(const float *x, size_t x_stride, double alpha, float *y,
                                   size_t y_stride, size_t rows, size_t cols);

/** `double` form of `lgt_normmax_f32`. */
LGT_API lgt_status lgt_normmax_f64(const double *x, size_t x_stride, double alpha, double *y,
                                   size_t y_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_normmax_f32`; computed in f32. */
LGT_API lgt_status lgt_normmax_f16(const lgt_f16 *x, size_t x_stride, double alpha, lgt_f16 *y,
                                   size_t y_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_normmax_f32`; computed in f32. */
LGT_API lgt_status lgt_normmax_bf16(const lgt_bf16 *x, size_t x_stride, double alpha, lgt_bf16 *y,
                                    size_t y_stride, size_t rows, size_t cols);

/**
 * Gradient of `lgt_normmax_f32` through its result: `dx = J dy`.
 *
 * With `b = y^(2 - alpha)` where there is a share, `n` the alpha-norm of the row and
 * `e = dy - sum y dy / sum y`, `dx = n^(alpha - 1) / (alpha - 1) (b e - y sum b e)`; elsewhere it is 0,
 * and `dy` is not looked at.
 *
 * # Shape
 * `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols. `alpha`: that of the map. With rows =
 * 0 or cols = 0 nothing is written.
 *
 * # In place
 * `dx == dy` with equal strides is allowed; any other overlap of `dx` is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (alpha), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 1e-13 times the largest `b / (alpha - 1)` and the largest `|dy|` of the support, and
 * the rounding to their type, from the shares as they are given.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Derived from the definition of `lgt_normmax_f32`.
 *
 * # Example
 * ```c
 * float y[1][3] = {{0.5f, 0.5f, 0}}, dy[1][3] = {{1, -1, 9}}, dx[1][3];
 * assert(lgt_normmax_grad_f32(&y[0][0], 3, &dy[0][0], 3, 2, &dx[0][0], 3, 1, 3) == LGT_OK);
 * assert(dx[0][0] > 0.7071f && dx[0][0] < 0.7072f && dx[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_normmax_grad_f32(const float *y, size_t y_stride, const float *dy,
                                        size_t dy_stride, double alpha, float *dx, size_t dx_stride,
                                        size_t rows, size_t cols);

/** `double` form of `lgt_normmax_grad_f32`. */
LGT_API lgt_status lgt_normmax_grad_f64(const double *y, size_t y_stride, const double *dy,
                                        size_t dy_stride, double alpha, double *dx,
                                        size_t dx_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_normmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_normmax_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                        size_t dy_stride, double alpha, lgt_f16 *dx,
                                        size_t dx_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_normmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_normmax_grad_bf16(const lgt_bf16 *y, size_t y_stride, const lgt_bf16 *dy,
                                         size_t dy_stride, double alpha, lgt_bf16 *dx,
                                         size_t dx_stride, size_t rows, size_t cols);

/* ---- one_vs_rest ---- */

/**
 * Writes how many bytes a model of `lgt_one_vs_rest` takes at most. It is cols + 1 numbers and a model of the method for each class.
 * What a fit has used is in its head, and `lgt_model_size` says it.
 *
 * # Shape
 * `rows`, `cols`: of the data. `weighted`: 1 if weights are given, else 0. `opts`: NULL
 * for the defaults. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`weighted`, options), `LGT_E_OPTION`, `LGT_E_SIZE` (4 GiB
 * or more).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_one_vs_rest_size(size_t rows, size_t cols, uint32_t weighted,
                                        const lgt_reduction_opts *opts, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_one_vs_rest_fit` needs: for each row 9 bytes, with
 * weights 17, and what the method needs for the same rows.
 *
 * # Shape
 * As `lgt_one_vs_rest_size`.
 *
 * # Errors
 * As `lgt_one_vs_rest_size`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_one_vs_rest_scratch(size_t rows, size_t cols, uint32_t weighted,
                                           const lgt_reduction_opts *opts, size_t *bytes);

/**
 * Fits one calibrator of two classes to each column, "this class or another"; the
 * calibrated columns of a row are then divided by their sum.
 *
 * `opts` names the calibrator (`method`), isotonic by default, and may give the options of
 * its own fit. What `x` holds is what the method takes: probabilities, or for Platt's and
 * isotonic calibration scores of any kind. nll_before and nll_after are sums over the
 * classes of what the method's fit says, iterations likewise; `fit_status` and the
 * return value are `LGT_OK` if all fits are, else the status of highest number among
 * theirs: a class without rows, say, is `LGT_DEGENERATE`.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_one_vs_rest_size` says, apart from
 * the other arrays. `x`: rows x cols, row-major, stride in elements, at least cols.
 * `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`.
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`: `scratch_size`
 * bytes, 8-byte aligned, at least what `lgt_one_vs_rest_scratch` says, apart from the other
 * arrays.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (weights, options, a score that the method does not take), `LGT_E_STATE`
 * (`model` not aligned), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as it was.
 * Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * That of the method.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * B. Zadrozny and C. Elkan, "Transforming Classifier Scores into Accurate Multiclass
 * Probability Estimates" (2002), for one against the rest and shares.
 *
 * # Example
 * ```c
 * float p[4][2] = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.2f, 0.8f}};
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t model[256], scratch[256];
 * assert(lgt_one_vs_rest_fit_f32(model, sizeof model, &p[0][0], 2, y, LGT_U8, NULL, 4, 2, NULL,
 *                        scratch, sizeof scratch) == LGT_OK);
 * assert(lgt_model_check(model, sizeof model) == LGT_OK);
 * ```
 */
LGT_API lgt_status lgt_one_vs_rest_fit_f32(void *model, size_t size, const float *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols,
                                           const lgt_reduction_opts *opts, void *scratch,
                                           size_t scratch_size);

/** `double` form of `lgt_one_vs_rest_fit_f32`. */
LGT_API lgt_status lgt_one_vs_rest_fit_f64(void *model, size_t size, const double *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const double *weights, size_t rows, size_t cols,
                                           const lgt_reduction_opts *opts, void *scratch,
                                           size_t scratch_size);

/** `lgt_f16` form of `lgt_one_vs_rest_fit_f32`. */
LGT_API lgt_status lgt_one_vs_rest_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols,
                                           const lgt_reduction_opts *opts, void *scratch,
                                           size_t scratch_size);

/** `lgt_bf16` form of `lgt_one_vs_rest_fit_f32`. */
LGT_API lgt_status lgt_one_vs_rest_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                            size_t x_stride, const void *labels,
                                            uint32_t label_type, const float *weights, size_t rows,
                                            size_t cols, const lgt_reduction_opts *opts,
                                            void *scratch, size_t scratch_size);

/**
 * Calibrated probabilities: each column through its own calibrator, divided by the sum of
 * the row. Where that is 0 all classes get 1 / cols; a NaN makes its row NaN.
 *
 * # Shape
 * `model`: a fitted model. `x`, `y`: rows x cols, row-major, strides in elements, at
 * least cols.
 *
 * # In place
 * `y` may be `x`, with the same stride.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` if the bytes at `model` are no such model, `LGT_E_SHAPE` if
 * it is one of another number of classes, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * That of the method, and two roundings to the type of `y`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_one_vs_rest_fit_f32`.
 *
 * # Example
 * ```c
 * float p[4][2] = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.2f, 0.8f}}, q[4][2];
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t model[256], scratch[256];
 * assert(lgt_one_vs_rest_fit_f32(model, sizeof model, &p[0][0], 2, y, LGT_U8, NULL, 4, 2, NULL,
 *                        scratch, sizeof scratch) == LGT_OK);
 * assert(lgt_one_vs_rest_apply_f32(model, &p[0][0], 2, &q[0][0], 2, 4, 2) == LGT_OK);
 * assert(q[0][0] == 1 && q[0][1] == 0);
 * ```
 */
LGT_API lgt_status lgt_one_vs_rest_apply_f32(const void *model, const float *x, size_t x_stride,
                                             float *y, size_t y_stride, size_t rows, size_t cols);

/** `double` form of `lgt_one_vs_rest_apply_f32`. */
LGT_API lgt_status lgt_one_vs_rest_apply_f64(const void *model, const double *x, size_t x_stride,
                                             double *y, size_t y_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_one_vs_rest_apply_f32`. */
LGT_API lgt_status lgt_one_vs_rest_apply_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                             lgt_f16 *y, size_t y_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_one_vs_rest_apply_f32`. */
LGT_API lgt_status lgt_one_vs_rest_apply_bf16(const void *model, const lgt_bf16 *x, size_t x_stride,
                                              lgt_bf16 *y, size_t y_stride, size_t rows,
                                              size_t cols);

/* ---- operating_point ---- */

/** The highest threshold whose true positive rate is at least the target. */
#define LGT_POINT_TPR_AT_LEAST 0

/** The threshold whose true positive rate is nearest to the target. */
#define LGT_POINT_TPR_NEAREST 1

/** The highest true positive rate with a false positive rate of at most the target. */
#define LGT_POINT_FPR_AT_MOST 2

/** The highest recall with a precision of at least the target. */
#define LGT_POINT_PRECISION_AT_LEAST 3

/** The highest precision with a recall of at least the target. */
#define LGT_POINT_RECALL_AT_LEAST 4

/** The threshold whose rates of false positives and false negatives are nearest. */
#define LGT_POINT_EQUAL_ERRORS 5

/** The highest F1. */
#define LGT_POINT_MAX_F1 6

/** The highest sum of true rates: Youden's J, balanced accuracy, detection accuracy. */
#define LGT_POINT_MAX_YOUDEN 7

/** The result of `lgt_operating_point`. */
typedef struct lgt_operating_point_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those of them whose score is NaN; they are in no other number. */
  uint64_t nan_rows;
  /** Rows of label 1. */
  uint64_t positives;
  /** Rows of label 0. */
  uint64_t negatives;
  /** The sum of weights of label 1. */
  double positive_weight;
  /** The sum of weights of label 0. */
  double negative_weight;
  /** The least score that is taken for label 1; infinite if none is. */
  double threshold;
  /** The weight of label 1 from there on. */
  double true_positives;
  /** The weight of label 0 from there on. */
  double false_positives;
  /** The share of label 1 from there on: true positive rate, recall, sensitivity. */
  double tpr;
  /** The share of label 0 from there on: false positive rate. */
  double fpr;
  /** The share of label 0 below: true negative rate, specificity. */
  double tnr;
  /** The share of label 1 among what lies from there on; 1 if nothing does. */
  double precision;
  /** F1, the harmonic mean of precision and recall. */
  double f1;
  /** The mean of both true rates: balanced accuracy, detection accuracy. */
  double balanced_accuracy;
  /**
   * The equal error rate, whatever the rule: where the ROC curve, drawn straight
   * from point to point, has as many errors of one kind as of the other.
   */
  double eer;
} lgt_operating_point_report;

/**
 * Writes how many bytes of scratch `lgt_operating_point` needs: without weights 4 a score, of
 * f64 8; with weights 8.
 *
 * # Shape
 * `n`: number of scores, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of one, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_operating_point_scratch(size_t n, size_t score_size, uint32_t weighted,
                                               size_t *bytes);

/**
 * A threshold chosen by a rule, and all that comes of it. Scores at or above a threshold
 * are taken for label 1; thresholds are the scores that there are, and infinity, above
 * which nothing lies. Of thresholds that a rule finds equally good it takes the highest.
 *
 * `LGT_POINT_TPR_AT_LEAST` gives the false positive rate at, say, a true one of 0.95:
 * `fpr`. `LGT_POINT_TPR_NEAREST` may lie below the target as well; of two as near, to
 * 1e-9, it takes the higher true positive rate. `LGT_POINT_FPR_AT_MOST` gives the true
 * positive rate at a false one; `LGT_POINT_PRECISION_AT_LEAST` recall at a precision, and
 * `LGT_POINT_RECALL_AT_LEAST` precision at a recall (of equal precision, the highest
 * recall), both of thresholds that something lies above. The others have no target.
 *
 * `eer` is given with every rule: where the straight line between two points of the ROC
 * curve has equal rates of error. torchmetrics' `eer` is the mean of both rates at the
 * threshold of `LGT_POINT_EQUAL_ERRORS`.
 *
 * If no threshold does what is asked, the numbers from `threshold` to `balanced_accuracy`
 * are NaN; with one class, with nothing, or with a NaN among the scores, which `nan_rows`
 * counts, `eer` is too. A batch function over arrays and scratch of the caller. The order
 * of rows does not change a bit.
 *
 * # Shape
 * `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
 * the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 * `report`: one struct. `rule`: `LGT_POINT_TPR_AT_LEAST` to `LGT_POINT_MAX_YOUDEN`.
 * `target`: 0 to 1, also for rules without one.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_operating_point_scratch` says,
 * apart from the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, rule, target),
 * `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (no
 * such threshold, one class, nothing, or a NaN).
 *
 * # Accuracy
 * Rates without weights are quotients of whole numbers, rounded once, and compared with
 * the target as they are; with weights they lose at most 2e-15.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * T. Fawcett, "An introduction to ROC analysis" (2006); W. Youden, "Index for rating
 * diagnostic tests" (1950); K. Lee et al., "A Simple Unified Framework for Detecting
 * Out-of-Distribution Samples and Adversarial Attacks" (2018), for the nearest rate.
 *
 * # Example
 * ```c
 * float x[4] = {0.1f, 0.4f, 0.35f, 0.8f};
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t scratch[2];
 * lgt_operating_point_report report;
 * assert(lgt_operating_point_f32(x, y, LGT_U8, NULL, &report, 4, LGT_POINT_TPR_AT_LEAST, 0.95,
 *                                scratch, sizeof scratch) == LGT_OK);
 * assert(report.threshold == (double)0.35f && report.fpr == 0.5 && report.eer == 0.5);
 * ```
 */
LGT_API lgt_status lgt_operating_point_f32(const float *x, const void *labels, uint32_t label_type,
                                           const float *weights, lgt_operating_point_report *report,
                                           size_t n, uint32_t rule, double target, void *scratch,
                                           size_t scratch_size);

/** `double` form of `lgt_operating_point_f32`. */
LGT_API lgt_status lgt_operating_point_f64(const double *x, const void *labels, uint32_t label_type,
                                           const double *weights,
                                           lgt_operating_point_report *report, size_t n,
                                           uint32_t rule, double target, void *scratch,
                                           size_t scratch_size);

/** `lgt_f16` form of `lgt_operating_point_f32`; computed in f32. */
LGT_API lgt_status lgt_operating_point_f16(const lgt_f16 *x, const void *labels,
                                           uint32_t label_type, const float *weights,
                                           lgt_operating_point_report *report, size_t n,
                                           uint32_t rule, double target, void *scratch,
                                           size_t scratch_size);

/** `lgt_bf16` form of `lgt_operating_point_f32`; computed in f32. */
LGT_API lgt_status lgt_operating_point_bf16(const lgt_bf16 *x, const void *labels,
                                            uint32_t label_type, const float *weights,
                                            lgt_operating_point_report *report, size_t n,
                                            uint32_t rule, double target, void *scratch,
                                            size_t scratch_size);

/* ---- pairwise_reward ---- */

/**
 * The loss of each pair of rewards, of which one should be larger, with its derivative:
 * `-ln sigmoid(chosen - rejected - margin)`, the likelihood of the choice as Bradley and
 * Terry have it.
 *
 * A NaN, and the difference of two infinities, makes its pair NaN.
 *
 * # Shape
 * `chosen`, `rejected`: rewards, one a pair. `margin`: by how much the one should be larger,
 * likewise, or NULL for 0. `weights`, `loss`, `total`: as `lgt_dpo_f32`. `grad`: one number a
 * pair, or NULL: the derivative of the reduced loss in `chosen`, times `grad_scale`; that in
 * `rejected` and that in `margin` are `-grad`. `opts`: NULL for the defaults.
 *
 * # In place
 * `grad == chosen` is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, grad_scale), `LGT_E_OPTION`,
 * `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the mean of no pairs, which is NaN.
 *
 * # Accuracy
 * As `lgt_dpo_f32`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * R. A. Bradley and M. E. Terry, "Rank Analysis of Incomplete Block Designs" (1952); with a
 * margin H. Touvron et al., "Llama 2" (2023).
 *
 * # Example
 * ```c
 * float chosen[1] = {2}, rejected[1] = {2}, grad[1];
 * double loss;
 * assert(lgt_pairwise_reward_f32(chosen, rejected, NULL, NULL, &loss, grad, NULL, 1, NULL) ==
 *        LGT_OK);
 * assert(loss > 0.69314 && loss < 0.69315 && grad[0] == -0.5f);
 * ```
 */
LGT_API lgt_status lgt_pairwise_reward_f32(const float *chosen, const float *rejected,
                                           const float *margin, const float *weights, double *loss,
                                           float *grad, double *total, size_t rows,
                                           const lgt_loss_opts *opts);

/** `double` form of `lgt_pairwise_reward_f32`. */
LGT_API lgt_status lgt_pairwise_reward_f64(const double *chosen, const double *rejected,
                                           const double *margin, const double *weights,
                                           double *loss, double *grad, double *total, size_t rows,
                                           const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_pairwise_reward_f32`; computed in f32. */
LGT_API lgt_status lgt_pairwise_reward_f16(const lgt_f16 *chosen, const lgt_f16 *rejected,
                                           const lgt_f16 *margin, const float *weights,
                                           double *loss, lgt_f16 *grad, double *total, size_t rows,
                                           const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_pairwise_reward_f32`; computed in f32. */
LGT_API lgt_status lgt_pairwise_reward_bf16(const lgt_bf16 *chosen, const lgt_bf16 *rejected,
                                            const lgt_bf16 *margin, const float *weights,
                                            double *loss, lgt_bf16 *grad, double *total,
                                            size_t rows, const lgt_loss_opts *opts);

/* ---- pearson ---- */

/** The result of `lgt_pearson_finish`. */
typedef struct lgt_pearson_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those with a number that is not finite; all but the weight is then NaN. */
  uint64_t nan_rows;
  /** The sum of weights, n below. */
  double weight;
  /** The correlation; NaN if x or y is constant. */
  double r;
  /** Two-sided p-value of no correlation, by Student's t. */
  double p_value;
  /** Fisher's interval for the correlation. */
  double low;
  /** As above. */
  double high;
  /** Mean of x. */
  double mean_x;
  /** Mean of y. */
  double mean_y;
  /** Variance of x, with n - 1; NaN unless n is above 1. */
  double variance_x;
  /** Variance of y. */
  double variance_y;
  /** Covariance. */
  double covariance;
  /** Slope of the line of least squares for y; NaN if x is constant. */
  double slope;
  /** Where it starts, at x = 0. */
  double intercept;
  /** Standard error of the slope; NaN unless n is above 2. */
  double slope_std_error;
  /**
   * Lin's concordance correlation coefficient, with n; NaN if both are constant and
   * equal.
   */
  double concordance;
} lgt_pearson_report;

/**
 * Writes how many bytes a state of `lgt_pearson` needs.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_pearson_size(size_t *bytes);

/**
 * Starts a state of Pearson's correlation.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_pearson_size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_pearson_init(void *state, size_t size);

/**
 * Adds rows to a state of Pearson's correlation of x and y, which also knows the line
 * of least squares for y over x, and Lin's concordance.
 *
 * Sums of x, y, their squares and their product are kept exactly, to the last bit and
 * for numbers of any size, so that a mean far from 0 takes nothing from a small
 * variance, where sums in floating point lose all digits of it.
 *
 * `r` is that of scipy's `pearsonr` and numpy's `corrcoef`, NaN if x or y is constant;
 * of two rows it is 1 or -1. `p_value` is two-sided, for rows that are drawn from a
 * normal distribution (1 of two rows), and `low` to `high` is Fisher's interval (-1 to 1
 * up to three rows), both as scipy's. Variances and covariance have the divisor n - 1.
 * `concordance` is Lin's coefficient as he gave it, with the divisor n;
 * torchmetrics' has n - 1. Weights count as repetitions, and n is their sum.
 *
 * A row with a NaN or an infinity is counted in `nan_rows` and makes all but the
 * weight NaN.
 *
 * # Shape
 * `x`, `y`: `n` numbers each. `weights`: `n` numbers from 0 to 2^63, or NULL for 1 each;
 * a weight of 0, or below 2^-160, leaves its row out, and others are rounded to
 * multiples of 2^-160.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights), `LGT_E_STATE`. The state is
 * then as it was.
 *
 * # Accuracy
 * Sums are exact, and means, variances, `r` and `slope` are made of them with relative
 * errors below 1e-15; `intercept` is off by as much of the mean of y or of slope times
 * the mean of x. `p_value`: a relative error of 1e-12, or what n times the rounding of
 * `r` makes. The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * K. Pearson, "Notes on regression and inheritance in the case of two parents" (1895);
 * R. A. Fisher, "On the probable error of a coefficient of correlation deduced from a
 * small sample" (1921); L. I.-K. Lin, "A concordance correlation coefficient to
 * evaluate reproducibility" (1989), equation 5.
 *
 * # Example
 * ```c
 * uint64_t state[312];
 * double x[4] = {1e8 + 1, 1e8 + 2, 1e8 + 3, 1e8 + 4}, y[4] = {1, 3, 2, 4};
 * lgt_pearson_report report;
 * assert(lgt_pearson_init(state, sizeof state) == LGT_OK);
 * assert(lgt_pearson_update_f64(state, x, y, NULL, 4) == LGT_OK);
 * assert(lgt_pearson_finish(state, 0.95, &report) == LGT_OK);
 * assert(report.r == 0.8 && report.slope == 0.8 && report.variance_x == 5.0 / 3);
 * ```
 */
LGT_API lgt_status lgt_pearson_update_f32(void *state, const float *x, const float *y,
                                          const float *weights, size_t n);

/** `double` form of `lgt_pearson_update_f32`. */
LGT_API lgt_status lgt_pearson_update_f64(void *state, const double *x, const double *y,
                                          const double *weights, size_t n);

/** `lgt_f16` form of `lgt_pearson_update_f32`. */
LGT_API lgt_status lgt_pearson_update_f16(void *state, const lgt_f16 *x, const lgt_f16 *y,
                                          const float *weights, size_t n);

/** `lgt_bf16` form of `lgt_pearson_update_f32`. */
LGT_API lgt_status lgt_pearson_update_bf16(void *state, const lgt_bf16 *x, const lgt_bf16 *y,
                                           const float *weights, size_t n);

/**
 * Adds what another state has seen. The order of merging does not change a bit. For
 * bytes from elsewhere use `lgt_state_merge`, which is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS` (the same state twice). The state is then
 * as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_pearson_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `level`: confidence of the interval, between 0 and 1. `report`: one struct. `r` is NaN
 * with `LGT_UNDEFINED` if x or y is constant, or a NaN was seen; what else there is has
 * been written.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (level). Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_pearson_finish(const void *state, double level, lgt_pearson_report *report);

/* ---- pinball ---- */

/**
 * Pinball loss of each row of predicted quantiles, with its gradient: the sum over columns
 * of `q (y - x)` where the target `y` is above the prediction `x`, and of `(1 - q) (x - y)`
 * where it is below, for the column's level `q`.
 *
 * Its mean is least where `x` is the quantile of that level. Where a target is met the
 * derivative is 0. What has no slope costs nothing, however far off: above a target at
 * level 1, below one at level 0. A NaN, or a prediction and a target of the same infinity,
 * makes the loss of its row NaN, and its own gradient.
 *
 * # Shape
 * `x`: predictions, rows x cols, row-major, stride in elements, at least cols. `targets`:
 * rows x cols, likewise; for several quantiles of one number, that number in each column.
 * `levels`: one level a column, from 0 to 1. `weights`, `loss`, `grad`, `total`, `opts`: as
 * `lgt_focal_f32`. A row's loss is a sum over columns.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (levels, weights, grad_scale),
 * `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the mean of no rows, which
 * is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) relative, and 1e-37 (f64: 1e-305) absolute;
 * beyond the range of the type computed in it may be +inf. A gradient as much,
 * besides the rounding to its type. `total` is the exact sum, rounded once: the order of
 * rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * R. Koenker and G. Bassett, "Regression Quantiles" (1978); scikit-learn's
 * `mean_pinball_loss`.
 *
 * # Example
 * ```c
 * float x[1][2] = {{1, 3}}, y[1][2] = {{2, 2}}, grad[1][2];
 * double levels[2] = {0.5, 0.75}, loss;
 * assert(lgt_pinball_f32(&x[0][0], 2, &y[0][0], 2, levels, NULL, &loss, &grad[0][0], 2, NULL, 1,
 *                        2, NULL) == LGT_OK);
 * assert(loss == 0.75 && grad[0][0] == -0.5f && grad[0][1] == 0.25f);
 * ```
 */
LGT_API lgt_status lgt_pinball_f32(const float *x, size_t x_stride, const float *targets,
                                   size_t target_stride, const double *levels, const float *weights,
                                   double *loss, float *grad, size_t grad_stride, double *total,
                                   size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_pinball_f32`. */
LGT_API lgt_status lgt_pinball_f64(const double *x, size_t x_stride, const double *targets,
                                   size_t target_stride, const double *levels,
                                   const double *weights, double *loss, double *grad,
                                   size_t grad_stride, double *total, size_t rows, size_t cols,
                                   const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_pinball_f32`; computed in f32. */
LGT_API lgt_status lgt_pinball_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *targets,
                                   size_t target_stride, const double *levels, const float *weights,
                                   double *loss, lgt_f16 *grad, size_t grad_stride, double *total,
                                   size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_pinball_f32`; computed in f32. */
LGT_API lgt_status lgt_pinball_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *targets,
                                    size_t target_stride, const double *levels,
                                    const float *weights, double *loss, lgt_bf16 *grad,
                                    size_t grad_stride, double *total, size_t rows, size_t cols,
                                    const lgt_loss_opts *opts);

/* ---- platt ---- */

/** Platt's smoothed targets. */
#define LGT_PLATT_SMOOTHED 0

/** Targets 0 and 1: the most likely parameters. */
#define LGT_PLATT_PLAIN 1

/**
 * Options of `lgt_platt_fit`. Fill with `lgt_platt_opts_default`, then change what is to
 * be different.
 */
typedef struct lgt_platt_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** `LGT_PLATT_SMOOTHED` (the default) or `LGT_PLATT_PLAIN`. */
  uint32_t targets;
  /** Passes over the data at most, at least 3; default 100. */
  uint32_t max_iter;
  /** Must be 0. */
  uint32_t reserved;
  /**
   * Done when a step would change neither parameter, of scores scaled to [-1, 1], by
   * more than this share of it and 1; from 0 to 1, default 1e-6. What is left then is
   * about its square.
   */
  double tol;
} lgt_platt_opts;

/** A fitted Platt calibration. Plain bytes: store it anywhere. */
typedef struct lgt_platt_model {
  /** What these bytes are. */
  lgt_state_head head;
  /** How the fit ended, an `lgt_status`. */
  int32_t fit_status;
  /** Passes over the data. */
  uint32_t iterations;
  /** Mean loss at a = 1, b = 0; NaN if there were no rows. */
  double nll_before;
  /** The same at the parameters found. */
  double nll_after;
  /** The slope. */
  double a;
  /** The intercept. */
  double b;
} lgt_platt_model;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_platt_opts_default(lgt_platt_opts *opts);

/**
 * Fits Platt's calibration to scores of any kind: the `a` and `b` that minimise the mean
 * cross-entropy of `P(y = 1) = 1 / (1 + exp(-(a s + b)))`.
 *
 * By default targets are Platt's: (N1 + 1) / (N1 + 2) where y is 1 and 1 / (N0 + 2) where it
 * is 0, with N1 and N0 the sums of weights of the classes. The minimum is then finite
 * whatever the data: of one class, `a` is 0. `a` may be negative. nll_before is the loss at
 * a = 1, b = 0, with the same targets, and nll_after is never above it; where that is as good
 * as any, it is the model. About 2 to 4 passes are made, after one that looks at ranges.
 *
 * `fit_status` in the model, and the return value, say how it ended: `LGT_OK`; `LGT_AT_BOUND`
 * (plain targets, and a threshold tells the classes apart: the loss falls without end, and
 * the slope is held where it leaves no doubt, so that the scores nearest to the threshold get
 * logits of -36.7 and 36.7, or where it is 1e6 for scores scaled to [-1, 1]); `LGT_DEGENERATE`
 * (no rows of weight above 0: a = 1, b = 0; scores that are one score, within 1e-290, or with plain
 * targets one class: a = 0 and b the logit of the mean target, at most 36.7 in magnitude);
 * `LGT_NOT_CONVERGED` (`max_iter` passes made: the best model met). The model is written in
 * every case.
 *
 * # Shape
 * `model`: one struct. `x`: one score a row, stride in elements, at least 1. `labels`: 0 or 1
 * a row, of the integer type `label_type`. `weights`: one number a row from 0 to 2^63, or
 * NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out, whatever its score.
 * `opts`: NULL for the defaults.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE`
 * (weights, options, a score that is NaN
 * or beyond 1e300 in magnitude). The model is then as it
 * was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * Parameters within 1e-8 of the exact minimum, of the larger of them and 1, where the data
 * tell them well. Another order of rows, or a split (`lgt_logistic_loss`), changes them by no
 * more than 1e-9 of that.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * J. Platt, "Probabilistic Outputs for Support Vector Machines" (1999); H. Lin, C. Lin and
 * R. Weng, "A note on Platt's probabilistic outputs for support vector machines" (2007), for
 * its loss. Their A and B are -a and -b.
 *
 * # Example
 * ```c
 * double s[6] = {-2, -1, -0.5, 0.5, 1, 2};
 * uint8_t y[6] = {0, 1, 1, 0, 1, 1};
 * lgt_platt_model model;
 * assert(lgt_platt_fit_f64(&model, s, 1, y, LGT_U8, NULL, 6, NULL) == LGT_OK);
 * assert(model.a > 0.374976923 && model.a < 0.374976924);
 * assert(model.b > 0.604206595 && model.b < 0.604206596);
 * ```
 */
LGT_API lgt_status lgt_platt_fit_f32(lgt_platt_model *model, const float *x, size_t x_stride,
                                     const void *labels, uint32_t label_type, const float *weights,
                                     size_t rows, const lgt_platt_opts *opts);

/** `double` form of `lgt_platt_fit_f32`. */
LGT_API lgt_status lgt_platt_fit_f64(lgt_platt_model *model, const double *x, size_t x_stride,
                                     const void *labels, uint32_t label_type, const double *weights,
                                     size_t rows, const lgt_platt_opts *opts);

/** `lgt_f16` form of `lgt_platt_fit_f32`. */
LGT_API lgt_status lgt_platt_fit_f16(lgt_platt_model *model, const lgt_f16 *x, size_t x_stride,
                                     const void *labels, uint32_t label_type, const float *weights,
                                     size_t rows, const lgt_platt_opts *opts);

/** `lgt_bf16` form of `lgt_platt_fit_f32`. */
LGT_API lgt_status lgt_platt_fit_bf16(lgt_platt_model *model, const lgt_bf16 *x, size_t x_stride,
                                      const void *labels, uint32_t label_type, const float *weights,
                                      size_t rows, const lgt_platt_opts *opts);

/**
 * Calibrated probabilities: `1 / (1 + exp(-(a s + b)))`. An infinite score counts as the
 * largest finite one, so that with a = 0 it gets what all get; NaN gives NaN. Probabilities
 * below 1e-153 are 0.
 *
 * # Shape
 * `model`: a fitted model. `x`: one score a row, `y`: one probability a row, strides in
 * elements, at least 1.
 *
 * # In place
 * `y` may be `x`, with the same stride, or a column beside it.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` (no Platt model), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * Computed in double: relative error 1e-15 and 2^-53 times the logit, then rounded to the
 * type of `y`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_platt_fit_f32`.
 *
 * # Example
 * ```c
 * float s[2] = {0, 3}, p[2];
 * uint8_t y[2] = {0, 1};
 * lgt_platt_model model;
 * assert(lgt_platt_fit_f32(&model, s, 1, y, LGT_U8, NULL, 2, NULL) == LGT_OK);
 * assert(lgt_platt_apply_f32(&model, s, 1, p, 1, 2) == LGT_OK);
 * assert(p[0] > 0.33333f && p[0] < 0.33334f && p[1] > 0.66666f && p[1] < 0.66667f);
 * ```
 */
LGT_API lgt_status lgt_platt_apply_f32(const lgt_platt_model *model, const float *x,
                                       size_t x_stride, float *y, size_t y_stride, size_t rows);

/** `double` form of `lgt_platt_apply_f32`. */
LGT_API lgt_status lgt_platt_apply_f64(const lgt_platt_model *model, const double *x,
                                       size_t x_stride, double *y, size_t y_stride, size_t rows);

/** `lgt_f16` form of `lgt_platt_apply_f32`. */
LGT_API lgt_status lgt_platt_apply_f16(const lgt_platt_model *model, const lgt_f16 *x,
                                       size_t x_stride, lgt_f16 *y, size_t y_stride, size_t rows);

/** `lgt_bf16` form of `lgt_platt_apply_f32`. */
LGT_API lgt_status lgt_platt_apply_bf16(const lgt_platt_model *model, const lgt_bf16 *x,
                                        size_t x_stride, lgt_bf16 *y, size_t y_stride, size_t rows);

/* ---- precision_recall_curve ---- */

/**
 * Writes how many bytes of scratch `lgt_precision_recall_curve` needs: without weights 4 a
 * score, of f64 8; with weights 8.
 *
 * # Shape
 * `n`: number of scores, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of one, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_precision_recall_curve_scratch(size_t n, size_t score_size,
                                                      uint32_t weighted, size_t *bytes);

/**
 * The precision-recall curve: for every threshold the share of label 1 among the rows whose
 * scores are at least that, and the share that they are of all of label 1.
 *
 * A point is written for every score and one for a threshold of infinity, above which
 * nothing lies; the lowest threshold comes first, and last the infinite one, with
 * precision 1 and recall 0 (scikit-learn's `precision_recall_curve`, whose thresholds lack
 * that one). With `corners` 1, points between two of the same recall are left out
 * (`drop_intermediate`).
 *
 * A curve has at most `n + 1` points. With a smaller `capacity` than it has, nothing is
 * written but the report, whose `points` says how many there are, and the status is
 * `LGT_E_SIZE`. Without a row of label 1 recall is NaN, and the status
 * `LGT_UNDEFINED`; so it is, without a point, of nothing and if a score is NaN.
 * A batch function over arrays and scratch of the caller. The order of rows does not change
 * a bit.
 *
 * # Shape
 * `x`: `n` scores, the higher the more likely is label 1. `labels`: `n` times 0 or 1, of
 * the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 * `precision`, `recall`, `thresholds`: `capacity` numbers each, apart from each other and
 * from all else; thresholds are of the type of scores. `report`: one struct. `corners`: 0
 * or 1.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_precision_recall_curve_scratch` says, apart from the other arrays; what is there
 * before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (`capacity` as well), `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * `corners`), `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. Advisory:
 * `LGT_UNDEFINED` (a rate is).
 *
 * # Accuracy
 * Rates without weights are quotients of whole numbers, rounded once; with weights they
 * lose at most 2e-15.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * J. Davis and M. Goadrich, "The relationship between Precision-Recall and ROC curves"
 * (2006), section 2.
 *
 * # Example
 * ```c
 * float x[4] = {0.1f, 0.4f, 0.35f, 0.8f}, thresholds[5];
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t scratch[2];
 * double precision[5], recall[5];
 * lgt_roc_curve_report report;
 * assert(lgt_precision_recall_curve_f32(x, y, LGT_U8, NULL, precision, recall, thresholds,
 *                                       &report, 4, 5, 0, scratch, sizeof scratch) == LGT_OK);
 * assert(report.points == 5 && thresholds[0] == 0.1f && precision[0] == 0.5 && recall[0] == 1);
 * assert(thresholds[4] > 1e38f && precision[4] == 1 && recall[4] == 0);
 * ```
 */
LGT_API lgt_status lgt_precision_recall_curve_f32(const float *x, const void *labels,
                                                  uint32_t label_type, const float *weights,
                                                  double *precision, double *recall,
                                                  float *thresholds, lgt_roc_curve_report *report,
                                                  size_t n, size_t capacity, uint32_t corners,
                                                  void *scratch, size_t scratch_size);

/** `double` form of `lgt_precision_recall_curve_f32`. */
LGT_API lgt_status lgt_precision_recall_curve_f64(const double *x, const void *labels,
                                                  uint32_t label_type, const double *weights,
                                                  double *precision, double *recall,
                                                  double *thresholds, lgt_roc_curve_report *report,
                                                  size_t n, size_t capacity, uint32_t corners,
                                                  void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_precision_recall_curve_f32`; computed in f32. */
LGT_API lgt_status lgt_precision_recall_curve_f16(const lgt_f16 *x, const void *labels,
                                                  uint32_t label_type, const float *weights,
                                                  double *precision, double *recall,
                                                  lgt_f16 *thresholds, lgt_roc_curve_report *report,
                                                  size_t n, size_t capacity, uint32_t corners,
                                                  void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_precision_recall_curve_f32`; computed in f32. */
LGT_API lgt_status lgt_precision_recall_curve_bf16(const lgt_bf16 *x, const void *labels,
                                                   uint32_t label_type, const float *weights,
                                                   double *precision, double *recall,
                                                   lgt_bf16 *thresholds,
                                                   lgt_roc_curve_report *report, size_t n,
                                                   size_t capacity, uint32_t corners, void *scratch,
                                                   size_t scratch_size);

/* ---- prior_shift ---- */

/**
 * Writes how many bytes a model of `lgt_prior_shift` takes up: 40, and 8 a parameter,
 * of which there are cols.
 *
 * # Shape
 * `cols`: the number of classes, at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_prior_shift_size(size_t cols, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_prior_shift_fit` needs: about 8 x 35 a parameter.
 *
 * # Shape
 * `cols`: the number of classes, at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (more than 4 GiB).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_prior_shift_scratch(size_t cols, size_t *bytes);

/**
 * Fits a bias for each class to held-out logits and labels: the `b` that minimises the
 * mean negative log-likelihood of `softmax(x + b)`, plus `bias` times the sum of `b^2`. The
 * mean predicted probability of each class is then its share of the labels. Where biases
 * cost nothing, one number may be added to all of them: their mean is 0.
 *
 * `fit_status` in the model, and the return value, say how it ended: `LGT_OK`;
 * `LGT_AT_BOUND` (a parameter reached `bound`, the loss fell to nothing, or a class has no
 * rows while biases cost nothing: the minimum is at infinity, and a point on the way there
 * is kept); `LGT_DEGENERATE` (no rows, all weights 0, or one column: the identity);
 * `LGT_NOT_CONVERGED` (`max_iter` passes made: the best point met). The model is written
 * in every case, and its loss is never above that of the identity. `nll_before` is the mean
 * loss of the identity, `nll_after` that of the model, without penalties.
 *
 * The fit is `lgt_matrix_search` and `lgt_matrix_loss` in turn, which do the same where the
 * rows are split among workers.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_prior_shift_size` says. `x`:
 * logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
 * a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`:
 * `scratch_size` bytes, 8-byte aligned, at least what `lgt_prior_shift_scratch` says, apart from
 * the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (an array, or the model), `LGT_E_STATE` (the
 * model is not aligned), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, no
 * columns, or a row of weight above 0 with a NaN or an infinity), `LGT_E_SCRATCH`,
 * `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
 * `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * Parameters within 1e-6 of the exact minimum for f32 logits (f64: 1e-8), of the larger of
 * themselves and 1, where the minimum is not flat. In another order of rows the last digits may differ.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. M. Alexandari et al., "Maximum Likelihood with Bias-Corrected Calibration is
 * Hard-To-Beat at Label Shift Adaptation" (2020), without the temperature.
 *
 * # Example
 * ```c
 * float x[4][2] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
 * int32_t y[4] = {0, 0, 0, 1};
 * uint64_t model[7], scratch[1024];
 * assert(lgt_prior_shift_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, NULL, 4, 2, NULL, scratch, sizeof scratch) == LGT_OK);
 * double b = ((double *)model)[5];
 * assert(b > 0.5493061 && b < 0.5493062);
 * ```
 */
LGT_API lgt_status lgt_prior_shift_fit_f32(void *model, size_t size, const float *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols,
                                           const lgt_matrix_search_opts *opts, void *scratch,
                                           size_t scratch_size);

/** `double` form of `lgt_prior_shift_fit_f32`. */
LGT_API lgt_status lgt_prior_shift_fit_f64(void *model, size_t size, const double *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const double *weights, size_t rows, size_t cols,
                                           const lgt_matrix_search_opts *opts, void *scratch,
                                           size_t scratch_size);

/** `lgt_f16` form of `lgt_prior_shift_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_prior_shift_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, size_t cols,
                                           const lgt_matrix_search_opts *opts, void *scratch,
                                           size_t scratch_size);

/** `lgt_bf16` form of `lgt_prior_shift_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_prior_shift_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                            size_t x_stride, const void *labels,
                                            uint32_t label_type, const float *weights, size_t rows,
                                            size_t cols, const lgt_matrix_search_opts *opts,
                                            void *scratch, size_t scratch_size);

/**
 * Probabilities with shifted priors: `softmax(x + b)` with the model's biases. For
 * probabilities instead of logits give their logarithms.
 *
 * # Shape
 * `model`: a fitted model. `x`: logits, `y`: probabilities, rows x cols, row-major,
 * strides in elements, at least cols; cols as in the fit.
 *
 * # In place
 * As `lgt_softmax_f32`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` (the bytes at `model` are no such model), `LGT_E_SHAPE`
 * (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. Nothing is then
 * written. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * Computed in double, then rounded to the type of `y`. A NaN makes its row NaN; infinities
 * are as in `lgt_softmax_f32` of the mapped logits.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_prior_shift_fit_f32`.
 *
 * # Example
 * ```c
 * float x[4][2] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}}, p[4][2];
 * int32_t y[4] = {0, 0, 0, 1};
 * uint64_t model[7], scratch[1024];
 * assert(lgt_prior_shift_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, NULL, 4, 2, NULL, scratch, sizeof scratch) == LGT_OK);
 * assert(lgt_prior_shift_apply_f32(model, &x[0][0], 2, &p[0][0], 2, 4, 2) == LGT_OK);
 * assert(p[3][0] > 0.749999f && p[3][0] < 0.750001f);
 * ```
 */
LGT_API lgt_status lgt_prior_shift_apply_f32(const void *model, const float *x, size_t x_stride,
                                             float *y, size_t y_stride, size_t rows, size_t cols);

/** `double` form of `lgt_prior_shift_apply_f32`. */
LGT_API lgt_status lgt_prior_shift_apply_f64(const void *model, const double *x, size_t x_stride,
                                             double *y, size_t y_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_prior_shift_apply_f32`. */
LGT_API lgt_status lgt_prior_shift_apply_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                             lgt_f16 *y, size_t y_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_prior_shift_apply_f32`. */
LGT_API lgt_status lgt_prior_shift_apply_bf16(const void *model, const lgt_bf16 *x, size_t x_stride,
                                              lgt_bf16 *y, size_t y_stride, size_t rows,
                                              size_t cols);

/* ---- rank ---- */

/** Equal numbers have the mean of their ranks. */
#define LGT_RANK_AVERAGE 0

/** The least of them. */
#define LGT_RANK_MIN 1

/** The largest of them. */
#define LGT_RANK_MAX 2

/** Ranks of different numbers are without gaps. */
#define LGT_RANK_DENSE 3

/** Different ranks, in the order they come in. */
#define LGT_RANK_ORDINAL 4

/** The result of `lgt_rank`. */
typedef struct lgt_rank_report {
  /** Numbers. */
  uint64_t rows;
  /** Those that are NaN; all ranks are then NaN. */
  uint64_t nan_rows;
  /** How many different ones. */
  uint64_t distinct;
  /**
   * `1 - sum (t^3 - t) / (n^3 - n)` over runs of `t` equal ones: what statistics of ranks
   * are corrected by; 1 for less than two numbers.
   */
  double tie_correction;
} lgt_rank_report;

/**
 * Writes how many bytes of scratch `lgt_rank` needs: 8 a number.
 *
 * # Shape
 * `n`: number of numbers, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_rank_scratch(size_t n, size_t *bytes);

/**
 * The ranks of numbers, from 1 on, the least first.
 *
 * scipy's `rankdata`. Equal numbers (-0 and 0 are) have, by `method`, the mean of the
 * ranks they take up (`LGT_RANK_AVERAGE`), the least (`LGT_RANK_MIN`) or the largest of
 * them (`LGT_RANK_MAX`), the one next after that of the next smaller number
 * (`LGT_RANK_DENSE`), or different ones in the order they came in (`LGT_RANK_ORDINAL`).
 * Infinities are numbers like others. A NaN is counted in `nan_rows` and makes all ranks
 * NaN. A batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `x`: `n` numbers. `ranks`: `n` numbers to write, apart from x. `report`: one struct.
 * `method`: an `LGT_RANK_` number. `scratch`: `scratch_size` bytes, 8-byte aligned, at
 * least what `lgt_rank_scratch` says, apart from the other arrays; what is there before
 * does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION` (method), `LGT_E_SCRATCH` (too small, not
 * aligned), `LGT_E_ALIAS`.
 * Advisory: `LGT_UNDEFINED` (a NaN).
 *
 * # Accuracy
 * Exact.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. G. Kendall, "The treatment of ties in ranking problems" (1945).
 *
 * # Example
 * ```c
 * float x[4] = {0, 2, 3, 2};
 * double ranks[4];
 * uint64_t scratch[4];
 * lgt_rank_report report;
 * assert(lgt_rank_f32(x, ranks, &report, 4, LGT_RANK_AVERAGE, scratch, sizeof scratch)
 *        == LGT_OK);
 * assert(ranks[0] == 1 && ranks[1] == 2.5 && ranks[2] == 4 && ranks[3] == 2.5);
 * assert(report.distinct == 3 && report.tie_correction == 0.9);
 * ```
 */
LGT_API lgt_status lgt_rank_f32(const float *x, double *ranks, lgt_rank_report *report, size_t n,
                                uint32_t method, void *scratch, size_t scratch_size);

/** `double` form of `lgt_rank_f32`. */
LGT_API lgt_status lgt_rank_f64(const double *x, double *ranks, lgt_rank_report *report, size_t n,
                                uint32_t method, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_rank_f32`. */
LGT_API lgt_status lgt_rank_f16(const lgt_f16 *x, double *ranks, lgt_rank_report *report, size_t n,
                                uint32_t method, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_rank_f32`. */
LGT_API lgt_status lgt_rank_bf16(const lgt_bf16 *x, double *ranks, lgt_rank_report *report,
                                 size_t n, uint32_t method, void *scratch, size_t scratch_size);

/* ---- ranking ---- */

/** Discounted cumulative gain (DCG) of the first k, over that of the best order (nDCG). */
#define LGT_RANKING_NDCG 1

/** Discounted cumulative gain of the first k: each gain over log2(rank + 1). */
#define LGT_RANKING_DCG 2

/**
 * Average precision: the precision at each relevant document among the first k, over
 * all relevant ones (MAP; with k trec_eval's map_cut).
 */
#define LGT_RANKING_AVERAGE_PRECISION 3

/** Reciprocal rank of the first relevant document, 0 past k (MRR). */
#define LGT_RANKING_RECIPROCAL_RANK 4

/** Precision: the share of the first k that is relevant, of k even if there are fewer. */
#define LGT_RANKING_PRECISION 5

/** Recall: the share of the relevant documents that is among the first k. */
#define LGT_RANKING_RECALL 6

/** F1: the harmonic mean of precision and recall at k. */
#define LGT_RANKING_F1 7

/** Success (hit rate): whether one of the first k is relevant. */
#define LGT_RANKING_SUCCESS 8

/** Fall-out: the share of documents that are not relevant that is among the first k. */
#define LGT_RANKING_FALL_OUT 9

/** R-precision: precision at the number of relevant documents; its k is 0. */
#define LGT_RANKING_R_PRECISION 10

/** bpref: how few documents judged not relevant stand before relevant ones; its k is 0. */
#define LGT_RANKING_BPREF 11

/** Rank-biased precision of the first k (RBP). */
#define LGT_RANKING_RBP 12

/** Expected reciprocal rank of the first k (ERR). */
#define LGT_RANKING_ERR 13

/** Ties: every order of equal scores is as likely; the expected value. */
#define LGT_RANKING_TIES_AVERAGE 0

/** Ties: the lowest index first. */
#define LGT_RANKING_TIES_STABLE 1

/** Ties: the least relevant first. */
#define LGT_RANKING_TIES_PESSIMISTIC 2

/**
 * Ties: the highest index first; trec_eval's order, if documents are in the order of
 * their names.
 */
#define LGT_RANKING_TIES_TREC 3

/** A query with nothing to be found is left out. */
#define LGT_RANKING_EMPTY_SKIP 0

/** A query with nothing to be found counts as 0. */
#define LGT_RANKING_EMPTY_ZERO 1

/** A query with nothing to be found counts as 1. */
#define LGT_RANKING_EMPTY_ONE 2

/** Flag: the gain of a grade is 2^grade - 1, not the grade itself. */
#define LGT_RANKING_EXPONENTIAL 1

/**
 * Flag: a document with the score -inf was not retrieved. It has no rank; its grade counts
 * among those of all documents.
 */
#define LGT_RANKING_UNRETRIEVED 2

/**
 * How a state of `lgt_ranking` is set up. Fill with `lgt_ranking_opts_default`, then
 * change what is to be different.
 */
typedef struct lgt_ranking_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_RANKING_TIES_`; default `LGT_RANKING_TIES_AVERAGE`. */
  uint32_t ties;
  /** An `LGT_RANKING_EMPTY_`; default `LGT_RANKING_EMPTY_SKIP`. */
  uint32_t empty;
  /** `LGT_RANKING_EXPONENTIAL`, `LGT_RANKING_UNRETRIEVED`; default 0. */
  uint32_t flags;
  /** The highest grade there is, of ERR: 1 to 63. Default 4. */
  uint32_t max_grade;
  /** Documents are relevant whose grade is above this, 0 or more. Default 0. */
  float above;
  /**
   * How likely a user of RBP is to go on to the next document, from 0 to below 1.
   * Default 0.8.
   */
  double persistence;
} lgt_ranking_opts;

/** A measure and its cutoff. */
typedef struct lgt_ranking_measure {
  /** An `LGT_RANKING_` measure. */
  uint32_t measure;
  /** How many documents are looked at, at most 131071; 0 for all. */
  uint32_t k;
} lgt_ranking_measure;

/** One measure, of `lgt_ranking_finish`. */
typedef struct lgt_ranking_report {
  /** Queries of weight above 0. */
  uint64_t queries;
  /** Those with nothing to be found: left out, or counted as was asked. */
  uint64_t empty_queries;
  /** Those with a NaN among scores or grades; the mean is then NaN. */
  uint64_t nan_queries;
  /** The sum of weights of the queries that are averaged. */
  double weight;
  /** The weighted mean over queries. */
  double mean;
  /**
   * Its standard error, weights taken as repetitions; below 1e-8 of the mean it is
   * rounding.
   */
  double std_error;
} lgt_ranking_report;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_ranking_opts_default(lgt_ranking_opts *opts);

/**
 * Writes how many bytes a state of `lgt_ranking` needs: 48, and 608 a measure.
 *
 * # Shape
 * `measures`: `count` of them, 1 to 8. `opts`: how the state is to be set up, or NULL.
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (count, k, numbers in the options).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ranking_size(const lgt_ranking_measure *measures, uint32_t count,
                                    const lgt_ranking_opts *opts, size_t *bytes);

/**
 * Starts a state of means over queries: nDCG, average precision and other measures of
 * the order in which documents are ranked.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_ranking_size` says. `measures`: `count` of them, 1 to 8; one may come with several
 * cutoffs. `opts`: how the state is to be set up, or NULL.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`, `LGT_E_VALUE`
 * (count, k, numbers in the options).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_ranking_init(void *state, size_t size, const lgt_ranking_measure *measures,
                                    uint32_t count, const lgt_ranking_opts *opts);

/**
 * Writes how many bytes of scratch an update of `lgt_ranking` needs: 24 for each
 * document of the longest query, and 8.
 *
 * # Shape
 * `longest`: documents of the longest query, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_ranking_scratch(size_t longest, size_t *bytes);

/**
 * Adds queries to a state of means of measures of ranking: of each query the documents
 * are put in the order of their scores, the highest first, and every measure of the state
 * is taken of their grades.
 *
 * A grade says how relevant a document is: 0 or less than 0 that it is not, above
 * `above` (default 0) that it is relevant. Below 0 it was not judged, which matters to
 * bpref alone; to all others it is one of grade 0. Gains of DCG are the grades, or
 * 2^grade - 1, of 0 and below 0.
 *
 * Scores are tied if they are equal (-0 and 0 are). By default every measure is its
 * expected value over all orders of tied documents, in closed form, so that the order of
 * documents in memory is of no matter and a constant scorer gets what chance gets; other
 * choices are `LGT_RANKING_TIES_`. The closed form of ERR takes time n min(n, k) of n
 * tied documents, all others n.
 *
 * A query with nothing to be found has no value and is left out, and counted: one
 * without a gain for nDCG, without a document that is not relevant for fall-out, without
 * a relevant one for all else but DCG. With `LGT_RANKING_EMPTY_ZERO` it counts as 0, as in
 * scikit-learn and torchmetrics, whose `ndcg_score(y, y)` is then below 1. A NaN among
 * scores or grades makes all measures of its query NaN, and their means. Infinite scores
 * are ordinary ones. An infinite gain is DCG's infinity and nDCG's NaN.
 *
 * Denominators are trec_eval's: of average precision and recall all relevant documents,
 * of precision k. With k = 0, precision and F1 are of the documents that were retrieved.
 * A document with the score -inf is the last one, or with `LGT_RANKING_UNRETRIEVED` not
 * retrieved. ERR takes a document of grade g to satisfy with probability
 * (2^g - 1) / 2^max_grade.
 *
 * # Shape
 * `x`: scores, rows x cols, or one row with `offsets`, row-major, `x_stride` in elements, at
 * least cols. `relevance`: rows x cols, or one row with `offsets`, of grades,
 * `relevance_stride` in elements, of the integer type or float type `relevance_type`
 * (`LGT_I8` to `LGT_U64`, below 2^63; `LGT_F32`, `LGT_F64`).
 * `offsets`: `rows` + 1 numbers, none below the one before it or above cols, or NULL. With
 * them queries of any length lie one after the other in one row of cols documents, query
 * r from `offsets[r]` to before `offsets[r + 1]`; strides are then of no matter. `weights`:
 * one number a query from 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160,
 * leaves its query out. `values`: NULL, or rows x measures: each measure of each query, NaN
 * where it is left out. `scratch`: `scratch_size` bytes, 8-byte aligned, at least
 * what `lgt_ranking_scratch` says of the longest query, apart from the other arrays.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (relevance_type),
 * `LGT_E_SHAPE` (offsets), `LGT_E_VALUE` (weights; with ERR, a grade above `max_grade`),
 * `LGT_E_STATE`, `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`. State and values
 * are then as they were.
 *
 * # Accuracy
 * A measure of a query: at most 1e-13 relatively, of ERR and of RBP 1e-12. nDCG is
 * never above 1, and 1 if the order is a best one. Sums over queries are exact and rounded
 * once. The same queries give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * K. Järvelin and J. Kekäläinen, "Cumulated gain-based evaluation of IR techniques"
 * (2002), with the discount of C. Burges et al. (2005); F. McSherry and M. Najork, "Computing
 * Information Retrieval Performance Measures Efficiently in the Presence of Tied Scores"
 * (2008); C. Buckley and E. Voorhees, "Retrieval evaluation with incomplete information"
 * (2004), as in trec_eval; A. Moffat and J. Zobel, "Rank-biased precision" (2008);
 * O. Chapelle et al., "Expected reciprocal rank for graded relevance" (2009), equation 4.
 *
 * # Example
 * ```c
 * lgt_ranking_measure wanted[2] = {{LGT_RANKING_NDCG, 2}, {LGT_RANKING_RECIPROCAL_RANK, 0}};
 * uint64_t state[(48 + 2 * 608) / 8], scratch[3 * 3 + 1];
 * float x[2][3] = {{.9f, .5f, .1f}, {.5f, .5f, .1f}};
 * int32_t y[2][3] = {{3, 1, 0}, {0, 1, 0}};
 * double each[2][2];
 * lgt_ranking_report report[2];
 * assert(lgt_ranking_init(state, sizeof state, wanted, 2, NULL) == LGT_OK);
 * assert(lgt_ranking_update_f32(state, &x[0][0], 3, y, 3, LGT_I32, NULL, NULL, &each[0][0],
 *                               2, 3, scratch, sizeof scratch) == LGT_OK);
 * assert(each[0][0] == 1 && each[0][1] == 1);
 * assert(each[1][1] == (1 + 1. / 2) / 2);
 * assert(lgt_ranking_finish(state, report, 2) == LGT_OK && report[1].queries == 2);
 * ```
 */
LGT_API lgt_status lgt_ranking_update_f32(void *state, const float *x, size_t x_stride,
                                          const void *relevance, size_t relevance_stride,
                                          uint32_t relevance_type, const uint64_t *offsets,
                                          const float *weights, double *values, size_t rows,
                                          size_t cols, void *scratch, size_t scratch_size);

/** `double` form of `lgt_ranking_update_f32`. */
LGT_API lgt_status lgt_ranking_update_f64(void *state, const double *x, size_t x_stride,
                                          const void *relevance, size_t relevance_stride,
                                          uint32_t relevance_type, const uint64_t *offsets,
                                          const double *weights, double *values, size_t rows,
                                          size_t cols, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_ranking_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ranking_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                          const void *relevance, size_t relevance_stride,
                                          uint32_t relevance_type, const uint64_t *offsets,
                                          const float *weights, double *values, size_t rows,
                                          size_t cols, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_ranking_update_f32`; computed in f32. */
LGT_API lgt_status lgt_ranking_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                           const void *relevance, size_t relevance_stride,
                                           uint32_t relevance_type, const uint64_t *offsets,
                                           const float *weights, double *values, size_t rows,
                                           size_t cols, void *scratch, size_t scratch_size);

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
LGT_API lgt_status lgt_ranking_merge(void *state, const void *other);

/**
 * Writes the means so far; the state can go on.
 *
 * # Shape
 * `reports`: room for `count` structs, at least as many as the state has measures; one for
 * each, in the order in which they were asked for. A mean is NaN with
 * `LGT_UNDEFINED` if it is of no query, or a NaN was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_ranking_finish(const void *state, lgt_ranking_report *reports, size_t count);

/* ---- regression ---- */

/** The result of `lgt_regression_finish`. */
typedef struct lgt_regression_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those of which a number or the error is not finite; all but the weight is then NaN. */
  uint64_t nan_rows;
  /** Those whose error over y is past the range of double: `mape` is then +inf. */
  uint64_t infinite_rows;
  /** The sum of weights, n below. */
  double weight;
  /** 1 less the mean squared error over that of the mean of y; NaN if y is constant. */
  double r2;
  /** The same with n - 1 and n - predictors - 1; NaN unless the latter is above 0. */
  double adjusted_r2;
  /** 1 less the variance of errors over that of y; NaN if y is constant. */
  double explained_variance;
  /** Mean squared error. */
  double mse;
  /** Its root. */
  double rmse;
  /** Mean absolute error. */
  double mae;
  /** Mean of y less the prediction. */
  double mean_error;
  /** The largest absolute error. */
  double max_error;
  /** Mean absolute error relative to |y|, as a fraction; |y| is at least 2^-52. */
  double mape;
  /** Mean pinball loss at the quantile. */
  double pinball;
} lgt_regression_report;

/**
 * Writes how many bytes a state of `lgt_regression` needs.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_regression_size(size_t *bytes);

/**
 * Starts a state of errors of predictions of numbers.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_regression_size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_regression_init(void *state, size_t size);

/**
 * Adds rows to a state of errors of predictions x of numbers y: R squared, explained
 * variance, mean squared, absolute, relative and pinball errors, and the largest.
 *
 * All are scikit-learn's (`r2_score`, `explained_variance_score`,
 * `mean_squared_error`, `root_mean_squared_error`, `mean_absolute_error`,
 * `mean_absolute_percentage_error` as a fraction, `max_error`, `mean_pinball_loss`),
 * except that of a constant y, or of one row, `r2` and `explained_variance` are NaN
 * rather than 0 or 1. `mean_error` is the mean of y less the prediction. Weights count as
 * repetitions.
 *
 * A row whose y, prediction or error is not finite is counted in `nan_rows` and makes all
 * but the weight NaN.
 *
 * # Shape
 * `x`: `n` predictions. `y`: `n` numbers that came true. `weights`: `n` numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out, and
 * others are rounded to multiples of 2^-160.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights), `LGT_E_STATE`. The state is
 * then as it was.
 *
 * # Accuracy
 * Errors, and those relative to y, are rounded to double; their sums, and those of their
 * squares, are exact. Means have relative errors below 1e-15, as has what `r2` and
 * `explained_variance` leave of one.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * S. Wright, "Correlation and causation" (1921), for R squared; R. Koenker and
 * G. Bassett, "Regression quantiles" (1978), for the pinball loss; M. Ezekiel,
 * "Methods of Correlation Analysis" (1930), for the adjustment.
 *
 * # Example
 * ```c
 * uint64_t state[394];
 * float x[4] = {2.5f, 0.0f, 2.0f, 8.0f}, y[4] = {3.0f, -0.5f, 2.0f, 7.0f};
 * lgt_regression_report report;
 * assert(lgt_regression_init(state, sizeof state) == LGT_OK);
 * assert(lgt_regression_update_f32(state, x, y, NULL, 4) == LGT_OK);
 * assert(lgt_regression_finish(state, 1, 0.5, &report) == LGT_OK);
 * assert(report.mse == 0.375 && report.mae == 0.5 && report.max_error == 1);
 * assert(report.r2 > 0.948 && report.r2 < 0.949 && report.pinball == 0.25);
 * ```
 */
LGT_API lgt_status lgt_regression_update_f32(void *state, const float *x, const float *y,
                                             const float *weights, size_t n);

/** `double` form of `lgt_regression_update_f32`. */
LGT_API lgt_status lgt_regression_update_f64(void *state, const double *x, const double *y,
                                             const double *weights, size_t n);

/** `lgt_f16` form of `lgt_regression_update_f32`. */
LGT_API lgt_status lgt_regression_update_f16(void *state, const lgt_f16 *x, const lgt_f16 *y,
                                             const float *weights, size_t n);

/** `lgt_bf16` form of `lgt_regression_update_f32`. */
LGT_API lgt_status lgt_regression_update_bf16(void *state, const lgt_bf16 *x, const lgt_bf16 *y,
                                              const float *weights, size_t n);

/**
 * Adds what another state has seen. The order of merging does not change a bit. For
 * bytes from elsewhere use `lgt_state_merge`, which is told their size.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS` (the same state twice). The state is then
 * as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_regression_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `predictors`: how many numbers the model predicts from, for `adjusted_r2`.
 * `quantile`: of the pinball loss, from 0 to 1. `report`: one struct. NaN with
 * `LGT_UNDEFINED` if nothing, or a NaN, was seen, or y is constant; then all but `r2`,
 * `adjusted_r2` and `explained_variance` is there.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (quantile). Advisory:
 * `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_regression_finish(const void *state, uint32_t predictors, double quantile,
                                         lgt_regression_report *report);

/* ---- renyi_entropy ---- */

/**
 * Rényi entropy of each row's softmax, in nats, with its gradient in the logits: of order
 * `alpha` it is `ln(sum p^alpha) / (1 - alpha)`, where `p = softmax(x / temperature)`.
 *
 * Order 1 is its limit, Shannon's entropy (`lgt_entropy_f32`); order infinity is
 * `-ln max p`, whose derivative the largest shares have in equal parts. With
 * `q = softmax(alpha x / temperature)` the gradient is
 * `alpha / (1 - alpha) (q - p) / temperature`. It falls with the order, from `ln cols` to 0.
 * -inf is a share of 0, which is nothing. Entries at +inf share the mass: the logarithm of
 * how many, and no gradient. A NaN makes its row NaN, and so does a row with nothing above
 * -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `alpha`: from 1e-6
 * to 1e6, or +inf. `temperature`: from 1e-6 to 1e6, and so over `alpha`. `weights`, `loss`,
 * `grad`, `total`, `opts`: as `lgt_focal_f32`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, alpha, temperature,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
 * the mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's entropy, and its gradient times the temperature and over the larger of 1 and
 * `alpha`: at most 1e-5 (f64: 4e-14) times the larger of 1 and `ln cols`, besides the
 * rounding of a gradient to its type, and near order 1 no worse than elsewhere. `total` is
 * the exact sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. Rényi, "On Measures of Entropy and Information" (1961).
 *
 * # Example
 * ```c
 * double x[1][2] = {{1.0986122886681098, 0}}, entropy; // shares 3/4 and 1/4
 * assert(lgt_renyi_entropy_f64(&x[0][0], 2, NULL, 2, 1, &entropy, NULL, 0, NULL, 1, 2, NULL) ==
 *        LGT_OK);
 * assert(entropy > 0.47000 && entropy < 0.47001); // ln(16 / 10)
 * ```
 */
LGT_API lgt_status lgt_renyi_entropy_f32(const float *x, size_t x_stride, const float *weights,
                                         double alpha, double temperature, double *loss,
                                         float *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_renyi_entropy_f32`. */
LGT_API lgt_status lgt_renyi_entropy_f64(const double *x, size_t x_stride, const double *weights,
                                         double alpha, double temperature, double *loss,
                                         double *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_renyi_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_renyi_entropy_f16(const lgt_f16 *x, size_t x_stride, const float *weights,
                                         double alpha, double temperature, double *loss,
                                         lgt_f16 *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_renyi_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_renyi_entropy_bf16(const lgt_bf16 *x, size_t x_stride, const float *weights,
                                          double alpha, double temperature, double *loss,
                                          lgt_bf16 *grad, size_t grad_stride, double *total,
                                          size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- risk_coverage ---- */

/** The result of `lgt_risk_coverage`. */
typedef struct lgt_risk_coverage_report {
  /** All rows. */
  uint64_t rows;
  /** Those without a confidence or a loss; all below is then NaN or 0. */
  uint64_t nan_rows;
  /** Different confidences: points of the curve. */
  uint64_t points;
  /** The risk at full coverage: the mean loss. */
  double risk;
  /**
   * The area under the risk-coverage curve: the mean over the 1, 2, .. n most
   * confident rows of their mean loss.
   */
  double aurc;
  /** The least area there is for these losses. */
  double optimal_aurc;
  /** The excess area, the one less the other. */
  double e_aurc;
  /** The area under the generalised curve, of the sum of losses over all n rows. */
  double augrc;
  /** The risk at the least coverage that is at least the one asked for. */
  double risk_at_coverage;
  /** That coverage. */
  double reached_coverage;
  /** The least confidence in it. */
  double threshold_at_coverage;
  /** The largest coverage whose risk is at most the one asked for; 0 if none. */
  double coverage_at_risk;
  /** The least confidence in it; NaN if there is none. */
  double threshold_at_risk;
} lgt_risk_coverage_report;

/**
 * Writes how many bytes of scratch `lgt_risk_coverage` needs: 8 a row.
 *
 * # Shape
 * `n`: number of rows, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_risk_coverage_scratch(size_t n, size_t *bytes);

/**
 * The risk-coverage curve of confidences and losses, and the areas under it: what a
 * model loses on the rows it is most confident of.
 *
 * The curve has a point for each different confidence, the highest first: `coverages`,
 * the share of rows of at least that confidence, `risks`, their mean loss, `thresholds`,
 * the confidence itself; `points` of the report says how many. Losses are 0 or 1 for
 * right and wrong, or any real numbers.
 *
 * `aurc` is the mean over k = 1 .. n of the mean loss of the k most confident rows;
 * `e_aurc` what it is above the least that the same losses allow, a row of small loss
 * always being the more confident. `augrc` is the area under the generalised curve,
 * whose risk is a sum of losses over all n rows: for 0 and 1 the probability of a
 * failure that was accepted, averaged over thresholds; (1 - AUROC) a (1 - a) +
 * (1 - a)^2 / 2 for accuracy a. Where confidences are equal the areas are the mean over
 * all orders these rows may have, so that the order they come in does not matter;
 * implementations that sort and sum, such as torch-uncertainty's, depend on it, and
 * apply the trapezoid rule to 1/n .. 1 where `aurc` is a mean.
 *
 * `risk_at_coverage` and `coverage_at_risk` are of points of the curve, which a
 * threshold can reach: of the least coverage that is at least `coverage`, and the
 * largest whose risk is at most `risk`, 0 if there is none. -0 is equal to 0,
 * infinities are confidences like any others. A NaN among the confidences, or a loss
 * that is none or beyond 2^63, is counted in `nan_rows` and makes the result NaN; no
 * point is then written. A batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `confidences`, `losses`: `n` numbers each. `coverage`: 0 to 1. `risk`: a number.
 * `report`: one struct. `coverages`, `risks`, `thresholds`: room for `n` numbers each, of
 * which `points` are written; or NULL. `scratch`: `scratch_size` bytes, 8-byte aligned,
 * at least what `lgt_risk_coverage_scratch` says. None may overlap another, but for
 * both inputs; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (coverage, risk), `LGT_E_SCRATCH` (too
 * small, not aligned), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` (nothing, or a NaN, was
 * there).
 *
 * # Accuracy
 * Relative to the largest magnitude of a loss: 4e-16 of risks, 4e-15 of areas. The order
 * of rows changes nothing.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Y. Geifman and R. El-Yaniv, "Selective Classification for Deep Neural Networks" (2017);
 * Y. Geifman, G. Uziel and R. El-Yaniv, "Bias-Reduced Uncertainty Estimation for Deep
 * Neural Classifiers" (2019), for the excess; J. Traub et al., "Overcoming Common Flaws
 * in the Evaluation of Selective Classification Systems" (2024), for AUGRC.
 *
 * # Example
 * ```c
 * float confidence[4] = {0.9f, 0.8f, 0.8f, 0.1f}, loss[4] = {0, 1, 0, 1};
 * uint64_t scratch[4];
 * lgt_risk_coverage_report report;
 * double coverages[4], risks[4];
 * assert(lgt_risk_coverage_f32(confidence, loss, 0.5, 0.4, &report, coverages, risks, NULL, 4,
 *                              scratch, sizeof scratch) == LGT_OK);
 * assert(report.points == 3 && coverages[1] == 0.75 && risks[1] == 1.0 / 3);
 * assert(report.augrc == 0.15625 && report.coverage_at_risk == 0.75);
 * ```
 */
LGT_API lgt_status lgt_risk_coverage_f32(const float *confidences, const float *losses,
                                         double coverage, double risk,
                                         lgt_risk_coverage_report *report, double *coverages,
                                         double *risks, double *thresholds, size_t n, void *scratch,
                                         size_t scratch_size);

/** `double` form of `lgt_risk_coverage_f32`. */
LGT_API lgt_status lgt_risk_coverage_f64(const double *confidences, const double *losses,
                                         double coverage, double risk,
                                         lgt_risk_coverage_report *report, double *coverages,
                                         double *risks, double *thresholds, size_t n, void *scratch,
                                         size_t scratch_size);

/** `lgt_f16` form of `lgt_risk_coverage_f32`. */
LGT_API lgt_status lgt_risk_coverage_f16(const lgt_f16 *confidences, const lgt_f16 *losses,
                                         double coverage, double risk,
                                         lgt_risk_coverage_report *report, double *coverages,
                                         double *risks, double *thresholds, size_t n, void *scratch,
                                         size_t scratch_size);

/** `lgt_bf16` form of `lgt_risk_coverage_f32`. */
LGT_API lgt_status lgt_risk_coverage_bf16(const lgt_bf16 *confidences, const lgt_bf16 *losses,
                                          double coverage, double risk,
                                          lgt_risk_coverage_report *report, double *coverages,
                                          double *risks, double *thresholds, size_t n,
                                          void *scratch, size_t scratch_size);

/* ---- rps ---- */

/** Each row's score is divided by the number of classes less one. */
#define LGT_RPS_NORMALIZE 1

/** The result of `lgt_rps_finish`. */
typedef struct lgt_rps_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those whose score is no number. */
  uint64_t nan_rows;
  /** The sum of weights. */
  double weight;
  /** The weighted mean score; NaN if nothing, or a NaN, was seen. */
  double rps;
  /**
   * Its standard error, weights taken as repetitions; below 1e-8 of the mean it
   * is rounding.
   */
  double std_error;
} lgt_rps_report;

/**
 * Writes how many bytes a state of `lgt_rps` needs.
 *
 * # Shape
 * `flags`: 0 or `LGT_RPS_NORMALIZE`.
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (flags).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_rps_size(uint32_t flags, size_t *bytes);

/**
 * Starts a state of the ranked probability score: the mean of
 * `sum_k (F_k - Y_k)^2` over the first cols - 1 classes.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_rps_size` says.
 * `flags`: 0 or `LGT_RPS_NORMALIZE`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (flags).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_rps_init(void *state, size_t size, uint32_t flags);

/**
 * Adds rows to a state of the ranked probability score: the mean of
 * `sum_k (F_k - Y_k)^2` over the first cols - 1 classes.
 *
 * For classes in an order: `F_k = p_0 + .. + p_k`, and `Y_k` is 1 where k is at
 * least the label, else 0. Class 0 is the lowest. The lower the better: 0 for all
 * on the label, up to cols - 1; with `LGT_RPS_NORMALIZE` each row is divided by
 * cols - 1, and 1 is the worst. Of one class the score is 0; of two it is the
 * binary Brier score, half of `lgt_brier`.
 *
 * `scoringrules.rps_score` takes labels from 1 on and goes over all cols classes;
 * its last term is 0 if the row sums to 1, and then the two are the same without
 * the flag. Rows are taken as they are: neither clipped nor normalised. A row whose
 * score is not finite makes the mean NaN (`nan_rows`).
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
 * A row's score: at most 1e-15 a class, absolutely. Sums over rows are exact and rounded once.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * E. S. Epstein, "A scoring system for probability forecasts of ranked categories"
 * (1969), in the form of A. H. Murphy, "A note on the ranked probability score"
 * (1971).
 *
 * # Example
 * ```c
 * uint64_t state[77];
 * float p[1][3] = {{0.5f, 0.25f, 0.25f}};
 * int64_t y[1] = {1};
 * lgt_rps_report report;
 * assert(lgt_rps_init(state, sizeof state, 0) == LGT_OK);
 * assert(lgt_rps_update_f32(state, &p[0][0], 3, y, LGT_I64, NULL, 1, 3) == LGT_OK);
 * assert(lgt_rps_finish(state, &report) == LGT_OK && report.rps == 0.3125);
 * ```
 */
LGT_API lgt_status lgt_rps_update_f32(void *state, const float *x, size_t x_stride,
                                      const void *labels, uint32_t label_type, const float *weights,
                                      size_t rows, size_t cols);

/** `double` form of `lgt_rps_update_f32`. */
LGT_API lgt_status lgt_rps_update_f64(void *state, const double *x, size_t x_stride,
                                      const void *labels, uint32_t label_type,
                                      const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_rps_update_f32`; computed in f32. */
LGT_API lgt_status lgt_rps_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                      const void *labels, uint32_t label_type, const float *weights,
                                      size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_rps_update_f32`; computed in f32. */
LGT_API lgt_status lgt_rps_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
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
LGT_API lgt_status lgt_rps_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_rps_finish(const void *state, lgt_rps_report *report);

/* ---- saerens ---- */

/**
 * Options of `lgt_saerens_fit`. Fill with `lgt_saerens_opts_default`, then change what is
 * to be different.
 */
typedef struct lgt_saerens_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** Passes over the data at most, at least 1; default 10000. */
  uint32_t max_iter;
  /** Done when a pass changes no prior by more than this; from 0 to 1, default 1e-10. */
  double tol;
} lgt_saerens_opts;

/** Writes the default options. Does nothing for NULL. Thread safety: any thread, any time. */
LGT_API void lgt_saerens_opts_default(lgt_saerens_opts *opts);

/**
 * Writes how many bytes of scratch `lgt_saerens_fit` needs: 40 a class.
 *
 * # Shape
 * `cols`: the number of classes. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_saerens_scratch(size_t cols, size_t *bytes);

/**
 * New class priors from unlabelled probabilities: expectation maximisation from the priors of
 * the training set, `train_priors`, to those that make the rows most likely. No pass makes
 * them less likely, and it always stops: `LGT_OK` (no prior changed by more than `tol`);
 * `LGT_AT_BOUND` (the same, but a prior has fallen below 1e-9: its class is not there);
 * `LGT_DEGENERATE` (no rows, or all weights 0: the priors stay); `LGT_NOT_CONVERGED`
 * (`max_iter` passes made).
 *
 * What comes of it is a model of `lgt_prior_shift`: its biases are the logarithms of the
 * ratios of new to old priors, and `lgt_prior_shift_apply` takes the logits, or the logarithms
 * of the probabilities, that the rows were made of. `nll_before` and `nll_after` are the
 * mean of -ln of the likelihood of a row relative to that under the old priors.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_prior_shift_size` says. `x`:
 * probabilities of a classifier trained under the old priors, rows x cols, row-major, stride
 * in elements, at least cols. `weights`: one number a row from 0 to 2^63, or NULL for 1
 * each. `train_priors`: cols numbers above 0 that come to 1 within 1e-6, and are divided by
 * their sum. `priors`: cols numbers, the new priors, or NULL. `opts`: NULL for the defaults.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_saerens_scratch` says,
 * apart from the other arrays.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_STATE` (the model is not aligned),
 * `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, priors, no columns, a row with a number
 * not from 0 to 1.01, or of nothing but 0), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. Nothing is then
 * written. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * Each pass within 1e-12; how far the last guess is from the maximum depends on `tol`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * M. Saerens, P. Latinne and C. Decaestecker, "Adjusting the Outputs of a Classifier to New a
 * Priori Probabilities: A Simple Procedure" (2002).
 *
 * # Example
 * ```c
 * float p[4][2] = {{0.9f, 0.1f}, {0.9f, 0.1f}, {0.9f, 0.1f}, {0.1f, 0.9f}};
 * double old[2] = {0.5, 0.5}, priors[2];
 * uint64_t model[7], scratch[16];
 * assert(lgt_saerens_fit_f32(model, sizeof model, &p[0][0], 2, NULL, 4, 2, old, priors, NULL, scratch, sizeof scratch) == LGT_OK);
 * assert(priors[0] > 0.81249 && priors[0] < 0.81251);
 * ```
 */
LGT_API lgt_status lgt_saerens_fit_f32(void *model, size_t size, const float *x, size_t x_stride,
                                       const float *weights, size_t rows, size_t cols,
                                       const double *train_priors, double *priors,
                                       const lgt_saerens_opts *opts, void *scratch,
                                       size_t scratch_size);

/** `double` form of `lgt_saerens_fit_f32`. */
LGT_API lgt_status lgt_saerens_fit_f64(void *model, size_t size, const double *x, size_t x_stride,
                                       const double *weights, size_t rows, size_t cols,
                                       const double *train_priors, double *priors,
                                       const lgt_saerens_opts *opts, void *scratch,
                                       size_t scratch_size);

/** `lgt_f16` form of `lgt_saerens_fit_f32`. */
LGT_API lgt_status lgt_saerens_fit_f16(void *model, size_t size, const lgt_f16 *x, size_t x_stride,
                                       const float *weights, size_t rows, size_t cols,
                                       const double *train_priors, double *priors,
                                       const lgt_saerens_opts *opts, void *scratch,
                                       size_t scratch_size);

/** `lgt_bf16` form of `lgt_saerens_fit_f32`. */
LGT_API lgt_status lgt_saerens_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                        size_t x_stride, const float *weights, size_t rows,
                                        size_t cols, const double *train_priors, double *priors,
                                        const lgt_saerens_opts *opts, void *scratch,
                                        size_t scratch_size);

/* ---- scaling_binning ---- */

/** Platt's regression on scores of any kind, with his smoothed targets. */
#define LGT_SCALING_BINNING_SMOOTHED 0

/** The same with targets 0 and 1. */
#define LGT_SCALING_BINNING_PLAIN 1

/**
 * The regression on the logits of probabilities, with targets 0 and 1 and a slope of 0 or
 * more.
 */
#define LGT_SCALING_BINNING_LOGIT 2

/**
 * Options of `lgt_scaling_binning_fit`. Fill with `lgt_scaling_binning_opts_default`, then
 * change what is to be different.
 */
typedef struct lgt_scaling_binning_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** Bins at most, from 1 to 65536; default 10. */
  uint32_t bins;
  /**
   * The regression: `LGT_SCALING_BINNING_SMOOTHED` (the default),
   * `LGT_SCALING_BINNING_PLAIN` or `LGT_SCALING_BINNING_LOGIT`.
   */
  uint32_t scaling;
  /** Passes over the data at most, at least 3; default 100. */
  uint32_t max_iter;
  /** As in `lgt_platt_opts`; from 0 to 1, default 1e-6. */
  double tol;
  /**
   * Of `LGT_SCALING_BINNING_LOGIT`: probabilities are held in `[eps, 1 - eps]`; from
   * 1e-300 to below 0.5, default 2^-52.
   */
  double eps;
} lgt_scaling_binning_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any thread, any
 * time.
 */
LGT_API void lgt_scaling_binning_opts_default(lgt_scaling_binning_opts *opts);

/**
 * Writes how many bytes a model of `lgt_scaling_binning` takes at most: 64 and 16 a bin,
 * of which there are no more than rows.
 *
 * # Shape
 * `rows`: number of rows. `opts`: NULL for the defaults. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (options).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_scaling_binning_size(size_t rows, const lgt_scaling_binning_opts *opts,
                                            size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_scaling_binning_fit` needs: twice the bytes of a
 * score a row (at least 6), with weights 8 a row and those of a score. Half of the former is
 * touched only where scores are not next to one another.
 *
 * # Shape
 * `rows`: number of rows, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of a score, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_scaling_binning_scratch(size_t rows, size_t score_size, uint32_t weighted,
                                               size_t *bytes);

/**
 * Fits a scaling-binning calibrator to held-out scores of two classes: a logistic
 * regression on the score, then bins of equal weight, each of which gives the mean of the
 * regression's values in it. It takes few values, so that its calibration error can be
 * measured, and they vary less than the frequencies of histogram binning.
 *
 * The regression is that of `lgt_platt` for scores of any kind, with smoothed or plain
 * targets, or, with `LGT_SCALING_BINNING_LOGIT`, Platt's on the logits of probabilities (as
 * `lgt_beta` of the variant with one slope). Both steps use the same rows. With W the sum of
 * weights and B bins, a bin ends with the first score with which all up to it weigh j W / B or
 * more, j = 1 .. B - 1: rows of one score are never divided, and where they are many there are
 * fewer bins. Since the regression is monotonic, a bin is a range of scores; it begins
 * halfway between its lowest score and the next lower one, and contains that edge. The lowest
 * and the highest bin go on without end.
 *
 * The model is bytes of the caller: its head (`lgt_model_head`); the regression's slope a,
 * intercept b and eps (0 but for logits); then where bins begin, rising, of which the first is
 * the lowest score; then as many values. `nll_before` is the mean loss of scores taken as
 * probabilities, NaN if one is outside 0 .. 1; `nll_after` that of the values. `fit_status`,
 * which is also returned, is that of the regression, as `lgt_platt_fit_f32` says:
 * `LGT_DEGENERATE` without rows of weight above 0 (the value is 0.5 everywhere), with
 * one score, or with one class and targets 0 and 1 (one value for all); with smoothed targets
 * one class is as good as two, and the slope 0. `iterations` are its passes over the data.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_scaling_binning_size` says. `x`: `rows`
 * scores, `x_stride` elements from one to the next. `labels`: as many times 0 or 1, of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `opts`: NULL
 * for the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_scaling_binning_scratch` says, apart from the other arrays; what is there before does not
 * matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment of
 * the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score that is
 * NaN or beyond 1e300 in magnitude, or for logits no probability), `LGT_E_SCRATCH`,
 * `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
 * `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * The regression as that of `lgt_platt_fit_f32`; values are the means of what it gives
 * within 1e-13, losses those of values within 1e-13, relative.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. Kumar, P. Liang, T. Ma, "Verified Uncertainty Calibration" (2019), section 4.1,
 * algorithm 1. Their package has edges halfway between fitted values instead of scores.
 *
 * # Example
 * ```c
 * double x[4] = {-2, -1, 1, 2};
 * uint8_t y[4] = {0, 1, 0, 1};
 * uint64_t model[16], scratch[8];
 * lgt_scaling_binning_opts opts;
 * lgt_scaling_binning_opts_default(&opts);
 * opts.bins = 2;
 * assert(lgt_scaling_binning_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 4, &opts,
 *                                    scratch, sizeof scratch) == LGT_OK);
 * assert(lgt_scaling_binning_apply_f64(model, x, 1, x, 1, 4) == LGT_OK);
 * assert(x[0] == x[1] && x[2] == x[3] && x[0] < 0.5 && x[2] > 0.5);
 * ```
 */
LGT_API lgt_status lgt_scaling_binning_fit_f32(void *model, size_t size, const float *x,
                                               size_t x_stride, const void *labels,
                                               uint32_t label_type, const float *weights,
                                               size_t rows, const lgt_scaling_binning_opts *opts,
                                               void *scratch, size_t scratch_size);

/** `double` form of `lgt_scaling_binning_fit_f32`. */
LGT_API lgt_status lgt_scaling_binning_fit_f64(void *model, size_t size, const double *x,
                                               size_t x_stride, const void *labels,
                                               uint32_t label_type, const double *weights,
                                               size_t rows, const lgt_scaling_binning_opts *opts,
                                               void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_scaling_binning_fit_f32`. */
LGT_API lgt_status lgt_scaling_binning_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                               size_t x_stride, const void *labels,
                                               uint32_t label_type, const float *weights,
                                               size_t rows, const lgt_scaling_binning_opts *opts,
                                               void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_scaling_binning_fit_f32`. */
LGT_API lgt_status lgt_scaling_binning_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                                size_t x_stride, const void *labels,
                                                uint32_t label_type, const float *weights,
                                                size_t rows, const lgt_scaling_binning_opts *opts,
                                                void *scratch, size_t scratch_size);

/**
 * Calibrated probabilities: the value of the bin that the score is in.
 *
 * NaN stays NaN; an infinite score is in the lowest or the highest bin.
 *
 * # Shape
 * `model`: a fitted model. `x`: `rows` scores, `y`: `rows` probabilities; strides in
 * elements, at least 1.
 *
 * # In place
 * `y` may be `x` with the same stride.
 *
 * # Errors
 * `LGT_E_STATE` if the bytes at `model` are no model of this kind, `LGT_E_NULL`,
 * `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * The value of the bin, rounded once to the type of `y`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_scaling_binning_fit_f32`.
 *
 * # Example
 * ```c
 * float x[4] = {0, 1, 2, 3}, y;
 * uint8_t labels[4] = {0, 1, 0, 1};
 * uint64_t model[16], scratch[4];
 * lgt_scaling_binning_opts opts;
 * lgt_scaling_binning_opts_default(&opts);
 * opts.bins = 2;
 * assert(lgt_scaling_binning_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 4, &opts,
 *                                    scratch, sizeof scratch) == LGT_OK);
 * float score = 10;
 * assert(lgt_scaling_binning_apply_f32(model, &score, 1, &y, 1, 1) == LGT_OK);
 * assert(y > 0.60041f && y < 0.60042f);
 * ```
 */
LGT_API lgt_status lgt_scaling_binning_apply_f32(const void *model, const float *x, size_t x_stride,
                                                 float *y, size_t y_stride, size_t rows);

/** `double` form of `lgt_scaling_binning_apply_f32`. */
LGT_API lgt_status lgt_scaling_binning_apply_f64(const void *model, const double *x,
                                                 size_t x_stride, double *y, size_t y_stride,
                                                 size_t rows);

/** `lgt_f16` form of `lgt_scaling_binning_apply_f32`. */
LGT_API lgt_status lgt_scaling_binning_apply_f16(const void *model, const lgt_f16 *x,
                                                 size_t x_stride, lgt_f16 *y, size_t y_stride,
                                                 size_t rows);

/** `lgt_bf16` form of `lgt_scaling_binning_apply_f32`. */
LGT_API lgt_status lgt_scaling_binning_apply_bf16(const void *model, const lgt_bf16 *x,
                                                  size_t x_stride, lgt_bf16 *y, size_t y_stride,
                                                  size_t rows);

/* ---- sigmoid ---- */

/**
 * Sigmoid of each entry: `y = 1 / (1 + exp(-x))`.
 *
 * What is far below 0 is as accurate as what is near it. -inf gives 0, +inf 1, NaN NaN;
 * entries do not know of each other.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 8 ulp of the type computed in, besides the rounding to the type stored, and
 * 1e-37 (f64: 1e-305) absolute: what is smaller may become 0.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, -50}}, y[1][2];
 * assert(lgt_sigmoid_f32(&x[0][0], 2, &y[0][0], 2, 1, 2) == LGT_OK);
 * assert(y[0][0] == 0.5f && y[0][1] > 1.92e-22f && y[0][1] < 1.93e-22f);
 * ```
 */
LGT_API lgt_status lgt_sigmoid_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                   size_t rows, size_t cols);

/** `double` form of `lgt_sigmoid_f32`. */
LGT_API lgt_status lgt_sigmoid_f64(const double *x, size_t x_stride, double *y, size_t y_stride,
                                   size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_sigmoid_f32`; computed in f32. */
LGT_API lgt_status lgt_sigmoid_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y, size_t y_stride,
                                   size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_sigmoid_f32`; computed in f32. */
LGT_API lgt_status lgt_sigmoid_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                    size_t y_stride, size_t rows, size_t cols);

/**
 * Gradient of `lgt_sigmoid_f32`: `dx = dy sigmoid(x) sigmoid(-x)`.
 *
 * It takes what sigmoid was applied to, not what came out: near 1 nothing of `1 - y` would
 * be left. It is 0 at both infinities.
 *
 * # Shape
 * `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
 * in `x`. Each rows x cols, row-major, strides in elements, at least cols.
 *
 * # In place
 * `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 8 ulp of the type computed in, besides the rounding to the type stored, and
 * 1e-37 (f64: 1e-305) times the size of `dy`: what is smaller may become 0.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 30}}, dy[1][2] = {{1, 1}};
 * assert(lgt_sigmoid_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 1, 2) == LGT_OK);
 * assert(x[0][0] == 0.25f && x[0][1] > 9.35e-14f && x[0][1] < 9.36e-14f);
 * ```
 */
LGT_API lgt_status lgt_sigmoid_grad_f32(const float *x, size_t x_stride, const float *dy,
                                        size_t dy_stride, float *dx, size_t dx_stride, size_t rows,
                                        size_t cols);

/** `double` form of `lgt_sigmoid_grad_f32`. */
LGT_API lgt_status lgt_sigmoid_grad_f64(const double *x, size_t x_stride, const double *dy,
                                        size_t dy_stride, double *dx, size_t dx_stride, size_t rows,
                                        size_t cols);

/** `lgt_f16` form of `lgt_sigmoid_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_sigmoid_grad_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *dy,
                                        size_t dy_stride, lgt_f16 *dx, size_t dx_stride,
                                        size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_sigmoid_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_sigmoid_grad_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *dy,
                                         size_t dy_stride, lgt_bf16 *dx, size_t dx_stride,
                                         size_t rows, size_t cols);

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
 * grid, with `s` in steps of 1/1024, but reflects what is within a thousandth of 0
 * or 1 only once: on confident data it differs by hundredths.
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

/* ---- soft_label ---- */

/** What is left of 1 is shared by the classes that were not kept. */
#define LGT_SOFT_LABEL_SMOOTH 0

/** What was kept is made to add up to 1; the other classes are 0. */
#define LGT_SOFT_LABEL_RENORM 1

/**
 * Keeps the `k` largest shares of each row and where they stand, so that soft labels of many
 * classes take little room: `lgt_soft_label_expand_f32` makes rows of them again.
 *
 * The largest comes first; of equal ones the first.
 *
 * # Shape
 * `x`: shares, rows x cols, row-major, stride in elements, at least cols; finite, at least 0.
 * `k`: from 1 to cols. `indices`, `values`: rows x k, strides in elements, at least k.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also a `k` that is 0 or above cols, and 2^32
 * columns or more), `LGT_E_VALUE` (shares), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * Values are those of `x`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Z. Shen and E. Xing, "A Fast Knowledge Distillation Framework for Visual Recognition"
 * (2022).
 *
 * # Example
 * ```c
 * float p[1][4] = {{0.125f, 0.5f, 0.125f, 0.25f}}, values[1][3];
 * uint32_t indices[1][3];
 * assert(lgt_soft_label_topk_f32(&p[0][0], 4, 3, &indices[0][0], 3, &values[0][0], 3, 1, 4) ==
 *        LGT_OK);
 * assert(indices[0][0] == 1 && indices[0][1] == 3 && indices[0][2] == 0);
 * assert(values[0][0] == 0.5f && values[0][1] == 0.25f && values[0][2] == 0.125f);
 * ```
 */
LGT_API lgt_status lgt_soft_label_topk_f32(const float *x, size_t x_stride, size_t k,
                                           uint32_t *indices, size_t index_stride, float *values,
                                           size_t value_stride, size_t rows, size_t cols);

/** `double` form of `lgt_soft_label_topk_f32`. */
LGT_API lgt_status lgt_soft_label_topk_f64(const double *x, size_t x_stride, size_t k,
                                           uint32_t *indices, size_t index_stride, double *values,
                                           size_t value_stride, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_soft_label_topk_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_label_topk_f16(const lgt_f16 *x, size_t x_stride, size_t k,
                                           uint32_t *indices, size_t index_stride, lgt_f16 *values,
                                           size_t value_stride, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_soft_label_topk_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_label_topk_bf16(const lgt_bf16 *x, size_t x_stride, size_t k,
                                            uint32_t *indices, size_t index_stride,
                                            lgt_bf16 *values, size_t value_stride, size_t rows,
                                            size_t cols);

/**
 * Makes rows of soft labels of their largest shares and where those stand.
 *
 * With `LGT_SOFT_LABEL_SMOOTH` the classes that were not kept share what the others leave of
 * 1, if that is above 0, in equal parts; with one kept share that is label smoothing. With
 * `LGT_SOFT_LABEL_RENORM` they are 0, and the others are divided by their sum, or by 1e-12
 * where that is less. Where an index stands twice in a row, its last value counts.
 *
 * # Shape
 * `indices`, `values`: rows x k, row-major, strides in elements, at least k; values finite,
 * at least 0. `mode`: an `LGT_SOFT_LABEL_`. `y`: rows x cols, stride in elements, at least
 * cols.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (an index of cols or above),
 * `LGT_E_VALUE` (values), `LGT_E_OPTION`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 1e-13 besides the rounding to its type, for up to 100 values a row.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_soft_label_topk_f32`, and its code.
 *
 * # Example
 * ```c
 * float values[1][1] = {{0.5f}}, p[1][3];
 * uint32_t indices[1][1] = {{2}};
 * assert(lgt_soft_label_expand_f32(&indices[0][0], 1, &values[0][0], 1, 1, LGT_SOFT_LABEL_SMOOTH,
 *                                  &p[0][0], 3, 1, 3) == LGT_OK);
 * assert(p[0][0] == 0.25f && p[0][1] == 0.25f && p[0][2] == 0.5f);
 * ```
 */
LGT_API lgt_status lgt_soft_label_expand_f32(const uint32_t *indices, size_t index_stride,
                                             const float *values, size_t value_stride, size_t k,
                                             uint32_t mode, float *y, size_t y_stride, size_t rows,
                                             size_t cols);

/** `double` form of `lgt_soft_label_expand_f32`. */
LGT_API lgt_status lgt_soft_label_expand_f64(const uint32_t *indices, size_t index_stride,
                                             const double *values, size_t value_stride, size_t k,
                                             uint32_t mode, double *y, size_t y_stride, size_t rows,
                                             size_t cols);

/** `lgt_f16` form of `lgt_soft_label_expand_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_label_expand_f16(const uint32_t *indices, size_t index_stride,
                                             const lgt_f16 *values, size_t value_stride, size_t k,
                                             uint32_t mode, lgt_f16 *y, size_t y_stride,
                                             size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_soft_label_expand_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_label_expand_bf16(const uint32_t *indices, size_t index_stride,
                                              const lgt_bf16 *values, size_t value_stride, size_t k,
                                              uint32_t mode, lgt_bf16 *y, size_t y_stride,
                                              size_t rows, size_t cols);

/* ---- soft_label_regions ---- */

/** A row is as sure as its largest share. */
#define LGT_CONFIDENCE_MAX 0

/** A row is as sure as its label's share. */
#define LGT_CONFIDENCE_LABEL 1

/**
 * Options of `lgt_soft_label_regions`. Fill with `lgt_soft_label_regions_opts_default`, then
 * change what is to be different. The thresholds are this library's choice.
 */
typedef struct lgt_soft_label_regions_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_CONFIDENCE_`; default `LGT_CONFIDENCE_MAX`. */
  uint32_t confidence;
  /** A row that is less sure is left out. Default 0.15. */
  double low;
  /** One that is less sure has its hard label, smoothed. Default 0.5; at least `low`. */
  double mid;
  /** One that is surer is left out; +inf for none. Default 0.95; at least `mid`. */
  double top;
  /** What a smoothed label has for all classes alike. Default 0.1; from 0 to 1. */
  double smoothing;
} lgt_soft_label_regions_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_soft_label_regions_opts_default(lgt_soft_label_regions_opts *opts);

/**
 * Adapts soft labels to how sure they are: which of them are worth learning from, and as
 * what.
 *
 * With `c` how sure a row is: region 0 is `c < low`, too hard, and left out; region 1 is
 * `low <= c < mid`, and has the hard label smoothed, `1 - smoothing` of it and the rest in
 * equal parts; region 2 is `mid <= c <= top`, and stays as it is; region 3 is `c > top`, too
 * easy, and left out. Rows that are left out have a weight of 0 and are 0. Thresholds are
 * compared with `c` as it is in its type.
 *
 * # Shape
 * `x`: shares, rows x cols, row-major, stride in elements, at least cols; from 0 to 1.
 * `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`. `y`: the rows
 * adapted, rows x cols, or NULL. `weights`: 1 or 0, one a row, of the type that losses take
 * weights in, or NULL. `region`: one number a row, or NULL. `opts`: NULL for the defaults.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (shares, numbers
 * of the options, thresholds out of order), `LGT_E_OPTION`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * Smoothed labels: at most 4e-16, besides the rounding to their type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Z. Shen, "FerKD: Surgical Label Adaptation for Efficient Distillation" (2023), after its
 * abstract.
 *
 * # Example
 * ```c
 * float p[2][2] = {{0.75f, 0.25f}, {1, 0}}, weights[2];
 * int32_t y[2] = {0, 0};
 * uint8_t region[2];
 * assert(lgt_soft_label_regions_f32(&p[0][0], 2, y, LGT_I32, NULL, 0, weights, region, 2, 2,
 *                                   NULL) == LGT_OK);
 * assert(region[0] == 2 && weights[0] == 1 && region[1] == 3 && weights[1] == 0);
 * ```
 */
LGT_API lgt_status lgt_soft_label_regions_f32(const float *x, size_t x_stride, const void *labels,
                                              uint32_t label_type, float *y, size_t y_stride,
                                              float *weights, uint8_t *region, size_t rows,
                                              size_t cols, const lgt_soft_label_regions_opts *opts);

/** `double` form of `lgt_soft_label_regions_f32`. */
LGT_API lgt_status lgt_soft_label_regions_f64(const double *x, size_t x_stride, const void *labels,
                                              uint32_t label_type, double *y, size_t y_stride,
                                              double *weights, uint8_t *region, size_t rows,
                                              size_t cols, const lgt_soft_label_regions_opts *opts);

/** `lgt_f16` form of `lgt_soft_label_regions_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_label_regions_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                              uint32_t label_type, lgt_f16 *y, size_t y_stride,
                                              float *weights, uint8_t *region, size_t rows,
                                              size_t cols, const lgt_soft_label_regions_opts *opts);

/** `lgt_bf16` form of `lgt_soft_label_regions_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_label_regions_bf16(const lgt_bf16 *x, size_t x_stride,
                                               const void *labels, uint32_t label_type, lgt_bf16 *y,
                                               size_t y_stride, float *weights, uint8_t *region,
                                               size_t rows, size_t cols,
                                               const lgt_soft_label_regions_opts *opts);

/* ---- soft_topk ---- */

/** Logarithms of shares. */
#define LGT_SOFT_TOPK_LOG 1

/**
 * Soft top-k of each row: shares `p = sigmoid(alpha (x + t))` of which `t` is such that they
 * sum to `k`.
 *
 * The larger `alpha`, the nearer are they to 1 for the `k` largest and 0 for the others; `k`
 * need not be whole. The order of scores is kept, and adding a number to all changes `t`
 * alone.
 *
 * -inf is masked: a share of 0. Scores at +inf have a share of 1 before all others; where
 * there are more than `k`, they share `k` equally. Where `k` is more than all scores above
 * -inf, those have a share of 1 and the call returns `LGT_AT_BOUND`. A NaN makes its row
 * NaN, and so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols; `y`: shares, with
 * `LGT_SOFT_TOPK_LOG` their logarithms, or NULL. `k`: above 0, below cols. `alpha`: from
 * 1e-30 to 1e30; 2 is usual. `flags`: `LGT_SOFT_TOPK_LOG` or 0. `t`: one number a row, or
 * NULL: +inf, -inf where every, no finite score has a share.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION` (flags), `LGT_E_VALUE` (k,
 * alpha), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_AT_BOUND`; `LGT_NOT_CONVERGED`
 * where no double is near enough to `t`, as with an `alpha` of 1e20.
 *
 * # Accuracy
 * All types are computed in f64. Shares sum to `k` within 1e-9, up to 131072 columns, before
 * they are rounded to their type, where `alpha` times the largest size of a score is at most
 * 1e4. They, and their logarithms, are those of that `t` within 4e-15 relative, times the
 * larger of 1 and `alpha (x + t)`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * N. Gupta et al., "Dual-Encoders for Extreme Multi-Label Classification" (2024); the
 * bracket of `t` is exact here for any number of columns.
 *
 * # Example
 * ```c
 * float x[1][4] = {{3, 1, 0.5f, -2}}, p[1][4];
 * double t;
 * assert(lgt_soft_topk_f32(&x[0][0], 4, 2, 2, 0, &p[0][0], 4, &t, 1, 4) == LGT_OK);
 * assert(p[0][0] > 0.98916f && p[0][0] < 0.98917f && t > -0.74287 && t < -0.74286);
 * ```
 */
LGT_API lgt_status lgt_soft_topk_f32(const float *x, size_t x_stride, double k, double alpha,
                                     uint32_t flags, float *y, size_t y_stride, double *t,
                                     size_t rows, size_t cols);

/** `double` form of `lgt_soft_topk_f32`. */
LGT_API lgt_status lgt_soft_topk_f64(const double *x, size_t x_stride, double k, double alpha,
                                     uint32_t flags, double *y, size_t y_stride, double *t,
                                     size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_soft_topk_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_topk_f16(const lgt_f16 *x, size_t x_stride, double k, double alpha,
                                     uint32_t flags, lgt_f16 *y, size_t y_stride, double *t,
                                     size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_soft_topk_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_topk_bf16(const lgt_bf16 *x, size_t x_stride, double k, double alpha,
                                      uint32_t flags, lgt_bf16 *y, size_t y_stride, double *t,
                                      size_t rows, size_t cols);

/**
 * Gradient of `lgt_soft_topk_f32`: with `v = alpha p (1 - p)`, `dx = v (dy - sum v dy / sum v)`;
 * of logarithms `dx = u - v sum u / sum v` with `u = alpha (1 - p) dy`.
 *
 * It takes the scores and `t`, not the shares, of which near 1 nothing of `1 - p` would be
 * left. Scores at an infinity have 0, and so have all of a row whose `t` is infinite; a NaN
 * as `t` makes the row NaN.
 *
 * # Shape
 * `x`: the scores; `t`: what came out with them, one number a row; `dy`: the gradient in
 * shares, with `LGT_SOFT_TOPK_LOG` in their logarithms; `dx`: that in scores. Rows x cols
 * but for `t`, row-major, strides in elements, at least cols. `alpha`, `flags`: as there.
 *
 * # In place
 * `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION` (flags), `LGT_E_VALUE`
 * (alpha), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 1e-13 times `alpha` times the largest size of a `dy` of the row, besides the
 * rounding to its type, where `alpha` times the largest size of a score is at most 100.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As for `lgt_soft_topk_f32`.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 0}}, dy[1][2] = {{1, 0}};
 * double t;
 * assert(lgt_soft_topk_f32(&x[0][0], 2, 1, 2, 0, NULL, 2, &t, 1, 2) == LGT_OK && t == 0);
 * assert(lgt_soft_topk_grad_f32(&x[0][0], 2, &t, &dy[0][0], 2, 2, 0, &x[0][0], 2, 1, 2) ==
 *        LGT_OK);
 * assert(x[0][0] == 0.25f && x[0][1] == -0.25f);
 * ```
 */
LGT_API lgt_status lgt_soft_topk_grad_f32(const float *x, size_t x_stride, const double *t,
                                          const float *dy, size_t dy_stride, double alpha,
                                          uint32_t flags, float *dx, size_t dx_stride, size_t rows,
                                          size_t cols);

/** `double` form of `lgt_soft_topk_grad_f32`. */
LGT_API lgt_status lgt_soft_topk_grad_f64(const double *x, size_t x_stride, const double *t,
                                          const double *dy, size_t dy_stride, double alpha,
                                          uint32_t flags, double *dx, size_t dx_stride, size_t rows,
                                          size_t cols);

/** `lgt_f16` form of `lgt_soft_topk_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_topk_grad_f16(const lgt_f16 *x, size_t x_stride, const double *t,
                                          const lgt_f16 *dy, size_t dy_stride, double alpha,
                                          uint32_t flags, lgt_f16 *dx, size_t dx_stride,
                                          size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_soft_topk_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_topk_grad_bf16(const lgt_bf16 *x, size_t x_stride, const double *t,
                                           const lgt_bf16 *dy, size_t dy_stride, double alpha,
                                           uint32_t flags, lgt_bf16 *dx, size_t dx_stride,
                                           size_t rows, size_t cols);

/* ---- soft_topk_loss ---- */

/**
 * Soft top-k loss of each row with its gradient: the mean over what is relevant of `-ln p`,
 * where `p` are the shares of `lgt_soft_topk_f32`.
 *
 * It asks that what is relevant be among the `k` first, not that it be the first. A row
 * with nothing relevant has a loss of 0 and counts. What is relevant at -inf makes a loss of
 * +inf. A NaN makes its row NaN, and so does a row with nothing above -inf, with
 * `LGT_EMPTY_ROW`. Where `k` is more than all scores above -inf, `LGT_AT_BOUND`: shares of 1.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: what is
 * relevant, as numbers 0 and 1 of the integer type `label_type`, rows x cols, likewise.
 * `k`, `alpha`: as `lgt_soft_topk_f32`. `weights`, `loss`, `grad`, `total`, `opts`: as
 * `lgt_focal_f32`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, k,
 * alpha, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
 * `LGT_AT_BOUND`; `LGT_NOT_CONVERGED` as there; `LGT_UNDEFINED` for the mean of no rows,
 * which is NaN.
 *
 * # Accuracy
 * All types are computed in f64. A row's loss: at most 1e-12 times the larger of 1 and
 * itself; its gradient 1e-12 times the larger of 1 and `alpha`, besides the rounding to its
 * type, where `alpha` times the largest size of a score is at most 100. `total` is the exact
 * sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * N. Gupta et al., "Dual-Encoders for Extreme Multi-Label Classification" (2024).
 *
 * # Example
 * ```c
 * float x[1][4] = {{3, 1, 0.5f, -2}}, grad[1][4];
 * int32_t relevant[1][4] = {{1, 0, 1, 0}};
 * double loss;
 * assert(lgt_soft_topk_loss_f32(&x[0][0], 4, &relevant[0][0], 4, LGT_I32, NULL, 2, 2, &loss,
 *                               &grad[0][0], 4, NULL, 1, 4, NULL) == LGT_OK);
 * assert(loss > 0.48805 && loss < 0.48806 && grad[0][1] > 0.30426f && grad[0][1] < 0.30427f);
 * ```
 */
LGT_API lgt_status lgt_soft_topk_loss_f32(const float *x, size_t x_stride, const void *labels,
                                          size_t labels_stride, uint32_t label_type,
                                          const float *weights, double k, double alpha,
                                          double *loss, float *grad, size_t grad_stride,
                                          double *total, size_t rows, size_t cols,
                                          const lgt_loss_opts *opts);

/** `double` form of `lgt_soft_topk_loss_f32`. */
LGT_API lgt_status lgt_soft_topk_loss_f64(const double *x, size_t x_stride, const void *labels,
                                          size_t labels_stride, uint32_t label_type,
                                          const double *weights, double k, double alpha,
                                          double *loss, double *grad, size_t grad_stride,
                                          double *total, size_t rows, size_t cols,
                                          const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_soft_topk_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_topk_loss_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                          size_t labels_stride, uint32_t label_type,
                                          const float *weights, double k, double alpha,
                                          double *loss, lgt_f16 *grad, size_t grad_stride,
                                          double *total, size_t rows, size_t cols,
                                          const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_soft_topk_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_soft_topk_loss_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                           size_t labels_stride, uint32_t label_type,
                                           const float *weights, double k, double alpha,
                                           double *loss, lgt_bf16 *grad, size_t grad_stride,
                                           double *total, size_t rows, size_t cols,
                                           const lgt_loss_opts *opts);

/* ---- softmax_cols ---- */

/**
 * Column-wise softmax: `y[r][c] = exp(scale * x[r][c]) / sum_r exp(scale * x[r][c])`, so
 * that every column sums to one: softmax along axis 0, without a transposed copy.
 *
 * With an array of outer x axis x inner numbers, softmax along its axis is one call for
 * each of the outer ones, with rows = axis and cols = inner.
 *
 * A NaN makes its column NaN. -inf is a share of 0. Entries at +inf share their column
 * equally. A column with nothing above -inf becomes NaN, or zeros with
 * `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `lse`: one number
 * a column, the natural logarithm of `sum_r exp(scale * x[r][c])`, or NULL; not
 * overlapping `x` or `y`. `opts`: NULL for the defaults; algorithm and store change
 * nothing, and a mask is refused. With an executor, columns are shared out; the results
 * have the same bits for any number of workers. With rows = 0 every column is empty;
 * with cols = 0 nothing is written.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (scale), `LGT_E_CALLBACK` (the executor failed: columns may then
 * be missing). Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 12 ulp for any column of any length, subnormal results included (f16 and bf16:
 * the nearest value to that). `lse`: at most 7e-7 (f64: 1.2e-15) times the largest of 1,
 * |lse| and scale times the column's maximum in magnitude.
 *
 * Stack: at most 64 KiB, for what waits between being computed and being written.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * That of `lgt_softmax_f32`, with a column in each lane.
 *
 * # Example
 * ```c
 * float x[3][2] = {{1, 0}, {2, 0}, {3, 0}}, y[3][2], lse[2];
 * lgt_status status = lgt_softmax_cols_f32(&x[0][0], 2, &y[0][0], 2, lse, 3, 2, NULL);
 * assert(status == LGT_OK && y[2][1] > 0.333f && y[2][1] < 0.334f);
 * assert(y[2][0] > 0.665f && y[2][0] < 0.666f);
 * ```
 */
LGT_API lgt_status lgt_softmax_cols_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                        float *lse, size_t rows, size_t cols,
                                        const lgt_softmax_opts *opts);

/** `double` form of `lgt_softmax_cols_f32`. */
LGT_API lgt_status lgt_softmax_cols_f64(const double *x, size_t x_stride, double *y,
                                        size_t y_stride, double *lse, size_t rows, size_t cols,
                                        const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_softmax_cols_f32`; computed in f32. */
LGT_API lgt_status lgt_softmax_cols_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y,
                                        size_t y_stride, float *lse, size_t rows, size_t cols,
                                        const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_softmax_cols_f32`; computed in f32. */
LGT_API lgt_status lgt_softmax_cols_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                         size_t y_stride, float *lse, size_t rows, size_t cols,
                                         const lgt_softmax_opts *opts);

/**
 * Gradient of column-wise softmax, as a vector-Jacobian product: `dx[r][c] = scale *
 * y[r][c] * (dy[r][c] - sum_r y[r][c] * dy[r][c])`, each sum over the rows of a column.
 * `lgt_softmax_grad_f32` along axis 0.
 *
 * Numbers that are none are as there, a column in the place of a row.
 *
 * # Shape
 * `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols.
 * `opts`: as in the forward call, NULL for the defaults; a mask is refused.
 *
 * # In place
 * `dx` may be `y` or `dy`, with equal strides; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
 * (scale), `LGT_E_CALLBACK` (the executor failed: columns may then be missing).
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15) times the scale, the share and the sum of |dy| and `sum y |dy|`,
 * besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * That of `lgt_softmax_grad_f32`, a column in the place of a row.
 *
 * # Example
 * ```c
 * float y[2][1] = {{0.25f}, {0.75f}}, dy[2][1] = {{1}, {0}}, dx[2][1];
 * assert(lgt_softmax_cols_grad_f32(&y[0][0], 1, &dy[0][0], 1, &dx[0][0], 1, 2, 1, NULL) ==
 *        LGT_OK);
 * assert(dx[0][0] == 0.1875f && dx[1][0] == -0.1875f);
 * ```
 */
LGT_API lgt_status lgt_softmax_cols_grad_f32(const float *y, size_t y_stride, const float *dy,
                                             size_t dy_stride, float *dx, size_t dx_stride,
                                             size_t rows, size_t cols,
                                             const lgt_softmax_opts *opts);

/** `double` form of `lgt_softmax_cols_grad_f32`. */
LGT_API lgt_status lgt_softmax_cols_grad_f64(const double *y, size_t y_stride, const double *dy,
                                             size_t dy_stride, double *dx, size_t dx_stride,
                                             size_t rows, size_t cols,
                                             const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_softmax_cols_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_softmax_cols_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                             size_t dy_stride, lgt_f16 *dx, size_t dx_stride,
                                             size_t rows, size_t cols,
                                             const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_softmax_cols_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_softmax_cols_grad_bf16(const lgt_bf16 *y, size_t y_stride,
                                              const lgt_bf16 *dy, size_t dy_stride, lgt_bf16 *dx,
                                              size_t dx_stride, size_t rows, size_t cols,
                                              const lgt_softmax_opts *opts);

/* ---- softmax_grad ---- */

/**
 * Gradient of row-wise softmax, as a vector-Jacobian product: from the shares `y` and the
 * gradient `dy` of something in them to that in the scores, `dx[r][c] = scale * y[r][c] *
 * (dy[r][c] - sum_c y[r][c] * dy[r][c])`.
 *
 * An entry whose share is 0 has a gradient of 0, whatever `dy` is there. A NaN in `y`, or in
 * `dy` beside a share, makes its row NaN. `y` is taken as it is: it need not sum to one.
 *
 * With a mask in `opts`, the one of the forward call: entries that it leaves out have a
 * gradient of 0, a scale of the row multiplies, softmin negates, and columns that are picked
 * add to the gradient of the column that they came from, while those that are not have 0.
 * The gradient of a bias is `dx` divided by the scale of its row where there is no soft cap.
 *
 * # Shape
 * `y`, `dy`, `x`, `dx`: rows x cols, row-major, strides in elements, at least cols; where a
 * mask picks columns, `y` and `dy` have as many as it picks. `x`: what softmax was applied
 * to, read with a soft cap only; else NULL. `dsink`: the gradient in each row's sink, 0 where
 * it has none, or NULL. It is the negative of the sink's share times `sum_c y dy`: that share
 * is read from `sink_share` of the mask, where forward left it, or with NULL there taken to
 * be what the row lacks of 1, which tells small shares less well. `opts`: as in the forward
 * call, NULL for the defaults; algorithm and store change nothing.
 *
 * # In place
 * `dx` may be `y`, `dy` or `x`, with equal strides, where no columns are picked; any other
 * overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
 * (a scale, a number of the mask), `LGT_E_LABEL` (columns of the mask), `LGT_E_CALLBACK` (the
 * executor failed: rows may then be missing).
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15) times the scale, the share and the sum of |dy| and `sum y |dy|`,
 * besides the rounding to its type. Columns that are picked twice are added in the type of
 * `dx`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * The derivative of softmax, `diag(y) - y y'`. A sink is one more column, of which only the
 * gradient is given.
 *
 * # Example
 * ```c
 * float y[1][2] = {{0.25f, 0.75f}}, dy[1][2] = {{1, 0}}, dx[1][2];
 * assert(lgt_softmax_grad_f32(&y[0][0], 2, &dy[0][0], 2, NULL, 0, &dx[0][0], 2, NULL, 1, 2,
 *                             NULL) == LGT_OK);
 * assert(dx[0][0] == 0.1875f && dx[0][1] == -0.1875f);
 * ```
 */
LGT_API lgt_status lgt_softmax_grad_f32(const float *y, size_t y_stride, const float *dy,
                                        size_t dy_stride, const float *x, size_t x_stride,
                                        float *dx, size_t dx_stride, double *dsink, size_t rows,
                                        size_t cols, const lgt_softmax_opts *opts);

/** `double` form of `lgt_softmax_grad_f32`. */
LGT_API lgt_status lgt_softmax_grad_f64(const double *y, size_t y_stride, const double *dy,
                                        size_t dy_stride, const double *x, size_t x_stride,
                                        double *dx, size_t dx_stride, double *dsink, size_t rows,
                                        size_t cols, const lgt_softmax_opts *opts);

/** `lgt_f16` form of `lgt_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_softmax_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                        size_t dy_stride, const lgt_f16 *x, size_t x_stride,
                                        lgt_f16 *dx, size_t dx_stride, double *dsink, size_t rows,
                                        size_t cols, const lgt_softmax_opts *opts);

/** `lgt_bf16` form of `lgt_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_softmax_grad_bf16(const lgt_bf16 *y, size_t y_stride, const lgt_bf16 *dy,
                                         size_t dy_stride, const lgt_bf16 *x, size_t x_stride,
                                         lgt_bf16 *dx, size_t dx_stride, double *dsink, size_t rows,
                                         size_t cols, const lgt_softmax_opts *opts);

/* ---- softplus ---- */

/**
 * Softplus of each entry: `y = ln(1 + exp(beta x)) / beta`.
 *
 * Nothing is cut: far above 0 it is `x`, far below `exp(beta x) / beta`. -inf gives 0,
 * +inf +inf, NaN NaN.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `beta`: from
 * 1e-30 to 1e30; 1 is usual.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (beta), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * With `beta` = 1: at most 8 ulp of the type computed in, besides the rounding to the
 * type stored, and 1e-37 (f64: 1e-305) absolute: what is smaller may become 0. With
 * another, what rounding changes of `beta x` comes on top.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook; `beta` as in `torch.nn.functional.softplus`, which is x itself from a
 * threshold on.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 200}}, y[1][2];
 * assert(lgt_softplus_f32(&x[0][0], 2, &y[0][0], 2, 1, 1, 2) == LGT_OK);
 * assert(y[0][0] > 0.69314f && y[0][0] < 0.69315f && y[0][1] == 200);
 * ```
 */
LGT_API lgt_status lgt_softplus_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                    double beta, size_t rows, size_t cols);

/** `double` form of `lgt_softplus_f32`. */
LGT_API lgt_status lgt_softplus_f64(const double *x, size_t x_stride, double *y, size_t y_stride,
                                    double beta, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_softplus_f32`; computed in f32. */
LGT_API lgt_status lgt_softplus_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y, size_t y_stride,
                                    double beta, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_softplus_f32`; computed in f32. */
LGT_API lgt_status lgt_softplus_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                     size_t y_stride, double beta, size_t rows, size_t cols);

/**
 * Gradient of `lgt_softplus_f32`: `dx = dy sigmoid(beta x)`.
 *
 * It takes what softplus was applied to, not what came out. It is 0 at -inf, `dy` at
 * +inf.
 *
 * # Shape
 * `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
 * in `x`. Each rows x cols, row-major, strides in elements, at least cols. `beta`: as
 * there.
 *
 * # In place
 * `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (beta), `LGT_E_ALIAS`.
 *
 * # Accuracy
 * With `beta` = 1: at most 8 ulp of the type computed in, besides the rounding to the
 * type stored, and 1e-37 (f64: 1e-305) times the size of `dy`: what is smaller may
 * become 0.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Textbook.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 200}}, dy[1][2] = {{1, 3}};
 * assert(lgt_softplus_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 1, 1, 2) == LGT_OK);
 * assert(x[0][0] == 0.5f && x[0][1] == 3);
 * ```
 */
LGT_API lgt_status lgt_softplus_grad_f32(const float *x, size_t x_stride, const float *dy,
                                         size_t dy_stride, float *dx, size_t dx_stride, double beta,
                                         size_t rows, size_t cols);

/** `double` form of `lgt_softplus_grad_f32`. */
LGT_API lgt_status lgt_softplus_grad_f64(const double *x, size_t x_stride, const double *dy,
                                         size_t dy_stride, double *dx, size_t dx_stride,
                                         double beta, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_softplus_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_softplus_grad_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *dy,
                                         size_t dy_stride, lgt_f16 *dx, size_t dx_stride,
                                         double beta, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_softplus_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_softplus_grad_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *dy,
                                          size_t dy_stride, lgt_bf16 *dx, size_t dx_stride,
                                          double beta, size_t rows, size_t cols);

/* ---- somers ---- */

/** The result of `lgt_somers`. */
typedef struct lgt_somers_report {
  /** Rows. */
  uint64_t rows;
  /** Those with a NaN; all below is then 0 or NaN. */
  uint64_t nan_rows;
  /** Pairs of rows in the same order in x and in y. */
  uint64_t concordant;
  /** Those in opposite orders. */
  uint64_t discordant;
  /** Pairs that are equal in x, those in both included. */
  uint64_t ties_x;
  /** Pairs that are equal in y, likewise. */
  uint64_t ties_y;
  /** Pairs that are equal in both. */
  uint64_t ties_both;
  /** D(Y|X): over pairs that differ in x. */
  double d_yx;
  /** D(X|Y): over pairs that differ in y. */
  double d_xy;
  /** The symmetric D: over the mean of both. */
  double d;
  /** D over its standard deviation if it was 0, which is the same for all three. */
  double z;
  /** Two-sided p-value, by the normal distribution. */
  double p_value;
} lgt_somers_report;

/**
 * Writes how many bytes of scratch `lgt_somers` needs: 12 a row.
 *
 * # Shape
 * `n`: number of rows, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_somers_scratch(size_t n, size_t *bytes);

/**
 * Somers' D: of pairs of rows that differ in x, those in the same order in y less those
 * in the opposite order.
 *
 * `d_yx` and `p_value`, two-sided by the normal distribution, are those of scipy's
 * `somersd(x, y)`, which makes a table of all values first and takes time with its size.
 * `d_xy` is that with x and y exchanged, `d` the symmetric one. For y of two classes and
 * x that are scores, `d_xy` is 2 AUC - 1. NaN if x or y is constant. Equal means equal in
 * value; infinities are numbers like others. A NaN is counted in `nan_rows` and makes the
 * result NaN. A batch function over arrays and scratch of the caller, in time n log n.
 *
 * # Shape
 * `x`, `y`: `n` numbers each. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
 * aligned, at least what `lgt_somers_scratch` says, apart from the other arrays; what is
 * there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`.
 * Advisory: `LGT_UNDEFINED` (less than two
 * rows, x or y constant, or a NaN).
 *
 * # Accuracy
 * Counts are exact; D at most 1e-15, p-values a relative 1e-12. The same rows give the
 * same bits in any order.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * R. H. Somers, "A new asymmetric measure of association for ordinal variables" (1962);
 * M. B. Brown and J. K. Benedetti, "Sampling behavior of tests for correlation in two-way
 * contingency tables" (1977), for the standard error if D is 0.
 *
 * # Example
 * ```c
 * float x[4] = {0.1f, 0.4f, 0.35f, 0.8f}, y[4] = {0, 0, 1, 1};
 * uint64_t scratch[3 * 2];
 * lgt_somers_report report;
 * assert(lgt_somers_f32(x, y, &report, 4, scratch, sizeof scratch) == LGT_OK);
 * assert(report.d_xy == 0.5 && report.d_yx == 2.0 / 6);
 * ```
 */
LGT_API lgt_status lgt_somers_f32(const float *x, const float *y, lgt_somers_report *report,
                                  size_t n, void *scratch, size_t scratch_size);

/** `double` form of `lgt_somers_f32`. */
LGT_API lgt_status lgt_somers_f64(const double *x, const double *y, lgt_somers_report *report,
                                  size_t n, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_somers_f32`. */
LGT_API lgt_status lgt_somers_f16(const lgt_f16 *x, const lgt_f16 *y, lgt_somers_report *report,
                                  size_t n, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_somers_f32`. */
LGT_API lgt_status lgt_somers_bf16(const lgt_bf16 *x, const lgt_bf16 *y, lgt_somers_report *report,
                                   size_t n, void *scratch, size_t scratch_size);

/* ---- sparsemax ---- */

/**
 * Row-wise sparsemax: the shares nearest to the scores.
 *
 * `y[r][c] = max(x[r][c] - tau, 0)`, with the `tau` of each row at which they add up to 1. Most
 * of the shares are 0: only entries less than 1 below the largest can have one. It is
 * alpha-entmax with alpha 2.
 *
 * -inf is a share of 0. Entries at +inf share their row equally. A NaN makes its row NaN, and
 * so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `tau`: one number a row,
 * the `tau`, or NULL; of a row with entries at +inf it is +inf. `support`: one
 * number a row, how many of its shares are above 0 before they are rounded to their type, or
 * NULL. Neither may overlap the rows. With rows = 0 nothing is written.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 2e-7 (f64: 4e-15) and the rounding to their type, of a share. Rows with many
 * entries that could have one take longer, by a factor that does not grow with their length.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. F. T. Martins and R. F. Astudillo, "From Softmax to Sparsemax: A Sparse Model of Attention
 * and Multi-Label Classification" (2016), equation 3 and proposition 1.
 *
 * # Example
 * ```c
 * float x[1][4] = {{1, 0.75f, 0.25f, -1}}, y[1][4];
 * double tau;
 * size_t support;
 * assert(lgt_sparsemax_f32(&x[0][0], 4, &y[0][0], 4, &tau, &support, 1, 4) == LGT_OK);
 * assert(y[0][0] == 0.625f && y[0][1] == 0.375f && y[0][2] == 0);
 * assert(tau == 0.375 && support == 2);
 * ```
 */
LGT_API lgt_status lgt_sparsemax_f32(const float *x, size_t x_stride, float *y, size_t y_stride,
                                     double *tau, size_t *support, size_t rows, size_t cols);

/** `double` form of `lgt_sparsemax_f32`. */
LGT_API lgt_status lgt_sparsemax_f64(const double *x, size_t x_stride, double *y, size_t y_stride,
                                     double *tau, size_t *support, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_sparsemax_f32`; computed in f32. */
LGT_API lgt_status lgt_sparsemax_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y, size_t y_stride,
                                     double *tau, size_t *support, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_sparsemax_f32`; computed in f32. */
LGT_API lgt_status lgt_sparsemax_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                      size_t y_stride, double *tau, size_t *support, size_t rows,
                                      size_t cols);

/**
 * Gradient of `lgt_sparsemax_f32` through its result: `dx = J dy`.
 *
 * On the support `dx = dy - mean of dy over the support`, and 0 elsewhere, where `dy` is not
 * looked at. A row of `y` with a NaN gives NaN.
 *
 * # Shape
 * `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols. With rows =
 * 0 or cols = 0 nothing is written.
 *
 * # In place
 * `dx == dy` with equal strides is allowed; any other overlap of `dx` is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 4e-15 times the largest `|dy|` of the support, and the rounding to their type, from
 * the shares as they are given.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. F. T. Martins and R. F. Astudillo, "From Softmax to Sparsemax: A Sparse Model of Attention
 * and Multi-Label Classification" (2016), equation 3 and proposition 1.
 *
 * # Example
 * ```c
 * float y[1][3] = {{0.75f, 0.25f, 0}}, dy[1][3] = {{3, 1, 9}}, dx[1][3];
 * assert(lgt_sparsemax_grad_f32(&y[0][0], 3, &dy[0][0], 3, &dx[0][0], 3, 1, 3) == LGT_OK);
 * assert(dx[0][0] == 1 && dx[0][1] == -1 && dx[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_sparsemax_grad_f32(const float *y, size_t y_stride, const float *dy,
                                          size_t dy_stride, float *dx, size_t dx_stride,
                                          size_t rows, size_t cols);

/** `double` form of `lgt_sparsemax_grad_f32`. */
LGT_API lgt_status lgt_sparsemax_grad_f64(const double *y, size_t y_stride, const double *dy,
                                          size_t dy_stride, double *dx, size_t dx_stride,
                                          size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_sparsemax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_sparsemax_grad_f16(const lgt_f16 *y, size_t y_stride, const lgt_f16 *dy,
                                          size_t dy_stride, lgt_f16 *dx, size_t dx_stride,
                                          size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_sparsemax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_sparsemax_grad_bf16(const lgt_bf16 *y, size_t y_stride, const lgt_bf16 *dy,
                                           size_t dy_stride, lgt_bf16 *dx, size_t dx_stride,
                                           size_t rows, size_t cols);

/* ---- sparsemax_loss ---- */

/**
 * Sparsemax loss of each row, with its gradient in the logits.
 *
 * With `p` the row's sparsemax it is `p x - p p / 2 + 1 / 2 - x[label]`: 0 where the label exceeds
 * all others by 1, and at least 0. The gradient is `p`, less 1 for the label.
 *
 * -inf is a share of 0; a label at -inf has a loss of +inf. Entries at +inf share the mass: a
 * label that is not among them has a loss of +inf. A NaN makes its row NaN, and so does a row
 * with nothing above -inf, with `LGT_EMPTY_ROW`.
 *
 * # Shape
 * As `lgt_focal_f32` without `gamma`.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for the
 * mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 4e-15 times the larger of 1 and itself; its gradient as much, and
 * the rounding to its type. `total` is the exact sum, rounded once: the order of rows does not
 * matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. F. T. Martins and R. F. Astudillo, "From Softmax to Sparsemax: A Sparse Model of Attention
 * and Multi-Label Classification" (2016), section 3.
 *
 * # Example
 * ```c
 * float x[1][3] = {{0.5f, 0, -9}}, grad[1][3];
 * int32_t y[1] = {1};
 * double loss;
 * assert(lgt_sparsemax_loss_f32(&x[0][0], 3, y, LGT_I32, NULL, &loss, &grad[0][0], 3, NULL, 1, 3,
 *                               NULL) == LGT_OK);
 * assert(loss == 0.5625 && grad[0][0] == 0.75f && grad[0][1] == -0.75f && grad[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_sparsemax_loss_f32(const float *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const float *weights, double *loss,
                                          float *grad, size_t grad_stride, double *total,
                                          size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_sparsemax_loss_f32`. */
LGT_API lgt_status lgt_sparsemax_loss_f64(const double *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const double *weights, double *loss,
                                          double *grad, size_t grad_stride, double *total,
                                          size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_sparsemax_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_sparsemax_loss_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const float *weights, double *loss,
                                          lgt_f16 *grad, size_t grad_stride, double *total,
                                          size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_sparsemax_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_sparsemax_loss_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                           uint32_t label_type, const float *weights, double *loss,
                                           lgt_bf16 *grad, size_t grad_stride, double *total,
                                           size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- spearman ---- */

/** The result of `lgt_spearman`. */
typedef struct lgt_spearman_report {
  /** Rows. */
  uint64_t rows;
  /** Those with a NaN; all below is then NaN. */
  uint64_t nan_rows;
  /** The correlation; NaN if x or y is constant. */
  double r;
  /** Two-sided p-value of independence, by Student's t. */
  double p_value;
  /** Fisher's interval for the correlation. */
  double low;
  /** As above. */
  double high;
} lgt_spearman_report;

/**
 * Writes how many bytes of scratch `lgt_spearman` needs: 12 a row.
 *
 * # Shape
 * `n`: number of rows, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_spearman_scratch(size_t n, size_t *bytes);

/**
 * Spearman's rank correlation: Pearson's of the ranks, where equal numbers (-0 and 0
 * are) have the mean of theirs.
 *
 * `r` and `p_value` are those of scipy's `spearmanr`: two-sided, by Student's t with n - 2
 * degrees of freedom (of two rows it is 1, where scipy has NaN). `low` to `high` is
 * Fisher's interval, as scipy has it for `pearsonr`: -1 to 1 up to three rows. NaN if x or
 * y is constant. Infinities are numbers like others, at the ends. A NaN is counted in
 * `nan_rows` and makes the result NaN. A batch function over arrays and scratch of the
 * caller.
 *
 * # Shape
 * `x`, `y`: `n` numbers each. `level`: confidence of the interval, between 0 and 1.
 * `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
 * aligned, at least what `lgt_spearman_scratch` says, apart from the other arrays; what is
 * there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (level), `LGT_E_SCRATCH` (too small, not
 * aligned), `LGT_E_ALIAS`.
 * Advisory: `LGT_UNDEFINED` (less than two
 * rows, x or y constant, or a NaN).
 *
 * # Accuracy
 * Whole numbers, and a few roundings at the end: at most 1e-15. The same rows give the
 * same bits in any order.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * C. Spearman, "The proof and measurement of association between two things" (1904).
 *
 * # Example
 * ```c
 * float x[5] = {1, 2, 3, 4, 5}, y[5] = {5, 6, 7, 8, 7};
 * uint64_t scratch[3 * 3];
 * lgt_spearman_report report;
 * assert(lgt_spearman_f32(x, y, &report, 5, 0.95, scratch, sizeof scratch) == LGT_OK);
 * assert(report.r > 0.8207826 && report.r < 0.8207827);
 * ```
 */
LGT_API lgt_status lgt_spearman_f32(const float *x, const float *y, lgt_spearman_report *report,
                                    size_t n, double level, void *scratch, size_t scratch_size);

/** `double` form of `lgt_spearman_f32`. */
LGT_API lgt_status lgt_spearman_f64(const double *x, const double *y, lgt_spearman_report *report,
                                    size_t n, double level, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_spearman_f32`. */
LGT_API lgt_status lgt_spearman_f16(const lgt_f16 *x, const lgt_f16 *y, lgt_spearman_report *report,
                                    size_t n, double level, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_spearman_f32`. */
LGT_API lgt_status lgt_spearman_bf16(const lgt_bf16 *x, const lgt_bf16 *y,
                                     lgt_spearman_report *report, size_t n, double level,
                                     void *scratch, size_t scratch_size);

/* ---- spherical ---- */

/** The result of `lgt_spherical_finish`. */
typedef struct lgt_spherical_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those whose score is no number. */
  uint64_t nan_rows;
  /** The sum of weights. */
  double weight;
  /** The weighted mean score; NaN if nothing, or a NaN, was seen. */
  double spherical;
  /**
   * Its standard error, weights taken as repetitions; below 1e-8 of the mean it
   * is rounding.
   */
  double std_error;
} lgt_spherical_report;

/**
 * Writes how many bytes a state of `lgt_spherical` needs.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_spherical_size(size_t *bytes);

/**
 * Starts a state of the spherical score: the mean of
 * `p_label / sqrt(sum_c p_c^2)`, from 0 to 1.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_spherical_size` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_spherical_init(void *state, size_t size);

/**
 * Adds rows to a state of the spherical score: the mean of
 * `p_label / sqrt(sum_c p_c^2)`, from 0 to 1.
 *
 * The higher the better: 1 for all on the label, 1 / sqrt(cols) for a row that is
 * uniform. (R's `sphscore` of package `scoring` is turned round, so that lower is
 * better; what is proper is the same.) A row times any number has the same score:
 * rows need not sum to 1. A row whose score is not finite, as of zeros only, makes
 * the mean NaN (`nan_rows`).
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
 * T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and
 * estimation" (2007), example 4 with alpha = 2.
 *
 * # Example
 * ```c
 * uint64_t state[77];
 * float p[1][2] = {{0.75f, 1}};
 * int64_t y[1] = {0};
 * lgt_spherical_report report;
 * assert(lgt_spherical_init(state, sizeof state) == LGT_OK);
 * assert(lgt_spherical_update_f32(state, &p[0][0], 2, y, LGT_I64, NULL, 1, 2) == LGT_OK);
 * assert(lgt_spherical_finish(state, &report) == LGT_OK && report.spherical == 0.75 / 1.25);
 * ```
 */
LGT_API lgt_status lgt_spherical_update_f32(void *state, const float *x, size_t x_stride,
                                            const void *labels, uint32_t label_type,
                                            const float *weights, size_t rows, size_t cols);

/** `double` form of `lgt_spherical_update_f32`. */
LGT_API lgt_status lgt_spherical_update_f64(void *state, const double *x, size_t x_stride,
                                            const void *labels, uint32_t label_type,
                                            const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_spherical_update_f32`; computed in f32. */
LGT_API lgt_status lgt_spherical_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                            const void *labels, uint32_t label_type,
                                            const float *weights, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_spherical_update_f32`; computed in f32. */
LGT_API lgt_status lgt_spherical_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
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
LGT_API lgt_status lgt_spherical_merge(void *state, const void *other);

/**
 * Writes the result so far; the state can go on.
 *
 * # Shape
 * `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_spherical_finish(const void *state, lgt_spherical_report *report);

/* ---- spherical_family ---- */

/** The loss is an `lgt_z_loss`; parameters `a` and `b`. */
#define LGT_SPHERICAL_Z 0

/** The loss is an `lgt_taylor_loss`; no parameters. */
#define LGT_SPHERICAL_TAYLOR 1

/** The loss is an `lgt_spherical_loss`; `a` is its `eps`. */
#define LGT_SPHERICAL_SOFTMAX 2

/** The loss is an `lgt_squared_error`; no parameters. */
#define LGT_SPHERICAL_SQUARED_ERROR 3

/**
 * Losses of the spherical family from the three numbers of a row that they depend on,
 * with the derivatives in them: the label's output, the sum of all outputs and the sum of
 * their squares.
 *
 * The three add up over shards of the classes: each shard gives its own sums, and the one
 * that holds the label its output. With the derivatives `d_own`, `d_sum` and `d_squares`
 * the gradient in output `k` is `d_sum + 2 d_squares o_k`, and `d_own` more at the label:
 * each shard has its part of it without the others' outputs. `lgt_spherical_layer_forward`
 * writes the three without any other output, and `lgt_spherical_layer_step` takes the
 * derivatives.
 *
 * The variance of the Z-loss is `squares / classes - (sum / classes)^2`: where outputs lie
 * far from 0 for their spread, `lgt_z_loss_f32`, which sees them, keeps what is lost here.
 * What is not finite makes all four results NaN.
 *
 * # Shape
 * `kind`: an `LGT_SPHERICAL_` number. `a`, `b`: the loss's parameters, in its ranges;
 * not looked at where it has none. `own`, `sum`, `squares`: `n` numbers each. `classes`:
 * how many outputs a row has, at least 1. `loss`, `d_own`, `d_sum`, `d_squares`: `n`
 * numbers each, or NULL.
 *
 * # In place
 * An output may be one of the inputs; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION` (kind), `LGT_E_VALUE` (a, b, classes), `LGT_E_SIZE`,
 * `LGT_E_ALIAS`.
 *
 * # Accuracy
 * Losses and derivatives within 4e-15 of those of the numbers given, relative to the
 * largest term that they are made of.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * P. Vincent, A. de Brebisson and X. Bouthillier, "Efficient Exact Gradient Update for
 * training Deep Networks with Very Large Sparse Targets" (2015); A. de Brebisson and
 * P. Vincent, "The Z-loss: a shift and scale invariant classification loss belonging to
 * the Spherical Family" (2016).
 *
 * # Example
 * ```c
 * double own = 2, sum = 2, squares = 6, loss, d_own, d_sum, d_squares;
 * assert(lgt_spherical_family(LGT_SPHERICAL_TAYLOR, 0, 0, &own, &sum, &squares, 4, &loss,
 *                             &d_own, &d_sum, &d_squares, 1) == LGT_OK);
 * assert(loss > 0.58778 && loss < 0.58779 && d_own == -3.0 / 5 && d_sum == 1.0 / 9);
 * ```
 */
LGT_API lgt_status lgt_spherical_family(uint32_t kind, double a, double b, const double *own,
                                        const double *sum, const double *squares, uint64_t classes,
                                        double *loss, double *d_own, double *d_sum,
                                        double *d_squares, size_t n);

/* ---- spherical_layer ---- */

/**
 * Writes how many bytes a layer needs: 32 + 24 dims^2 + 16 dims, and 8 classes dims (with
 * `LGT_F32` 4, up to a multiple of 8).
 *
 * # Shape
 * `classes`, `dims`: at least 1. `storage`: `LGT_F64`, or `LGT_F32` for weights in
 * single precision, all else in double. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`; `LGT_E_VALUE` (classes, dims, storage, or more than 4 GiB: split the classes
 * over several layers).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_spherical_layer_size(uint32_t classes, uint32_t dims, uint32_t storage,
                                            size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_spherical_layer_forward`,
 * `lgt_spherical_layer_step` and `lgt_spherical_layer_check` need.
 *
 * # Shape
 * `rows`: the most inputs of a call. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_spherical_layer_scratch(uint32_t dims, size_t rows, size_t *bytes);

/**
 * Starts a linear layer of many outputs, trained by gradient descent under a loss of the
 * spherical family, whose steps cost the same however many outputs there are.
 *
 * `lgt_spherical_layer_forward` gives of each input the outputs of its labels, the sum of all
 * outputs and that of their squares; `lgt_spherical_family` makes of them the loss and its
 * derivatives; `lgt_spherical_layer_step` takes those, changes the weights exactly as plain
 * gradient descent would, and gives the gradients in the inputs. A layer is plain bytes of
 * doubles: it may be stored and sent, but layers are not merged.
 *
 * # Shape
 * `layer`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_spherical_layer_size` says of the same `classes`, `dims` and `storage`. `weights`:
 * classes x dims, row-major, stride in elements, at least dims; NULL for zeros.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE`
 * (classes, dims, storage), `LGT_E_ALIAS`.
 *
 * Thread safety: any thread, one at a time for one layer.
 */
LGT_API lgt_status lgt_spherical_layer_init(void *layer, size_t size, uint32_t classes,
                                            uint32_t dims, uint32_t storage, const double *weights,
                                            size_t weights_stride);

/**
 * Writes, for each input, the outputs of its labels, the sum of all outputs and that of
 * their squares: all that a loss of the spherical family wants to know. No other output is
 * computed; the cost does not depend on how many there are.
 *
 * # Shape
 * `h`: inputs, rows x dims, row-major, stride in elements, at least dims. `labels`: rows x
 * targets, one after the other, 0 to classes - 1, of the integer type `label_type`; any
 * number of targets, also none. `own`: rows x targets. `sum`, `squares`: one number a row.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, as `lgt_spherical_layer_scratch` says.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_STATE`,
 * `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
 *
 * Thread safety: any thread, as long as no other changes the layer; scratch of its own.
 */
LGT_API lgt_status lgt_spherical_layer_forward(const void *layer, const double *h, size_t h_stride,
                                               const void *labels, uint32_t label_type,
                                               size_t targets, double *own, double *sum,
                                               double *squares, size_t rows, void *scratch,
                                               size_t scratch_size);

/**
 * A step of gradient descent on the weights of a layer, and the gradients in its inputs.
 *
 * With `O` the outputs of the inputs `H` and `G` the gradient of the loss in them, `G_ik =
 * d_sum_i + 2 d_squares_i O_ik`, and `d_own` more at each label: the weights `W` become `(1 -
 * rate decay) W - rate G' H`, and the gradients in the inputs are `G W`, of the weights
 * before. That is what is done with all outputs at hand, but for rounding; here it takes `rows
 * dims^2 + rows^2 dims + rows targets dims + rows^3 + (rows targets)^2` operations, however
 * many classes there are. A label may stand several times in a batch, or in a row: its terms
 * add up. A mean over rows is the caller's: divide the three by the number of rows.
 *
 * Over many steps what is kept drifts by rounding: look at it by
 * `lgt_spherical_layer_check`, and start afresh by `lgt_spherical_layer_refactor`. Classes may
 * be split over layers: `sum` and `squares` of all add up before the derivatives are taken,
 * a label's `d_own` goes to the layer that has it and is 0 (with any label) for the others,
 * and the gradients in the inputs add up.
 *
 * # Shape
 * As `lgt_spherical_layer_forward`. `d_own`: rows x targets. `d_sum`, `d_squares`: one
 * number a row. `rate`: the learning rate, finite. `decay`: from 0 on, with `rate decay`
 * from 0 to below 1; half of it times the squared weights is what is added to the loss.
 * `d_h`: rows x dims, stride in elements, or NULL.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_STATE`,
 * `LGT_E_SCRATCH`, `LGT_E_ALIAS`; `LGT_E_VALUE` if a number given is not finite, or decay is
 * out of its range, or the step leaves `U` without an inverse: with one input where `2 rate
 * d_squares |h|^2 = 1`; a smaller rate does not. The layer is then as it was.
 *
 * # Accuracy
 * Against steps with all outputs: weights and gradients within 1e-9 of their largest, after
 * 60 steps.
 *
 * Thread safety: any thread, one at a time for one layer.
 *
 * # Source
 * P. Vincent, A. de Brebisson and X. Bouthillier, "Exact gradient updates in time
 * independent of output size for the spherical loss family" (2016).
 *
 * # Example
 * ```c
 * double w[4][2] = {{1, 0}, {0, 1}, {1, 1}, {-1, 0.5}}, h[2] = {1, 2}, dh[2];
 * double own, sum, squares, loss, d_own, d_sum, d_squares;
 * uint64_t layer[4 + 3 * 4 + 2 * 2 + 8], scratch[100];
 * uint8_t label = 1;
 * assert(lgt_spherical_layer_init(layer, sizeof layer, 4, 2, LGT_F64, w[0], 2) ==
 *        LGT_OK);
 * assert(lgt_spherical_layer_forward(layer, h, 2, &label, LGT_U8, 1, &own, &sum, &squares, 1,
 *                                    scratch, sizeof scratch) == LGT_OK);
 * assert(own == 2 && sum == 6 && squares == 14);
 * assert(lgt_spherical_family(LGT_SPHERICAL_Z, 1, 0, &own, &sum, &squares, 4, &loss, &d_own,
 *                             &d_sum, &d_squares, 1) == LGT_OK);
 * assert(lgt_spherical_layer_step(layer, h, 2, &label, LGT_U8, 1, &d_own, &d_sum, &d_squares,
 *                                 0.1, 0, dh, 2, 1, scratch, sizeof scratch) == LGT_OK);
 * assert(dh[0] > 0.17442 && dh[0] < 0.17443);
 * ```
 */
LGT_API lgt_status lgt_spherical_layer_step(void *layer, const double *h, size_t h_stride,
                                            const void *labels, uint32_t label_type, size_t targets,
                                            const double *d_own, const double *d_sum,
                                            const double *d_squares, double rate, double decay,
                                            double *d_h, size_t d_h_stride, size_t rows,
                                            void *scratch, size_t scratch_size);

/**
 * Writes rows of the weights of a layer.
 *
 * # Shape
 * `first`: the first class, of `rows` that follow each other. `weights`: rows x dims,
 * row-major, stride in elements, at least dims. `scratch`: 8 dims bytes, 8-byte aligned.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL` (no such classes),
 * `LGT_E_STATE`, `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
 *
 * Thread safety: any thread, as long as no other changes the layer; scratch of its own.
 */
LGT_API lgt_status lgt_spherical_layer_rows(const void *layer, size_t first, double *weights,
                                            size_t weights_stride, size_t rows, void *scratch,
                                            size_t scratch_size);

/**
 * Starts a layer afresh from its own weights: what is kept beside them is found anew, so
 * that what rounding has added up is gone. It takes `classes dims^2` operations.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`.
 *
 * Thread safety: any thread, one at a time for one layer.
 */
LGT_API lgt_status lgt_spherical_layer_refactor(void *layer);

/**
 * Says whether `size` bytes are a layer, and how far what is kept beside the weights has
 * drifted by rounding. Any bytes may be asked about.
 *
 * # Shape
 * `layer`: `size` bytes, 8-byte aligned. `inverse`, `gram`, `sums`: one number each, or NULL
 * for what is not asked for: `inverse` takes `dims^3` operations, the other two
 * `classes dims^2`. They are the largest difference between `U` times its inverse and the
 * identity; between the Gram matrix kept and that of the weights, over its largest entry;
 * and the same of the sum of all rows, over the most that it could be. `scratch`: as
 * `lgt_spherical_layer_scratch` says, also of no rows; NULL if nothing is asked for.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
 *
 * Thread safety: any thread, as long as no other changes the layer; scratch of its own.
 */
LGT_API lgt_status lgt_spherical_layer_check(const void *layer, size_t size, double *inverse,
                                             double *gram, double *sums, void *scratch,
                                             size_t scratch_size);

/* ---- spherical_loss ---- */

/**
 * Negative logarithm of the spherical softmax of each row's label, with its gradient in
 * the outputs.
 *
 * The share of an output is `x^2 + eps` over the sum of that over the row: signs do not
 * matter. `eps` keeps the loss finite where the label's output is 0. A row with an entry
 * that is not finite, or with squares that overflow (beyond 1e19 in f32), is NaN. The
 * spherical score of probabilities is another thing: `lgt_spherical_update_f32`.
 *
 * # Shape
 * `x`: outputs, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a
 * row from 0 to 2^63, or NULL for 1 each; a row of weight 0 has a loss of 0 and a
 * gradient of zeros. `eps`: from 1e-300
 * to 1e6; 1e-4 is usual. `loss`: each row's own loss, without its weight, or NULL.
 * `grad`: rows x cols, or NULL: the gradient of the reduced loss, times `grad_scale`.
 * `total`: the reduced loss, or NULL. `opts`: NULL for the defaults.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * eps, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the
 * mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) times the larger of 1 and its size. Its gradient
 * as much, relative to the largest derivative there can be, `1 / sqrt(eps)`, besides the
 * rounding to its type.
 * `total` is the exact sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. de Brebisson and P. Vincent, "An Exploration of Softmax Alternatives Belonging to the
 * Spherical Loss Family" (2016).
 *
 * # Example
 * ```c
 * float x[1][4] = {{2, 0, -1, 1}}, grad[1][4];
 * int32_t y[1] = {0};
 * double loss;
 * assert(lgt_spherical_loss_f32(&x[0][0], 4, y, LGT_I32, NULL, 1e-4, &loss, &grad[0][0], 4,
 *                               NULL, 1, 4, NULL) == LGT_OK);
 * assert(loss > 0.40550 && loss < 0.40551 && grad[0][1] == 0);
 * ```
 */
LGT_API lgt_status lgt_spherical_loss_f32(const float *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const float *weights, double eps,
                                          double *loss, float *grad, size_t grad_stride,
                                          double *total, size_t rows, size_t cols,
                                          const lgt_loss_opts *opts);

/** `double` form of `lgt_spherical_loss_f32`. */
LGT_API lgt_status lgt_spherical_loss_f64(const double *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const double *weights, double eps,
                                          double *loss, double *grad, size_t grad_stride,
                                          double *total, size_t rows, size_t cols,
                                          const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_spherical_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_spherical_loss_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const float *weights, double eps,
                                          double *loss, lgt_f16 *grad, size_t grad_stride,
                                          double *total, size_t rows, size_t cols,
                                          const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_spherical_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_spherical_loss_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                           uint32_t label_type, const float *weights, double eps,
                                           double *loss, lgt_bf16 *grad, size_t grad_stride,
                                           double *total, size_t rows, size_t cols,
                                           const lgt_loss_opts *opts);

/* ---- spherical_softmax ---- */

/**
 * Spherical softmax of each row: shares in proportion to `x^2 + eps`.
 *
 * The sign of a score does not matter, and with `eps` = 0 nor does its scale. -inf is
 * masked: a share of 0, without `eps`. Scores at +inf share their row equally. A NaN makes
 * its row NaN, and so does a row with nothing above -inf, with `LGT_EMPTY_ROW`; one of
 * zeros with `eps` = 0 is NaN with `LGT_UNDEFINED`. Any finite scores are good, however
 * large or small.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `eps`: from 0
 * to 1e30; 1e-4, say.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (eps), `LGT_E_ALIAS`.
 * Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED`.
 *
 * # Accuracy
 * A share: at most 1e-6 (f64: 4e-15) relative, besides the rounding to its type, and 1e-30
 * absolute. A row's sum is 1 within as much.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. de Brebisson and P. Vincent, "An Exploration of Softmax Alternatives Belonging to the
 * Spherical Loss Family" (2016).
 *
 * # Example
 * ```c
 * float x[1][2] = {{-1, 2}}, y[1][2];
 * assert(lgt_spherical_softmax_f32(&x[0][0], 2, &y[0][0], 2, 0, 1, 2) == LGT_OK);
 * assert(y[0][0] > 0.19999f && y[0][0] < 0.20001f);
 * ```
 */
LGT_API lgt_status lgt_spherical_softmax_f32(const float *x, size_t x_stride, float *y,
                                             size_t y_stride, double eps, size_t rows, size_t cols);

/** `double` form of `lgt_spherical_softmax_f32`. */
LGT_API lgt_status lgt_spherical_softmax_f64(const double *x, size_t x_stride, double *y,
                                             size_t y_stride, double eps, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_spherical_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_spherical_softmax_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y,
                                             size_t y_stride, double eps, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_spherical_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_spherical_softmax_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                              size_t y_stride, double eps, size_t rows,
                                              size_t cols);

/**
 * Gradient of `lgt_spherical_softmax_f32`: `dx = 2 x (dy - sum y dy) / sum (x^2 + eps)`.
 *
 * It takes what the map was applied to. Masked scores have 0, and so have all of a row
 * with a score at +inf. NaN, empty and undefined rows are as there.
 *
 * # Shape
 * `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
 * in `x`. Each rows x cols, row-major, strides in elements, at least cols. `eps`: as
 * there.
 *
 * # In place
 * `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (eps), `LGT_E_ALIAS`.
 * Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED`.
 *
 * # Accuracy
 * At most 2e-6 (f64: 8e-15) times `|2 x| / sum (x^2 + eps)` times the largest size of a
 * `dy` of the row, besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As for `lgt_spherical_softmax_f32`.
 *
 * # Example
 * ```c
 * float x[1][2] = {{-1, 2}}, dy[1][2] = {{0, 1}};
 * assert(lgt_spherical_softmax_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 0, 1, 2) ==
 *        LGT_OK);
 * assert(x[0][0] > 0.319f && x[0][0] < 0.321f && x[0][1] > 0.159f && x[0][1] < 0.161f);
 * ```
 */
LGT_API lgt_status lgt_spherical_softmax_grad_f32(const float *x, size_t x_stride, const float *dy,
                                                  size_t dy_stride, float *dx, size_t dx_stride,
                                                  double eps, size_t rows, size_t cols);

/** `double` form of `lgt_spherical_softmax_grad_f32`. */
LGT_API lgt_status lgt_spherical_softmax_grad_f64(const double *x, size_t x_stride,
                                                  const double *dy, size_t dy_stride, double *dx,
                                                  size_t dx_stride, double eps, size_t rows,
                                                  size_t cols);

/** `lgt_f16` form of `lgt_spherical_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_spherical_softmax_grad_f16(const lgt_f16 *x, size_t x_stride,
                                                  const lgt_f16 *dy, size_t dy_stride, lgt_f16 *dx,
                                                  size_t dx_stride, double eps, size_t rows,
                                                  size_t cols);

/** `lgt_bf16` form of `lgt_spherical_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_spherical_softmax_grad_bf16(const lgt_bf16 *x, size_t x_stride,
                                                   const lgt_bf16 *dy, size_t dy_stride,
                                                   lgt_bf16 *dx, size_t dx_stride, double eps,
                                                   size_t rows, size_t cols);

/* ---- spline ---- */

/** The spline is fitted to hits less scores, which are probabilities. */
#define LGT_SPLINE_DIFFERENCE 0

/** The spline is fitted to hits; of scores only the order is used. */
#define LGT_SPLINE_HITS 1

/**
 * Options of `lgt_spline_fit`. Fill with `lgt_spline_opts_default`, then change what is to
 * be different.
 */
typedef struct lgt_spline_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** Knots of the spline, from 2 to 32; default 6. */
  uint32_t knots;
  /**
   * What it is fitted to: `LGT_SPLINE_DIFFERENCE`, which is the default, or
   * `LGT_SPLINE_HITS`.
   */
  uint32_t target;
  /** Must be 0. */
  uint32_t reserved;
} lgt_spline_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any thread, any
 * time.
 */
LGT_API void lgt_spline_opts_default(lgt_spline_opts *opts);

/**
 * Writes how many bytes a model of `lgt_spline` takes at most: 40, 8 a knot, and 16 a row
 * up to 1024 rows.
 *
 * # Shape
 * `rows`: number of rows. `opts`: NULL for the defaults. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (options).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_spline_size(size_t rows, const lgt_spline_opts *opts, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_spline_fit` needs: twice the bytes of a score a row
 * (at least 6), with weights 8 a row and those of a score. Half of the former is touched only
 * where scores are not next to one another.
 *
 * # Shape
 * `rows`: number of rows, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of a score, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_spline_scratch(size_t rows, size_t score_size, uint32_t weighted,
                                      size_t *bytes);

/**
 * Fits a spline calibrator to held-out scores of two classes: along rows in order of their
 * scores, the slope of the curve to which hits add up is the probability of a hit.
 *
 * With weights w, labels y and scores s in order, and W the sum of weights, let F_i be the
 * share of weight up to score i and D(F_i) the sum of w (y - s) up to it over W; D is 0 at 0
 * and straight between. Rows of one score are one step of it. The spline g is the natural
 * cubic spline over knots at 0, 1 / (k - 1), .. 1 with the least integral of (g - D)^2 over
 * 0 .. 1. The value at score i is s_i + g'(F_i), with the mean of g' from F_(i - 1) to F_i,
 * which is g' there but for scores of many rows. With `LGT_SPLINE_HITS`, D is of w y alone and
 * the value g'(F_i): it depends on nothing but the order of scores, which may be of any kind.
 * Between scores values are on straight lines, below the lowest and above the highest
 * constant; all are held in 0 .. 1. They need not rise with the score, and where they are 0 or
 * 1 a loss may be infinite.
 *
 * The authors' program takes the sum of (g - D)^2 over rows, at fractions (i - 1) / (n - 1),
 * and of rows of one score each in the order it comes in: without ties, values differ
 * from these by about 1 / n.
 *
 * The model is bytes of the caller: its head (`lgt_model_head`), g at its knots, then scores,
 * rising, and as many values, not held in 0 .. 1. Of up to 1024 different scores all are
 * there, of more the first and last in each 512th of the weight, and that after a score of two
 * or more of those: lines between them differ from the values by no more than g' changes along
 * a 256th. `nll_before` is the mean loss of scores taken as probabilities, NaN if one is
 * outside 0 .. 1; `nll_after` that of the fitted function. `fit_status`, which is also returned,
 * is `LGT_OK`; or `LGT_DEGENERATE` where there is one class or one score, and the function is
 * the mean label, or where no row counts: scores are then left as they are, with
 * `LGT_SPLINE_HITS` it is 0.5. g is then 0.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_spline_size` says. `x`: `rows`
 * scores, `x_stride` elements from one to the next. `labels`: as many times 0 or 1, of the
 * integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many numbers from 0 to
 * 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `opts`: NULL
 * for the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
 * `lgt_spline_scratch` says, apart from the other arrays; what is there before does not
 * matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment of
 * the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score that is
 * NaN, or with `LGT_SPLINE_DIFFERENCE` outside 0 .. 1.01), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The
 * model is then as it was. Advisory: `LGT_DEGENERATE`.
 *
 * # Accuracy
 * Values within 1e-10 of the exact ones, losses of the fitted function within 1e-12,
 * relative. The order of rows does not change a bit.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * K. Gupta, A. Rahimi, T. Ajanthan, T. Mensink, C. Sminchisescu, R. Hartley, "Calibration of
 * Neural Networks using Splines" (2021), sections 3 and 4.
 *
 * # Example
 * ```c
 * double x[8] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
 * uint8_t y[8] = {0, 0, 1, 0, 1, 1, 0, 1};
 * uint64_t model[40], scratch[16];
 * assert(lgt_spline_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 8, NULL, scratch,
 *                           sizeof scratch) == LGT_OK);
 * assert(lgt_spline_apply_f64(model, x, 1, x, 1, 8) == LGT_OK);
 * assert(x[0] < x[3] && x[5] > 0.5);
 * ```
 */
LGT_API lgt_status lgt_spline_fit_f32(void *model, size_t size, const float *x, size_t x_stride,
                                      const void *labels, uint32_t label_type, const float *weights,
                                      size_t rows, const lgt_spline_opts *opts, void *scratch,
                                      size_t scratch_size);

/** `double` form of `lgt_spline_fit_f32`. */
LGT_API lgt_status lgt_spline_fit_f64(void *model, size_t size, const double *x, size_t x_stride,
                                      const void *labels, uint32_t label_type,
                                      const double *weights, size_t rows,
                                      const lgt_spline_opts *opts, void *scratch,
                                      size_t scratch_size);

/** `lgt_f16` form of `lgt_spline_fit_f32`. */
LGT_API lgt_status lgt_spline_fit_f16(void *model, size_t size, const lgt_f16 *x, size_t x_stride,
                                      const void *labels, uint32_t label_type, const float *weights,
                                      size_t rows, const lgt_spline_opts *opts, void *scratch,
                                      size_t scratch_size);

/** `lgt_bf16` form of `lgt_spline_fit_f32`. */
LGT_API lgt_status lgt_spline_fit_bf16(void *model, size_t size, const lgt_bf16 *x, size_t x_stride,
                                       const void *labels, uint32_t label_type,
                                       const float *weights, size_t rows,
                                       const lgt_spline_opts *opts, void *scratch,
                                       size_t scratch_size);

/**
 * Calibrated probabilities: the fitted function at new scores.
 *
 * NaN stays NaN; infinite scores are in order as others are. Where the model has infinite
 * scores, values are as those of `lgt_isotonic_apply_f32`.
 *
 * # Shape
 * `model`: a fitted model. `x`: `rows` scores, `y`: `rows` probabilities; strides in
 * elements, at least 1.
 *
 * # In place
 * `y` may be `x` with the same stride.
 *
 * # Errors
 * `LGT_E_STATE` if the bytes at `model` are no model of this kind, `LGT_E_NULL`,
 * `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * 4e-16 and one rounding to the type of `y`, times what is lost of a score near another.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_spline_fit_f32`.
 *
 * # Example
 * ```c
 * float x[4] = {0.25f, 0.25f, 0.75f, 0.75f}, y;
 * uint8_t labels[4] = {0, 1, 1, 1};
 * uint64_t model[24], scratch[4];
 * assert(lgt_spline_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 4, NULL, scratch,
 *                           sizeof scratch) == LGT_OK);
 * float score = 0;
 * assert(lgt_spline_apply_f32(model, &score, 1, &y, 1, 1) == LGT_OK);
 * assert(y > 0.48f && y < 0.52f);
 * ```
 */
LGT_API lgt_status lgt_spline_apply_f32(const void *model, const float *x, size_t x_stride,
                                        float *y, size_t y_stride, size_t rows);

/** `double` form of `lgt_spline_apply_f32`. */
LGT_API lgt_status lgt_spline_apply_f64(const void *model, const double *x, size_t x_stride,
                                        double *y, size_t y_stride, size_t rows);

/** `lgt_f16` form of `lgt_spline_apply_f32`. */
LGT_API lgt_status lgt_spline_apply_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                        lgt_f16 *y, size_t y_stride, size_t rows);

/** `lgt_bf16` form of `lgt_spline_apply_f32`. */
LGT_API lgt_status lgt_spline_apply_bf16(const void *model, const lgt_bf16 *x, size_t x_stride,
                                         lgt_bf16 *y, size_t y_stride, size_t rows);

/* ---- squared_error ---- */

/**
 * Squared error of each row against its label's unit vector, `sum_k (x_k - y_k)^2` with
 * `y` = 1 at the label and 0 elsewhere, with its gradient in the outputs.
 *
 * It is the sum over the row, not its mean over columns: divide by cols for that. For
 * probabilities it is the Brier score. A row with an entry that is not finite, or with
 * squares that overflow (beyond 1e19 in f32), is NaN.
 *
 * # Shape
 * `x`: outputs, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a
 * row from 0 to 2^63, or NULL for 1 each; a row of weight 0 has a loss of 0 and a
 * gradient of zeros. `loss`: each row's own loss, without its weight, or NULL.
 * `grad`: rows x cols, or NULL: the gradient of the reduced loss, times `grad_scale`.
 * `total`: the reduced loss, or NULL. `opts`: NULL for the defaults.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the
 * mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) times the sum of the row's squares and 1. Its
 * gradient as much, relative to its largest entry, besides the rounding to its type.
 * `total` is the exact sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Plain arithmetic; as a member of the spherical family, A. de Brebisson and P. Vincent, "An
 * Exploration of Softmax Alternatives Belonging to the Spherical Loss Family" (2016).
 *
 * # Example
 * ```c
 * float x[1][4] = {{2, 0, -1, 1}}, grad[1][4];
 * int32_t y[1] = {0};
 * double loss;
 * assert(lgt_squared_error_f32(&x[0][0], 4, y, LGT_I32, NULL, &loss, &grad[0][0], 4, NULL, 1,
 *                              4, NULL) == LGT_OK);
 * assert(loss == 3 && grad[0][0] == 2 && grad[0][2] == -2);
 * ```
 */
LGT_API lgt_status lgt_squared_error_f32(const float *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const float *weights, double *loss,
                                         float *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_squared_error_f32`. */
LGT_API lgt_status lgt_squared_error_f64(const double *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const double *weights, double *loss,
                                         double *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_squared_error_f32`; computed in f32. */
LGT_API lgt_status lgt_squared_error_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const float *weights, double *loss,
                                         lgt_f16 *grad, size_t grad_stride, double *total,
                                         size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_squared_error_f32`; computed in f32. */
LGT_API lgt_status lgt_squared_error_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                          uint32_t label_type, const float *weights, double *loss,
                                          lgt_bf16 *grad, size_t grad_stride, double *total,
                                          size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- streaming_auroc ---- */

/** The result of `lgt_streaming_auroc_finish`. */
typedef struct lgt_streaming_auroc_report {
  /** All rows. */
  uint64_t rows;
  /** Those whose score is NaN; all below but the counts is then NaN. */
  uint64_t nan_rows;
  /** Other rows of label 1. */
  uint64_t positives;
  /** Other rows of label 0. */
  uint64_t negatives;
  /** How many rows there may be, without those that are NaN. */
  uint64_t capacity;
  /** The area under the ROC curve. */
  double auroc;
  /** The average precision: the mean over positives of the precision at their score. */
  double average_precision;
  /** The variance of the AUROC; NaN unless there are two rows of each label. */
  double variance;
  /** The root of that. */
  double std_error;
  /** The lower bound of the AUROC's normal interval, at least 0. */
  double low;
  /** Its upper bound, at most 1. */
  double high;
  /** The lower bound of the interval that is normal for the AUROC's logit. */
  double logit_low;
  /** Its upper bound. */
  double logit_high;
} lgt_streaming_auroc_report;

/**
 * Writes how many bytes a state of `lgt_streaming_auroc` needs: 40, and 8 a row.
 *
 * # Shape
 * `capacity`: the most rows there may be, 1 to 536,870,906, so that the size has 32
 * bits. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (capacity).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_streaming_auroc_size(uint32_t capacity, size_t *bytes);

/**
 * Starts a state of AUROC and average precision that keeps every score.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_streaming_auroc_size` says. `capacity`: 1 to 536,870,906.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (capacity).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_streaming_auroc_init(void *state, size_t size, uint32_t capacity);

/**
 * Adds scores of two classes to a state that keeps them all, in order: AUROC, average
 * precision and DeLong's variance of any number of parts are exactly those of all rows
 * at once.
 *
 * The state is its rows, sorted: 8 bytes for a score of any type and its label. New rows
 * are sorted and merged in, in place; that moves what is there, so prefer few calls. If
 * there is no room for all of them the call is refused and nothing changed: merge into a
 * larger state, or count in `lgt_binned_auroc`. One label alone has no AUROC; a single
 * row of a label has no variance. -0 is equal to 0, infinities are scores like any
 * others. A NaN takes no room, is counted in `nan_rows` and makes the result NaN.
 * Weights are not taken.
 *
 * # Shape
 * `x`: `rows` scores. `labels`: `rows` times 0 or 1, of the integer type `label_type`
 * (`LGT_I8` to `LGT_U64`).
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (no room), `LGT_E_LABEL`, `LGT_E_STATE`. The state is then
 * as it was.
 *
 * # Accuracy
 * As `lgt_delong`; of the average precision, relative 2e-15. The same rows give the same
 * bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * As `lgt_delong`; for the average precision, W. Su, Y. Yuan and M. Zhu, "A Relationship
 * between the Average Precision and the Area Under the ROC Curve" (2015).
 *
 * # Example
 * ```c
 * uint64_t state[5 + 8];
 * double x[4] = {3, 2, 2, 1};
 * uint8_t y[4] = {1, 1, 0, 0};
 * lgt_streaming_auroc_report report;
 * assert(lgt_streaming_auroc_init(state, sizeof state, 8) == LGT_OK);
 * assert(lgt_streaming_auroc_update_f64(state, x, y, LGT_U8, 4) == LGT_OK);
 * assert(lgt_streaming_auroc_finish(state, 0.95, &report) == LGT_OK);
 * assert(report.auroc == 0.875 && report.variance == 0.03125);
 * assert(lgt_streaming_auroc_update_f64(state, x, y, LGT_U8, 4) == LGT_OK);
 * assert(lgt_streaming_auroc_update_f64(state, x, y, LGT_U8, 1) == LGT_E_SIZE);
 * ```
 */
LGT_API lgt_status lgt_streaming_auroc_update_f32(void *state, const float *x, const void *labels,
                                                  uint32_t label_type, size_t rows);

/** `double` form of `lgt_streaming_auroc_update_f32`. */
LGT_API lgt_status lgt_streaming_auroc_update_f64(void *state, const double *x, const void *labels,
                                                  uint32_t label_type, size_t rows);

/** `lgt_f16` form of `lgt_streaming_auroc_update_f32`. */
LGT_API lgt_status lgt_streaming_auroc_update_f16(void *state, const lgt_f16 *x, const void *labels,
                                                  uint32_t label_type, size_t rows);

/** `lgt_bf16` form of `lgt_streaming_auroc_update_f32`. */
LGT_API lgt_status lgt_streaming_auroc_update_bf16(void *state, const lgt_bf16 *x,
                                                   const void *labels, uint32_t label_type,
                                                   size_t rows);

/**
 * Adds what another state has seen, whatever its capacity: the other's rows take room in
 * this one.
 *
 * # Shape
 * Two states of `lgt_streaming_auroc`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SIZE` (no room), `LGT_E_ALIAS`. The state is then
 * as it was.
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_streaming_auroc_merge(void *state, const void *other);

/**
 * Writes AUROC and average precision of all rows so far.
 *
 * # Shape
 * `state`: a state of `lgt_streaming_auroc`. `confidence`: of the intervals for the
 * AUROC, above 0 and below 1. `report`: one struct.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (confidence). Advisory:
 * `LGT_UNDEFINED` (a
 * NaN was there, or fewer than two rows of a label).
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_streaming_auroc_finish(const void *state, double confidence,
                                              lgt_streaming_auroc_report *report);

/* ---- tau_cross_entropy ---- */

/**
 * The loss by which a temperature is learnt along with the logits: for each row
 * `tau ln sum exp(x / tau) - x_y + (rho - ln n) tau`, with its derivatives in `x` and in
 * `tau`.
 *
 * It is the value of robust optimisation over distributions whose divergence from
 * uniform is at most `rho`; the part of it that is subtracted there, `tau_min rho`, is a
 * constant and is left out. `dx = softmax(x / tau) - y`, without a factor `1 / tau`, and
 * `dtau = rho - KL(softmax(x / tau) || uniform)`, which is 0 at the temperature of
 * `lgt_dro_temperature`. The loss is convex in `tau`. It may be negative.
 *
 * `n` counts the entries above -inf: an entry at -inf is masked, and the row is as if it
 * were not there. A label that is masked has a loss of +inf; its `dx` is -1. With
 * entries at +inf, which share the mass, the loss is +inf unless the label is one of
 * them. A NaN makes its row NaN, and so does a row with nothing above -inf, with
 * `LGT_EMPTY_ROW`.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type`. `taus`: `tau_count`
 * numbers from 1e-6 to 1e6, one for all rows or one a row; or NULL for 1. `rho`: any
 * finite number. `loss`, `dtau`: one number a row, or NULL. `dx`: rows x cols, or NULL.
 *
 * # In place
 * `dx == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_SHAPE`
 * (`tau_count`), `LGT_E_VALUE` (taus, rho), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * The loss: at most 1e-6 (f64: 4e-15) times the larger of 1 and `ln n`, times `tau`,
 * besides the rounding of `max x - x_y` in double. `dtau` as much, without `tau`. `dx`: at
 * most 1e-6 (f64: 4e-15), besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Z.-H. Qiu et al., "To Cool or not to Cool? Temperature Network Meets Large Foundation
 * Models via DRO" (2024), the robust loss with a temperature a sample.
 *
 * # Example
 * ```c
 * float x[1][4] = {{2, 1, 0, -1}};
 * int32_t y[1] = {1};
 * double loss, dtau;
 * assert(lgt_tau_cross_entropy_f32(&x[0][0], 4, y, LGT_I32, NULL, 0, 0.5, &loss, NULL, 0, &dtau,
 *                                  1, 4) == LGT_OK);
 * assert(loss > 0.5538 && loss < 0.5540 && dtau > 0.0612 && dtau < 0.0613);
 * ```
 */
LGT_API lgt_status lgt_tau_cross_entropy_f32(const float *x, size_t x_stride, const void *labels,
                                             uint32_t label_type, const double *taus,
                                             size_t tau_count, double rho, double *loss, float *dx,
                                             size_t dx_stride, double *dtau, size_t rows,
                                             size_t cols);

/** `double` form of `lgt_tau_cross_entropy_f32`. */
LGT_API lgt_status lgt_tau_cross_entropy_f64(const double *x, size_t x_stride, const void *labels,
                                             uint32_t label_type, const double *taus,
                                             size_t tau_count, double rho, double *loss, double *dx,
                                             size_t dx_stride, double *dtau, size_t rows,
                                             size_t cols);

/** `lgt_f16` form of `lgt_tau_cross_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_tau_cross_entropy_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                             uint32_t label_type, const double *taus,
                                             size_t tau_count, double rho, double *loss,
                                             lgt_f16 *dx, size_t dx_stride, double *dtau,
                                             size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_tau_cross_entropy_f32`; computed in f32. */
LGT_API lgt_status lgt_tau_cross_entropy_bf16(const lgt_bf16 *x, size_t x_stride,
                                              const void *labels, uint32_t label_type,
                                              const double *taus, size_t tau_count, double rho,
                                              double *loss, lgt_bf16 *dx, size_t dx_stride,
                                              double *dtau, size_t rows, size_t cols);

/* ---- taylor_loss ---- */

/**
 * Negative logarithm of the Taylor softmax of each row's label, with its gradient in the
 * outputs.
 *
 * The share of an output is `1 + x + x^2 / 2` over the sum of that over the row: the first
 * terms of the exponential, at least 1/2 for any `x`. A row with an entry that is not
 * finite, or with squares that overflow (beyond 1e19 in f32), is NaN.
 *
 * # Shape
 * `x`: outputs, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a
 * row from 0 to 2^63, or NULL for 1 each; a row of weight 0 has a loss of 0 and a
 * gradient of zeros. `loss`: each row's own loss, without its weight, or NULL.
 * `grad`: rows x cols, or NULL: the gradient of the reduced loss, times `grad_scale`.
 * `total`: the reduced loss, or NULL. `opts`: NULL for the defaults.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the
 * mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) times the larger of 1 and its size. Its gradient
 * as much, besides the rounding to its type.
 * `total` is the exact sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. de Brebisson and P. Vincent, "An Exploration of Softmax Alternatives Belonging to the
 * Spherical Loss Family" (2016).
 *
 * # Example
 * ```c
 * float x[1][4] = {{2, 0, -1, 1}}, grad[1][4];
 * int32_t y[1] = {0};
 * double loss;
 * assert(lgt_taylor_loss_f32(&x[0][0], 4, y, LGT_I32, NULL, &loss, &grad[0][0], 4, NULL, 1,
 *                            4, NULL) == LGT_OK);
 * assert(loss > 0.58778 && loss < 0.58779 && grad[0][2] == 0);
 * ```
 */
LGT_API lgt_status lgt_taylor_loss_f32(const float *x, size_t x_stride, const void *labels,
                                       uint32_t label_type, const float *weights, double *loss,
                                       float *grad, size_t grad_stride, double *total, size_t rows,
                                       size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_taylor_loss_f32`. */
LGT_API lgt_status lgt_taylor_loss_f64(const double *x, size_t x_stride, const void *labels,
                                       uint32_t label_type, const double *weights, double *loss,
                                       double *grad, size_t grad_stride, double *total, size_t rows,
                                       size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_taylor_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_taylor_loss_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                       uint32_t label_type, const float *weights, double *loss,
                                       lgt_f16 *grad, size_t grad_stride, double *total,
                                       size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_taylor_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_taylor_loss_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, const float *weights, double *loss,
                                        lgt_bf16 *grad, size_t grad_stride, double *total,
                                        size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- taylor_softmax ---- */

/**
 * Taylor softmax of each row: shares in proportion to the Taylor polynomial of `exp` of an
 * even order, `1 + x + x^2 / 2` for 2.
 *
 * Such a polynomial is above 0 everywhere, so every score has a share; but the order of
 * scores below the least of the polynomial (-1 for order 2) turns round, and shares depend
 * on more than differences of scores. -inf is masked: a share of 0. Scores at +inf share
 * their row equally. A NaN makes its row NaN, and so does a row with nothing above -inf,
 * with `LGT_EMPTY_ROW`. Any finite scores are good, however large.
 *
 * # Shape
 * `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `order`: 2, 4
 * or 6.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (order), `LGT_E_ALIAS`.
 * Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * A share: at most 3e-6 (f64: 1.2e-14) relative, besides the rounding to its type. A row's
 * sum is 1 within as much.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. de Brebisson and P. Vincent, "An Exploration of Softmax Alternatives Belonging to the
 * Spherical Loss Family" (2016).
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 2}}, y[1][2];
 * assert(lgt_taylor_softmax_f32(&x[0][0], 2, &y[0][0], 2, 2, 1, 2) == LGT_OK);
 * assert(y[0][0] > 0.16666f && y[0][0] < 0.16667f);
 * ```
 */
LGT_API lgt_status lgt_taylor_softmax_f32(const float *x, size_t x_stride, float *y,
                                          size_t y_stride, uint32_t order, size_t rows,
                                          size_t cols);

/** `double` form of `lgt_taylor_softmax_f32`. */
LGT_API lgt_status lgt_taylor_softmax_f64(const double *x, size_t x_stride, double *y,
                                          size_t y_stride, uint32_t order, size_t rows,
                                          size_t cols);

/** `lgt_f16` form of `lgt_taylor_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_taylor_softmax_f16(const lgt_f16 *x, size_t x_stride, lgt_f16 *y,
                                          size_t y_stride, uint32_t order, size_t rows,
                                          size_t cols);

/** `lgt_bf16` form of `lgt_taylor_softmax_f32`; computed in f32. */
LGT_API lgt_status lgt_taylor_softmax_bf16(const lgt_bf16 *x, size_t x_stride, lgt_bf16 *y,
                                           size_t y_stride, uint32_t order, size_t rows,
                                           size_t cols);

/**
 * Gradient of `lgt_taylor_softmax_f32`: `dx = a' (dy - sum y dy) / sum a`, where `a` is
 * the polynomial and `a'` its derivative.
 *
 * It takes what the map was applied to. Masked scores have 0, and so have all of a row
 * with a score at +inf. NaN and empty rows are as there.
 *
 * # Shape
 * `x`: what the function was applied to; `dy`: the gradient in what came out; `dx`: that
 * in `x`. Each rows x cols, row-major, strides in elements, at least cols. `order`: as
 * there.
 *
 * # In place
 * `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
 * `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (order), `LGT_E_ALIAS`.
 * Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * At most 6e-6 (f64: 2.4e-14) times `a'(|x|) / sum a` times the largest size of a `dy`
 * of the row, besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As for `lgt_taylor_softmax_f32`.
 *
 * # Example
 * ```c
 * float x[1][2] = {{0, 2}}, dy[1][2] = {{0, 1}};
 * assert(lgt_taylor_softmax_grad_f32(&x[0][0], 2, &dy[0][0], 2, &x[0][0], 2, 2, 1, 2) == LGT_OK);
 * assert(x[0][0] < -0.138f && x[0][0] > -0.139f && x[0][1] > 0.083f && x[0][1] < 0.084f);
 * ```
 */
LGT_API lgt_status lgt_taylor_softmax_grad_f32(const float *x, size_t x_stride, const float *dy,
                                               size_t dy_stride, float *dx, size_t dx_stride,
                                               uint32_t order, size_t rows, size_t cols);

/** `double` form of `lgt_taylor_softmax_grad_f32`. */
LGT_API lgt_status lgt_taylor_softmax_grad_f64(const double *x, size_t x_stride, const double *dy,
                                               size_t dy_stride, double *dx, size_t dx_stride,
                                               uint32_t order, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_taylor_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_taylor_softmax_grad_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *dy,
                                               size_t dy_stride, lgt_f16 *dx, size_t dx_stride,
                                               uint32_t order, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_taylor_softmax_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_taylor_softmax_grad_bf16(const lgt_bf16 *x, size_t x_stride,
                                                const lgt_bf16 *dy, size_t dy_stride, lgt_bf16 *dx,
                                                size_t dx_stride, uint32_t order, size_t rows,
                                                size_t cols);

/* ---- temperature_loss ---- */

/** What `lgt_temperature_loss_finish` writes for each temperature. */
typedef struct lgt_temperature_loss_report {
  /** Rows of weight above 0. */
  uint64_t rows;
  /** Those whose loss is finite at no temperature: then all below is NaN. */
  uint64_t lost_rows;
  /** The sum of weights. */
  double weight;
  /** The temperature. */
  double temperature;
  /** Mean negative log-likelihood. */
  double nll;
  /** Its derivative in 1 / T; NaN if the state keeps none for this temperature. */
  double slope;
  /** Its second derivative, likewise. */
  double curvature;
} lgt_temperature_loss_report;

/**
 * Writes how many bytes a state of `lgt_temperature_loss` needs.
 *
 * # Shape
 * As `lgt_temperature_loss_init`; `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`; `LGT_E_VALUE` where `init` refuses.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_temperature_loss_size(const double *temperatures, uint32_t count,
                                             uint32_t derivatives, size_t *bytes);

/**
 * Starts a state of the negative log-likelihood of `softmax(x / T)` at some
 * temperatures: what a fit asks of the data, so that it can ask it of shards.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what
 * `lgt_temperature_loss_size` says. `temperatures`: `count` numbers, 1 to 4, from 1e-6
 * to 1e6. `derivatives`: of how many of them, the first ones, the derivatives are kept
 * too; losses alone are cheaper.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_temperature_loss_init(void *state, size_t size, const double *temperatures,
                                             uint32_t count, uint32_t derivatives);

/**
 * Adds rows to a state of the negative log-likelihood of `softmax(x / T)` at some
 * temperatures.
 *
 * All temperatures are looked at in one pass over the rows. A row whose loss is finite
 * at no temperature (a NaN, an entry at +inf, a label at -inf) is counted in
 * `lost_rows`, and every mean is then NaN.
 *
 * # Shape
 * As `lgt_temperature_fit_f32`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
 * (weights), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 from f32 (f64: 1e-13) of the larger of itself and its
 * logits' distances over T. Sums over rows are exact.
 * The same rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * As `lgt_temperature_fit_f32`; the derivatives are cumulants of the logits under
 * `softmax(x / T)`.
 *
 * # Example
 * ```c
 * uint64_t state[193];
 * float x[1][2] = {{2, 0}};
 * uint8_t y[1] = {0};
 * double temperature = 2;
 * lgt_temperature_loss_report report;
 * assert(lgt_temperature_loss_init(state, sizeof state, &temperature, 1, 1) == LGT_OK);
 * assert(lgt_temperature_loss_update_f32(state, &x[0][0], 2, y, LGT_U8, NULL, 1, 2) == LGT_OK);
 * assert(lgt_temperature_loss_finish(state, &report, 1) == LGT_OK);
 * assert(report.nll > 0.31326 && report.nll < 0.31327 && report.slope < 0);
 * ```
 */
LGT_API lgt_status lgt_temperature_loss_update_f32(void *state, const float *x, size_t x_stride,
                                                   const void *labels, uint32_t label_type,
                                                   const float *weights, size_t rows, size_t cols);

/** `double` form of `lgt_temperature_loss_update_f32`. */
LGT_API lgt_status lgt_temperature_loss_update_f64(void *state, const double *x, size_t x_stride,
                                                   const void *labels, uint32_t label_type,
                                                   const double *weights, size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_temperature_loss_update_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_loss_update_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                                   const void *labels, uint32_t label_type,
                                                   const float *weights, size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_temperature_loss_update_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_loss_update_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
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
LGT_API lgt_status lgt_temperature_loss_merge(void *state, const void *other);

/**
 * Writes the result so far, for each temperature; the state can go on.
 *
 * # Shape
 * `reports`: `count` structs, at least one a temperature of the state, in their order.
 * NaN with `LGT_UNDEFINED` if nothing, or a row without a finite loss, was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE` (`count`). Advisory: `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_temperature_loss_finish(const void *state,
                                               lgt_temperature_loss_report *reports, size_t count);

/* ---- temperature_net ---- */

/**
 * A temperature for each row of features, by a network with one hidden layer:
 * `T = clamp(w2 relu(W1 f + b1) + b2, t_min, t_max)`.
 *
 * It is small, and computed in double. A NaN among the features or parameters makes `T`
 * NaN where it is met.
 *
 * # Shape
 * `x`: features, rows x inputs, row-major, stride in elements, at least inputs.
 * `parameters`: hidden (inputs + 2) + 1 numbers: `W1` (hidden x inputs, row by row),
 * `b1` (hidden), `w2` (hidden), `b2`. `t`: one number a row. `hidden`: at most 1024.
 * `t_min`, `t_max`: from 1e-6 to 1e6.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (`t_min`, `t_max`),
 * `LGT_E_ALIAS`.
 *
 * # Accuracy
 * That of plain sums in double.
 *
 * Stack: 8 KiB, for the hidden units.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_ca_loss_update_f32`, whose network has 12 features, 5 hidden units, and bounds
 * of 0.1 and 10.
 *
 * # Example
 * ```c
 * float f[1][1] = {{2}};
 * double parameters[4] = {1, 0.5, 2, 0.25}, t; // W1, b1, w2, b2
 * assert(lgt_temperature_net_f32(&f[0][0], 1, parameters, &t, 1, 1, 1, 0.1, 10) == LGT_OK);
 * assert(t == 5.25);
 * ```
 */
LGT_API lgt_status lgt_temperature_net_f32(const float *x, size_t x_stride,
                                           const double *parameters, double *t, size_t rows,
                                           size_t inputs, size_t hidden, double t_min,
                                           double t_max);

/** `double` form of `lgt_temperature_net_f32`. */
LGT_API lgt_status lgt_temperature_net_f64(const double *x, size_t x_stride,
                                           const double *parameters, double *t, size_t rows,
                                           size_t inputs, size_t hidden, double t_min,
                                           double t_max);

/** `lgt_f16` form of `lgt_temperature_net_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_net_f16(const lgt_f16 *x, size_t x_stride,
                                           const double *parameters, double *t, size_t rows,
                                           size_t inputs, size_t hidden, double t_min,
                                           double t_max);

/** `lgt_bf16` form of `lgt_temperature_net_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_net_bf16(const lgt_bf16 *x, size_t x_stride,
                                            const double *parameters, double *t, size_t rows,
                                            size_t inputs, size_t hidden, double t_min,
                                            double t_max);

/**
 * The gradient of a loss through `lgt_temperature_net_f32`, from its derivatives in the
 * temperatures (of `lgt_ca_loss_grad`, say): in the parameters, summed over rows, and
 * in the features.
 *
 * Where a temperature is clamped its row's gradient is 0; `relu` has none at 0.
 *
 * # Shape
 * As `lgt_temperature_net_f32`. `dt`: one number a row. `dparameters`: as many as
 * `parameters`, in their order. `dx`: rows x inputs, without space between rows, or NULL.
 * Both are written over, and apart from all else.
 *
 * # Errors
 * As `lgt_temperature_net_f32`.
 *
 * # Accuracy
 * That of plain sums in double, row after row.
 *
 * Stack: 8 KiB, for the hidden units.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_temperature_net_f32`.
 *
 * # Example
 * ```c
 * float f[1][1] = {{2}};
 * double parameters[4] = {1, 0.5, 2, 0.25}, dt = 1, d[4], df;
 * assert(lgt_temperature_net_grad_f32(&f[0][0], 1, parameters, &dt, d, &df, 1, 1, 1, 0.1, 10) == LGT_OK);
 * assert(d[0] == 4 && d[1] == 2 && d[2] == 2.5 && d[3] == 1 && df == 2);
 * ```
 */
LGT_API lgt_status lgt_temperature_net_grad_f32(const float *x, size_t x_stride,
                                                const double *parameters, const double *dt,
                                                double *dparameters, double *dx, size_t rows,
                                                size_t inputs, size_t hidden, double t_min,
                                                double t_max);

/** `double` form of `lgt_temperature_net_grad_f32`. */
LGT_API lgt_status lgt_temperature_net_grad_f64(const double *x, size_t x_stride,
                                                const double *parameters, const double *dt,
                                                double *dparameters, double *dx, size_t rows,
                                                size_t inputs, size_t hidden, double t_min,
                                                double t_max);

/** `lgt_f16` form of `lgt_temperature_net_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_net_grad_f16(const lgt_f16 *x, size_t x_stride,
                                                const double *parameters, const double *dt,
                                                double *dparameters, double *dx, size_t rows,
                                                size_t inputs, size_t hidden, double t_min,
                                                double t_max);

/** `lgt_bf16` form of `lgt_temperature_net_grad_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_net_grad_bf16(const lgt_bf16 *x, size_t x_stride,
                                                 const double *parameters, const double *dt,
                                                 double *dparameters, double *dx, size_t rows,
                                                 size_t inputs, size_t hidden, double t_min,
                                                 double t_max);

/* ---- temperature_rows ---- */

/**
 * `softmax(x / T)` with a temperature for each row: what a model that predicts
 * temperatures asks for.
 *
 * # Shape
 * `temperatures`: one number a row, from 1e-30 to 1e30, away from `y`. `x`: logits, `y`:
 * probabilities, rows x cols, row-major, strides in elements, at least cols.
 *
 * # In place
 * As `lgt_softmax_f32`.
 *
 * # Errors
 * `LGT_E_VALUE` if a temperature is NaN or out of range, `LGT_E_ALIAS` if they overlap
 * `y`; otherwise as `lgt_softmax_f32`. Nothing is written then. Advisory:
 * `LGT_EMPTY_ROW`.
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
 * float x[2][2] = {{2, 0}, {2, 0}}, y[2][2], t[2] = {1, 2};
 * assert(lgt_temperature_rows_apply_f32(t, &x[0][0], 2, &y[0][0], 2, 2, 2) == LGT_OK);
 * assert(y[0][0] > 0.8807f && y[0][0] < 0.8809f && y[1][0] > 0.7310f && y[1][0] < 0.7311f);
 * ```
 */
LGT_API lgt_status lgt_temperature_rows_apply_f32(const float *temperatures, const float *x,
                                                  size_t x_stride, float *y, size_t y_stride,
                                                  size_t rows, size_t cols);

/** `double` form of `lgt_temperature_rows_apply_f32`. */
LGT_API lgt_status lgt_temperature_rows_apply_f64(const double *temperatures, const double *x,
                                                  size_t x_stride, double *y, size_t y_stride,
                                                  size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_temperature_rows_apply_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_rows_apply_f16(const float *temperatures, const lgt_f16 *x,
                                                  size_t x_stride, lgt_f16 *y, size_t y_stride,
                                                  size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_temperature_rows_apply_f32`; computed in f32. */
LGT_API lgt_status lgt_temperature_rows_apply_bf16(const float *temperatures, const lgt_bf16 *x,
                                                   size_t x_stride, lgt_bf16 *y, size_t y_stride,
                                                   size_t rows, size_t cols);

/* ---- temperature_search ---- */

/** Where a fit of temperature stands. Plain bytes: store or send it. */
typedef struct lgt_temperature_search {
  /** What these bytes are. */
  lgt_state_head head;
  /** How the fit ended, an `lgt_status`; before that, `LGT_NOT_CONVERGED`. */
  int32_t status;
  /** Passes over the data so far. */
  uint32_t iterations;
  /** How many temperatures to evaluate next: 0 when it is done. */
  uint32_t count;
  /** How many of them, the first ones, with derivatives. */
  uint32_t derivatives;
  /** The first. */
  double next;
  /** The second: 1, at the start, for the loss before. */
  double beside;
  /** Mean negative log-likelihood at temperature 1; NaN before it is known. */
  double nll_before;
  /** The same at the best temperature so far. */
  double nll_after;
  /** The best temperature so far. */
  double temperature;
  /** The options. */
  double tol;
  /** As above. */
  double t_min;
  /** As above. */
  double t_max;
  /** Where 1 / T may be. */
  double low;
  /** As above. */
  double high;
  /** Passes over the data at most. */
  uint32_t max_iter;
  /**
   * How often in a row the slope pointed the same way; 2^30 is added once it has
   * pointed up, 2^31 once it has pointed down.
   */
  uint32_t turns;
} lgt_temperature_search;

/**
 * Starts a fit of temperature that is told about the data step by step, so that it may
 * lie in many places.
 *
 * As long as `count` in the struct is above 0: let `lgt_temperature_search_state` start
 * a state of `lgt_temperature_loss`; give each shard a copy to update with
 * `lgt_temperature_loss_update_f32`; merge them; give the result to
 * `lgt_temperature_search_step`. Then `lgt_temperature_search_model` writes the model. `lgt_temperature_fit_f32` does the
 * same: from the same `start` of the options the model has the same bytes, however the
 * rows were split.
 *
 * # Shape
 * `search`: one struct. `opts`: NULL for the defaults; where `start` is 0 the search
 * starts from T = 1, having no rows to take a sample of.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (options). The struct is then as it was.
 *
 * # Accuracy
 * As `lgt_temperature_fit_f32`.
 *
 * Thread safety: any thread, one at a time for one struct.
 *
 * # Source
 * As `lgt_temperature_fit_f32`.
 *
 * # Example
 * ```c
 * float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}};
 * uint8_t y[4] = {0, 0, 0, 1};
 * uint64_t state[353];
 * lgt_temperature_search search;
 * lgt_temperature_model model;
 * assert(lgt_temperature_search_init(&search, NULL) == LGT_OK);
 * while (search.count > 0) {
 *     assert(lgt_temperature_search_state(&search, state, sizeof state) == LGT_OK);
 *     assert(lgt_temperature_loss_update_f32(state, x[0], 2, y, LGT_U8, NULL, 4, 2) == LGT_OK);
 *     assert(lgt_temperature_search_step(&search, state) == LGT_OK);
 * }
 * assert(lgt_temperature_search_model(&search, &model) == LGT_OK);
 * assert(model.temperature > 3.640 && model.temperature < 3.642);
 * ```
 */
LGT_API lgt_status lgt_temperature_search_init(lgt_temperature_search *search,
                                               const lgt_temperature_opts *opts);

/**
 * Starts a state of what a search wants to know next of the data: an
 * `lgt_temperature_loss` at its temperatures.
 *
 * # Shape
 * `search`: one struct, started, its `count` above 0. `state`: `size` bytes of the
 * caller, 8-byte aligned; 2824 are enough.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`; `LGT_E_STATE` (alignment, or no search); `LGT_E_MISMATCH`
 * if the search is done.
 *
 * Thread safety: any thread, as long as no other changes the search.
 */
LGT_API lgt_status lgt_temperature_search_state(const lgt_temperature_search *search, void *state,
                                                size_t size);

/**
 * Tells a search what was found of the data at the temperatures it asked for.
 *
 * # Shape
 * `search`: one struct, started. `state`: an `lgt_temperature_loss` that has seen all
 * rows.
 *
 * # Errors
 * `LGT_E_NULL`; `LGT_E_STATE` if either is not what it should be; `LGT_E_MISMATCH` if
 * the state is of other temperatures, or the search is done; `LGT_E_VALUE` if a row's
 * loss is finite at no temperature. The search is then as it was.
 *
 * Thread safety: any thread, one at a time for one search.
 */
LGT_API lgt_status lgt_temperature_search_step(lgt_temperature_search *search, const void *state);

/**
 * Writes the model that a search has found, or the best so far.
 *
 * # Shape
 * `search`, `model`: one struct each.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`. Advisory: how the fit ended, as
 * `lgt_temperature_fit_f32`; `LGT_NOT_CONVERGED` before the end.
 *
 * Thread safety: any thread, as long as no other changes the search.
 */
LGT_API lgt_status lgt_temperature_search_model(const lgt_temperature_search *search,
                                                lgt_temperature_model *model);

/* ---- tempnet ---- */

/**
 * Writes how many bytes of scratch `lgt_tempnet` takes: 8 for each hidden unit and
 * each output.
 *
 * # Shape
 * `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_tempnet_scratch(size_t hidden, size_t outputs, size_t *bytes);

/**
 * A temperature for each row, by TempNet's head: `h = sigmoid(W1 x / |x| + b1)`,
 * `v = W2 h + b2`, `w = softmax(v / e^s)`, and
 * `tau = tau_min + (tau_max - tau_min) sigmoid(sum_j a_j (w_j - 1 / m) v_j + c)`, where
 * `m` is the number of outputs.
 *
 * It is small, and computed in double. A row that is 0 is taken as it is: a length below
 * 1e-12 counts as that. A NaN makes its row's temperature NaN.
 *
 * # Shape
 * `x`: rows x inputs, row-major, stride in elements, at least inputs. `parameters`:
 * hidden (inputs + 1) + outputs (hidden + 2) + 2 numbers: `W1` (hidden x inputs, row by
 * row), `b1` (hidden), `W2` (outputs x hidden, row by row), `b2` (outputs), `s`, `a`
 * (outputs), `c`. `tau`: one number a row. `scratch`: `scratch_size` bytes, 8-byte
 * aligned, at least what `lgt_tempnet_scratch` says, apart from the other arrays.
 * `outputs`: at least 1. `tau_min`, `tau_max`: from 1e-6 to 1e6.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (no outputs, `tau_min`,
 * `tau_max`), `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * That of plain sums in double.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_tau_cross_entropy_f32`, section on TempNet; with the authors' code the row is
 * first divided by its length.
 *
 * # Example
 * ```c
 * float x[1][2] = {{3, 4}};
 * double p[] = {1, 0, 0, 1, 0, 0, 1, -1, 0.5, 2, 0, 0.1, 0, 1, 1, 0}, tau;
 * uint64_t scratch[4];
 * assert(lgt_tempnet_f32(&x[0][0], 2, p, &tau, 1, 2, 2, 2, 0.01, 2, scratch, sizeof scratch) == LGT_OK);
 * assert(tau > 1.32725 && tau < 1.32726);
 * ```
 */
LGT_API lgt_status lgt_tempnet_f32(const float *x, size_t x_stride, const double *parameters,
                                   double *tau, size_t rows, size_t inputs, size_t hidden,
                                   size_t outputs, double tau_min, double tau_max, void *scratch,
                                   size_t scratch_size);

/** `double` form of `lgt_tempnet_f32`. */
LGT_API lgt_status lgt_tempnet_f64(const double *x, size_t x_stride, const double *parameters,
                                   double *tau, size_t rows, size_t inputs, size_t hidden,
                                   size_t outputs, double tau_min, double tau_max, void *scratch,
                                   size_t scratch_size);

/** `lgt_f16` form of `lgt_tempnet_f32`; computed in f32. */
LGT_API lgt_status lgt_tempnet_f16(const lgt_f16 *x, size_t x_stride, const double *parameters,
                                   double *tau, size_t rows, size_t inputs, size_t hidden,
                                   size_t outputs, double tau_min, double tau_max, void *scratch,
                                   size_t scratch_size);

/** `lgt_bf16` form of `lgt_tempnet_f32`; computed in f32. */
LGT_API lgt_status lgt_tempnet_bf16(const lgt_bf16 *x, size_t x_stride, const double *parameters,
                                    double *tau, size_t rows, size_t inputs, size_t hidden,
                                    size_t outputs, double tau_min, double tau_max, void *scratch,
                                    size_t scratch_size);

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

/* ---- top_label_calibration ---- */

/**
 * Writes how many bytes a model of `lgt_top_label_calibration` takes at most. It is cols + 2 numbers, a model of the method for all rows, and one for each class.
 * What a fit has used is in its head, and `lgt_model_size` says it.
 *
 * # Shape
 * `rows`, `cols`: of the data. `weighted`: 1 if weights are given, else 0. `opts`: NULL
 * for the defaults. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`weighted`, options), `LGT_E_OPTION`, `LGT_E_SIZE` (4 GiB
 * or more).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_top_label_calibration_size(size_t rows, size_t cols, uint32_t weighted,
                                                  const lgt_reduction_opts *opts, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_top_label_calibration_fit` needs: for each row 9 bytes, with
 * weights 17, and what the method needs for the same rows.
 *
 * # Shape
 * As `lgt_top_label_calibration_size`.
 *
 * # Errors
 * As `lgt_top_label_calibration_size`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_top_label_calibration_scratch(size_t rows, size_t cols, uint32_t weighted,
                                                     const lgt_reduction_opts *opts, size_t *bytes);

/**
 * Fits a calibrator of two classes, right or wrong, to the largest probability of the rows
 * with each predicted class, the first of equal ones; classes that fewer than `min_rows`
 * rows are predicted to be share one that is fitted to all rows.
 *
 * `opts` names the calibrator (`method`), isotonic by default, and may give the options of
 * its own fit. `x` holds probabilities. nll_before and nll_after are the mean negative
 * log-likelihood of "right or wrong" under the largest probability before and after, NaN
 * where it is not in 0 .. 1; iterations are of all fits together. `fit_status` and the
 * return value are `LGT_OK` if all fits are, else the status of highest number among
 * theirs.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_top_label_calibration_size` says, apart from
 * the other arrays. `x`: rows x cols, row-major, stride in elements, at least cols.
 * `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`.
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`: `scratch_size`
 * bytes, 8-byte aligned, at least what `lgt_top_label_calibration_scratch` says, apart from the other
 * arrays.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
 * `LGT_E_VALUE` (weights, options, a score that the method does not take), `LGT_E_STATE`
 * (`model` not aligned), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as it was.
 * Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * That of the method.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * C. Gupta and A. Ramdas, "Top-label Calibration and Multiclass-to-binary Reductions"
 * (2022), for the top label.
 *
 * # Example
 * ```c
 * float p[4][2] = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.2f, 0.8f}};
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t model[256], scratch[256];
 * assert(lgt_top_label_calibration_fit_f32(model, sizeof model, &p[0][0], 2, y, LGT_U8, NULL, 4, 2, NULL,
 *                        scratch, sizeof scratch) == LGT_DEGENERATE);
 * assert(lgt_model_check(model, sizeof model) == LGT_OK);
 * ```
 */
LGT_API lgt_status lgt_top_label_calibration_fit_f32(void *model, size_t size, const float *x,
                                                     size_t x_stride, const void *labels,
                                                     uint32_t label_type, const float *weights,
                                                     size_t rows, size_t cols,
                                                     const lgt_reduction_opts *opts, void *scratch,
                                                     size_t scratch_size);

/** `double` form of `lgt_top_label_calibration_fit_f32`. */
LGT_API lgt_status lgt_top_label_calibration_fit_f64(void *model, size_t size, const double *x,
                                                     size_t x_stride, const void *labels,
                                                     uint32_t label_type, const double *weights,
                                                     size_t rows, size_t cols,
                                                     const lgt_reduction_opts *opts, void *scratch,
                                                     size_t scratch_size);

/** `lgt_f16` form of `lgt_top_label_calibration_fit_f32`. */
LGT_API lgt_status lgt_top_label_calibration_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                                     size_t x_stride, const void *labels,
                                                     uint32_t label_type, const float *weights,
                                                     size_t rows, size_t cols,
                                                     const lgt_reduction_opts *opts, void *scratch,
                                                     size_t scratch_size);

/** `lgt_bf16` form of `lgt_top_label_calibration_fit_f32`. */
LGT_API lgt_status lgt_top_label_calibration_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                                      size_t x_stride, const void *labels,
                                                      uint32_t label_type, const float *weights,
                                                      size_t rows, size_t cols,
                                                      const lgt_reduction_opts *opts, void *scratch,
                                                      size_t scratch_size);

/**
 * Rows in which the largest probability is replaced by the calibrated one, and the others
 * share the rest as they did before: equally where they were all 0. The calibrated one
 * may then be no longer the largest; it stands where it stood. A NaN makes its row NaN; of
 * one column the value is the calibrated one.
 *
 * # Shape
 * `model`: a fitted model. `x`, `y`: rows x cols, row-major, strides in elements, at
 * least cols.
 *
 * # In place
 * `y` may be `x`, with the same stride.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` if the bytes at `model` are no such model, `LGT_E_SHAPE` if
 * it is one of another number of classes, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * That of the method, and two roundings to the type of `y`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_top_label_calibration_fit_f32`.
 *
 * # Example
 * ```c
 * float p[4][2] = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.2f, 0.8f}}, q[4][2];
 * uint8_t y[4] = {0, 0, 1, 1};
 * uint64_t model[256], scratch[256];
 * assert(lgt_top_label_calibration_fit_f32(model, sizeof model, &p[0][0], 2, y, LGT_U8, NULL, 4, 2, NULL,
 *                        scratch, sizeof scratch) == LGT_DEGENERATE);
 * assert(lgt_top_label_calibration_apply_f32(model, &p[0][0], 2, &q[0][0], 2, 4, 2) == LGT_OK);
 * assert(q[0][0] == 1 && q[0][1] == 0);
 * ```
 */
LGT_API lgt_status lgt_top_label_calibration_apply_f32(const void *model, const float *x,
                                                       size_t x_stride, float *y, size_t y_stride,
                                                       size_t rows, size_t cols);

/** `double` form of `lgt_top_label_calibration_apply_f32`. */
LGT_API lgt_status lgt_top_label_calibration_apply_f64(const void *model, const double *x,
                                                       size_t x_stride, double *y, size_t y_stride,
                                                       size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_top_label_calibration_apply_f32`. */
LGT_API lgt_status lgt_top_label_calibration_apply_f16(const void *model, const lgt_f16 *x,
                                                       size_t x_stride, lgt_f16 *y, size_t y_stride,
                                                       size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_top_label_calibration_apply_f32`. */
LGT_API lgt_status lgt_top_label_calibration_apply_bf16(const void *model, const lgt_bf16 *x,
                                                        size_t x_stride, lgt_bf16 *y,
                                                        size_t y_stride, size_t rows, size_t cols);

/* ---- uskd ---- */

/** Ranks are those among all classes; the label's is left out afterwards. */
#define LGT_ZIPF_ALL 0

/** Ranks are those among the classes other than the label. */
#define LGT_ZIPF_OTHERS 1

/**
 * Options of `lgt_uskd`. Fill with `lgt_uskd_opts_default`, then change what is to be
 * different.
 */
typedef struct lgt_uskd_opts {
  /** The size of this struct in bytes. */
  uint32_t struct_size;
  /** An `LGT_REDUCTION_`; default `LGT_REDUCTION_SUM`. */
  uint32_t reduction;
  /** Gradients are multiplied by this. Default 1; finite. */
  double grad_scale;
  /** Weight of the label's part. Default 1; finite, at least 0. */
  double alpha;
  /** Weight of the other classes' part. Default 0.1; finite, at least 0. */
  double beta;
  /** Weight of the weak head's part. Default 0.005; finite, at least 0. */
  double mu;
  /** What the weak head's target has for all classes alike. Default 0.1; from 0 to 1. */
  double smoothing;
  /** An `LGT_ZIPF_`; default `LGT_ZIPF_ALL`. */
  uint32_t order;
  /**
   * 1 for the student's part of a score made of logarithms of shares, as it is in the
   * authors' code; default 0.
   */
  uint32_t compat;
} lgt_uskd_opts;

/**
 * Writes the default options. Does nothing for NULL. Thread safety: any
 * thread, any time.
 */
LGT_API void lgt_uskd_opts_default(lgt_uskd_opts *opts);

/**
 * How many bytes of scratch `lgt_uskd_f32`, `lgt_zipf_targets_f32` and their other forms
 * need. `LGT_E_SIZE` from 2^31 columns on, `LGT_E_NULL`. Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_uskd_scratch(size_t cols, size_t *bytes);

/**
 * Distillation without a teacher, from soft labels of the student's own making, with its
 * gradients: for a whole batch, since the labels' targets depend on it.
 *
 * With `S` the softmax of the student's logits, `W` that of a weak head's and `y` the label,
 * the loss is `alpha L_t + beta L_n + mu L_w`: `L_t = -p_y ln S_y` with
 * `p_y = S_y^2 + 1 - mean S_y^2` over the batch; `L_n = -sum z_i ln S^_i` over the classes
 * other than the label, `S^` their shares among themselves, `z` by Zipf's law: `1 / rank`,
 * made to add up to 1, of the score `W_i / (1 - W_y + 1e-6) + S_i / (1 - S_y + 1e-6)`;
 * `L_w = -sum t_i ln W_i` with `t` the label, smoothed. Targets are constants: nothing is
 * differentiated through `p_y` and `z`. The mean is weighted by the rows' weights. Equal
 * scores are ranked in order of index. With one class there is no `L_n`.
 *
 * -inf is a share of 0: where it has a target, the loss is +inf. Entries at +inf share the
 * mass. A NaN in either makes the row NaN, and so does a row of either with nothing above
 * -inf, with `LGT_EMPTY_ROW`; such rows are not in the mean of squares.
 *
 * # Shape
 * `x`, `weak`: logits, rows x cols, row-major, strides in elements, at least cols. `labels`:
 * one class a row, 0 to cols - 1, of the integer type `label_type`. `weights`, `loss`,
 * `total`: as `lgt_focal_f32`; the authors' loss is the mean. `grad`, `weak_grad`: rows x
 * cols, or NULL: the gradient of the reduced loss in `x` and in `weak`, times `grad_scale`.
 * `opts`: NULL for the defaults. `scratch`: 8-byte aligned, as many bytes as
 * `lgt_uskd_scratch` says, or more.
 *
 * # In place
 * `grad == x` and `weak_grad == weak`, each with equal strides, are allowed; any other
 * overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, numbers
 * of the options), `LGT_E_OPTION`, `LGT_E_SCRATCH`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
 * `LGT_UNDEFINED` for the mean of no rows, which is NaN.
 *
 * # Accuracy
 * Where no two scores are so close that rounding changes their order: `L_t`, `L_n` and `L_w`
 * each as `lgt_kl_div_f32` at temperature 1, the gradients at most 1e-6 (f64: 4e-15) times
 * `alpha + beta`, or `mu`, besides the rounding to their type. `total` is the exact
 * sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * Z. Yang et al., "From Knowledge Distillation to Self-Knowledge Distillation: A Unified
 * Approach with Normalized Loss and Customized Soft Labels" (2023), and their code.
 *
 * # Example
 * ```c
 * double s[2][4] = {{2, 0.5, -1, 0}, {0, 1, 0.5, -0.5}};
 * double w[2][4] = {{1, 0, 0.2, -1}, {0.3, 0.4, -0.2, 0.1}}, mean;
 * int32_t y[2] = {0, 1};
 * uint64_t scratch[8];
 * size_t bytes;
 * assert(lgt_uskd_scratch(4, &bytes) == LGT_OK && bytes <= sizeof scratch);
 * lgt_uskd_opts opts;
 * lgt_uskd_opts_default(&opts);
 * opts.reduction = LGT_REDUCTION_MEAN;
 * assert(lgt_uskd_f64(&s[0][0], 4, &w[0][0], 4, y, LGT_I32, NULL, NULL, NULL, 0, NULL, 0, &mean,
 *                     2, 4, &opts, scratch, sizeof scratch) == LGT_OK);
 * assert(mean > 0.64895 && mean < 0.64896);
 * ```
 */
LGT_API lgt_status lgt_uskd_f32(const float *x, size_t x_stride, const float *weak,
                                size_t weak_stride, const void *labels, uint32_t label_type,
                                const float *weights, double *loss, float *grad, size_t grad_stride,
                                float *weak_grad, size_t weak_grad_stride, double *total,
                                size_t rows, size_t cols, const lgt_uskd_opts *opts, void *scratch,
                                size_t scratch_size);

/** `double` form of `lgt_uskd_f32`. */
LGT_API lgt_status lgt_uskd_f64(const double *x, size_t x_stride, const double *weak,
                                size_t weak_stride, const void *labels, uint32_t label_type,
                                const double *weights, double *loss, double *grad,
                                size_t grad_stride, double *weak_grad, size_t weak_grad_stride,
                                double *total, size_t rows, size_t cols, const lgt_uskd_opts *opts,
                                void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_uskd_f32`; computed in f32. */
LGT_API lgt_status lgt_uskd_f16(const lgt_f16 *x, size_t x_stride, const lgt_f16 *weak,
                                size_t weak_stride, const void *labels, uint32_t label_type,
                                const float *weights, double *loss, lgt_f16 *grad,
                                size_t grad_stride, lgt_f16 *weak_grad, size_t weak_grad_stride,
                                double *total, size_t rows, size_t cols, const lgt_uskd_opts *opts,
                                void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_uskd_f32`; computed in f32. */
LGT_API lgt_status lgt_uskd_bf16(const lgt_bf16 *x, size_t x_stride, const lgt_bf16 *weak,
                                 size_t weak_stride, const void *labels, uint32_t label_type,
                                 const float *weights, double *loss, lgt_bf16 *grad,
                                 size_t grad_stride, lgt_bf16 *weak_grad, size_t weak_grad_stride,
                                 double *total, size_t rows, size_t cols, const lgt_uskd_opts *opts,
                                 void *scratch, size_t scratch_size);

/* ---- uskd_targets ---- */

/**
 * The target of each row's label in distillation without a teacher: `S_y^2 + 1` less the
 * mean of `S_y^2` over the batch, where `S` is the softmax of a row of logits.
 *
 * Above 1 where the student is surer than on average. The mean is over rows of a weight
 * above 0 that are not NaN, weighted. A NaN makes its row NaN, and so does nothing above
 * -inf; entries at +inf share the mass. Where no row counts, there is no mean, and all is
 * NaN.
 *
 * # Shape
 * `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
 * a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a row from 0
 * to 2^63, or NULL for 1 each. `targets`: one number a row.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
 * `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 1e-6 (f64: 4e-15).
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_uskd_f32`.
 *
 * # Example
 * ```c
 * float x[2][2] = {{0, 0}, {0, -1e38f}};
 * int32_t y[2] = {0, 0};
 * double targets[2]; // S_y^2 are 1/4 and 1
 * assert(lgt_uskd_targets_f32(&x[0][0], 2, y, LGT_I32, NULL, targets, 2, 2) == LGT_OK);
 * assert(targets[0] == 0.625 && targets[1] == 1.375);
 * ```
 */
LGT_API lgt_status lgt_uskd_targets_f32(const float *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, const float *weights, double *targets,
                                        size_t rows, size_t cols);

/** `double` form of `lgt_uskd_targets_f32`. */
LGT_API lgt_status lgt_uskd_targets_f64(const double *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, const double *weights, double *targets,
                                        size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_uskd_targets_f32`; computed in f32. */
LGT_API lgt_status lgt_uskd_targets_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, const float *weights, double *targets,
                                        size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_uskd_targets_f32`; computed in f32. */
LGT_API lgt_status lgt_uskd_targets_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, const float *weights, double *targets,
                                         size_t rows, size_t cols);

/* ---- vector_scaling ---- */

/**
 * Writes how many bytes a model of `lgt_vector_scaling` takes up: 40, and 8 a parameter,
 * of which there are 2 cols: scales, then biases.
 *
 * # Shape
 * `cols`: the number of classes, at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_vector_scaling_size(size_t cols, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_vector_scaling_fit` needs: about 8 x 35 a parameter.
 *
 * # Shape
 * `cols`: the number of classes, at least 1. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE` (more than 4 GiB).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_vector_scaling_scratch(size_t cols, size_t *bytes);

/**
 * Fits a scale and a bias for each class to held-out logits and labels: the `a` and `b`
 * that minimise the mean negative log-likelihood of `softmax(a x + b)`, plus `diagonal`
 * times the sum of `(a - 1)^2` and `bias` times the sum of `b^2`.
 *
 * With `diagonal` and `bias` both cols / rows, and logarithms of temperature-scaled
 * probabilities for `x`, this is structured vector scaling (SVS) with its ridge penalty and
 * the authors' default strengths; lasso and MCP are not offered. Where biases cost nothing,
 * one number may be added to all of them: their mean is 0. Where all rows are the same,
 * only the sum of `a x` and `b` is determined, and the two share what has to be moved.
 *
 * `fit_status` in the model, and the return value, say how it ended: `LGT_OK`;
 * `LGT_AT_BOUND` (a parameter reached `bound`, the loss fell to nothing, or a class has no
 * rows while biases cost nothing: the minimum is at infinity, and a point on the way there
 * is kept); `LGT_DEGENERATE` (no rows, all weights 0, or one column: the identity);
 * `LGT_NOT_CONVERGED` (`max_iter` passes made: the best point met). The model is written
 * in every case, and its loss is never above that of the identity. `nll_before` is the mean
 * loss of the identity, `nll_after` that of the model, without penalties.
 *
 * The fit is `lgt_matrix_search` and `lgt_matrix_loss` in turn, which do the same where the
 * rows are split among workers.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_vector_scaling_size` says. `x`:
 * logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
 * a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
 * `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
 * 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`:
 * `scratch_size` bytes, 8-byte aligned, at least what `lgt_vector_scaling_scratch` says, apart from
 * the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (an array, or the model), `LGT_E_STATE` (the
 * model is not aligned), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, no
 * columns, or a row of weight above 0 with a NaN or an infinity), `LGT_E_SCRATCH`,
 * `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
 * `LGT_NOT_CONVERGED`.
 *
 * # Accuracy
 * Parameters within 1e-6 of the exact minimum for f32 logits (f64: 1e-8), of the larger of
 * themselves and 1, where the minimum is not flat. In another order of rows the last digits may differ.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * C. Guo et al., "On Calibration of Modern Neural Networks" (2017), section 4.2; E. Berta
 * et al., "Structured Matrix Scaling for Multi-Class Calibration" (2025), for SVS.
 *
 * # Example
 * ```c
 * float x[6][2] = {{2, 0}, {2, 0}, {2, 0}, {0, 1}, {0, 1}, {0, 1}};
 * int32_t y[6] = {0, 0, 1, 1, 1, 0};
 * uint64_t model[9], scratch[1024];
 * size_t bytes;
 * assert(lgt_vector_scaling_scratch(2, &bytes) == LGT_OK && bytes <= sizeof scratch);
 * assert(lgt_vector_scaling_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, NULL, 6, 2, NULL, scratch, sizeof scratch) == LGT_OK);
 * double nll = ((lgt_model_head *)model)->nll_after;
 * assert(nll > 0.636514 && nll < 0.636515);
 * ```
 */
LGT_API lgt_status lgt_vector_scaling_fit_f32(void *model, size_t size, const float *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const float *weights,
                                              size_t rows, size_t cols,
                                              const lgt_matrix_search_opts *opts, void *scratch,
                                              size_t scratch_size);

/** `double` form of `lgt_vector_scaling_fit_f32`. */
LGT_API lgt_status lgt_vector_scaling_fit_f64(void *model, size_t size, const double *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const double *weights,
                                              size_t rows, size_t cols,
                                              const lgt_matrix_search_opts *opts, void *scratch,
                                              size_t scratch_size);

/** `lgt_f16` form of `lgt_vector_scaling_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_vector_scaling_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                              size_t x_stride, const void *labels,
                                              uint32_t label_type, const float *weights,
                                              size_t rows, size_t cols,
                                              const lgt_matrix_search_opts *opts, void *scratch,
                                              size_t scratch_size);

/** `lgt_bf16` form of `lgt_vector_scaling_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_vector_scaling_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                               size_t x_stride, const void *labels,
                                               uint32_t label_type, const float *weights,
                                               size_t rows, size_t cols,
                                               const lgt_matrix_search_opts *opts, void *scratch,
                                               size_t scratch_size);

/**
 * Calibrated probabilities: `softmax(a x + b)` with the model's scales and biases.
 *
 * # Shape
 * `model`: a fitted model. `x`: logits, `y`: probabilities, rows x cols, row-major,
 * strides in elements, at least cols; cols as in the fit.
 *
 * # In place
 * As `lgt_softmax_f32`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE` (the bytes at `model` are no such model), `LGT_E_SHAPE`
 * (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. Nothing is then
 * written. Advisory: `LGT_EMPTY_ROW`.
 *
 * # Accuracy
 * Computed in double, then rounded to the type of `y`. A NaN makes its row NaN; infinities
 * are as in `lgt_softmax_f32` of the mapped logits.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_vector_scaling_fit_f32`.
 *
 * # Example
 * ```c
 * float x[2][2] = {{2, 0}, {0, 1}}, p[2][2];
 * int32_t y[2] = {0, 1};
 * float weights[2] = {0, 0};
 * uint64_t model[9], scratch[1024];
 * assert(lgt_vector_scaling_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, weights, 2, 2, NULL, scratch, sizeof scratch) == LGT_DEGENERATE);
 * assert(lgt_vector_scaling_apply_f32(model, &x[0][0], 2, &p[0][0], 2, 2, 2) == LGT_OK);
 * assert(p[0][0] > 0.88079f && p[0][0] < 0.88080f);
 * ```
 */
LGT_API lgt_status lgt_vector_scaling_apply_f32(const void *model, const float *x, size_t x_stride,
                                                float *y, size_t y_stride, size_t rows,
                                                size_t cols);

/** `double` form of `lgt_vector_scaling_apply_f32`. */
LGT_API lgt_status lgt_vector_scaling_apply_f64(const void *model, const double *x, size_t x_stride,
                                                double *y, size_t y_stride, size_t rows,
                                                size_t cols);

/** `lgt_f16` form of `lgt_vector_scaling_apply_f32`. */
LGT_API lgt_status lgt_vector_scaling_apply_f16(const void *model, const lgt_f16 *x,
                                                size_t x_stride, lgt_f16 *y, size_t y_stride,
                                                size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_vector_scaling_apply_f32`. */
LGT_API lgt_status lgt_vector_scaling_apply_bf16(const void *model, const lgt_bf16 *x,
                                                 size_t x_stride, lgt_bf16 *y, size_t y_stride,
                                                 size_t rows, size_t cols);

/* ---- venn_abers ---- */

/**
 * Writes how many bytes a model of `lgt_venn_abers` takes at most: 40 and 24 a row. What a
 * fit has used, 24 for each different score, is in its head, and `lgt_model_size` says it.
 *
 * # Shape
 * `rows`: number of rows. `weighted`: 1 if weights are given, else 0; it is as much in
 * either case. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`weighted`), `LGT_E_SIZE` (4 GiB or more).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_venn_abers_size(size_t rows, uint32_t weighted, size_t *bytes);

/**
 * Writes how many bytes of scratch `lgt_venn_abers_fit` needs: 24 a row and those of a
 * score. The latter are touched only where scores are not next to one another.
 *
 * # Shape
 * `rows`: number of rows, below 2^32, or with weights in f64 below 2^31. `score_size`:
 * bytes of a score, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
 * number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_venn_abers_scratch(size_t rows, size_t score_size, uint32_t weighted,
                                          size_t *bytes);

/**
 * Fits an inductive Venn-Abers predictor to held-out scores of two classes: for a new score
 * it gives two probabilities of label 1, what isotonic regression says if the new row is
 * one of the data with label 0, and what it says if with label 1. One of both labels is the
 * true one, and probabilities that are chosen by it are calibrated, whatever the
 * distribution, as long as rows are exchangeable.
 *
 * The new row has weight 1. It is one with rows of its score (-0 and 0 are one, and no
 * others however near); between two scores it has the lower probability of the lower one
 * and the upper one of the higher. Below all scores the lower probability is 0, above all
 * the upper one is 1. Infinite scores are scores, and in order.
 *
 * All values are found at once, in time that after sorting is proportional to the number
 * of scores. Scores are taken as they are: the package venn-abers rounds them first where
 * its `precision` is given.
 *
 * The model is bytes of the caller: its head (`lgt_model_head`), the different scores in
 * order, as many lower probabilities, and as many upper ones. `nll_before` is the mean loss
 * of scores taken as probabilities, NaN if one is outside 0 .. 1; `nll_after` that of what
 * `lgt_venn_abers_apply` makes of the scores of the fit. `fit_status`, which is also
 * returned, is `LGT_OK`, or `LGT_DEGENERATE` where there are not two different scores. If
 * no row counts, probabilities are 0 and 1. The model can be used in either case. One class
 * is enough: values are then those of the other label's being rare.
 *
 * # Shape
 * `model`: `size` bytes, 8-byte aligned, at least what `lgt_venn_abers_size` says. `x`:
 * `rows` scores, `x_stride` elements from one to the next. `labels`: as many times 0 or 1,
 * of the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many numbers from
 * 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
 * `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_venn_abers_scratch`
 * says, apart from the other arrays; what is there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment
 * of the model), `LGT_E_LABEL`, `LGT_E_VALUE` (weights, a score that is NaN),
 * `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_DEGENERATE`.
 *
 * # Accuracy
 * Probabilities within 1e-15 without weights, 1e-12 with them. The order of rows does not
 * change a bit of them. Losses within 1e-13.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * V. Vovk, I. Petej, V. Fedorova, "Large-scale probabilistic predictors with and without
 * guarantees of validity" (2015), section 2 and algorithms 1 to 4.
 *
 * # Example
 * ```c
 * double x[4] = {0.1, 0.2, 0.3, 0.4}, lower[4], upper[4];
 * uint8_t y[4] = {0, 1, 0, 1};
 * uint64_t model[17], scratch[16];
 * assert(lgt_venn_abers_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 4, scratch,
 *                               sizeof scratch) == LGT_OK);
 * assert(lgt_venn_abers_interval_f64(model, x, 1, lower, upper, 4) == LGT_OK);
 * assert(lower[1] == 1.0 / 3 && upper[1] == 2.0 / 3);
 * assert(lgt_venn_abers_apply_f64(model, x, 1, x, 1, 4) == LGT_OK && x[1] > 0.499 && x[1] < 0.501);
 * ```
 */
LGT_API lgt_status lgt_venn_abers_fit_f32(void *model, size_t size, const float *x, size_t x_stride,
                                          const void *labels, uint32_t label_type,
                                          const float *weights, size_t rows, void *scratch,
                                          size_t scratch_size);

/** `double` form of `lgt_venn_abers_fit_f32`. */
LGT_API lgt_status lgt_venn_abers_fit_f64(void *model, size_t size, const double *x,
                                          size_t x_stride, const void *labels, uint32_t label_type,
                                          const double *weights, size_t rows, void *scratch,
                                          size_t scratch_size);

/** `lgt_f16` form of `lgt_venn_abers_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_venn_abers_fit_f16(void *model, size_t size, const lgt_f16 *x,
                                          size_t x_stride, const void *labels, uint32_t label_type,
                                          const float *weights, size_t rows, void *scratch,
                                          size_t scratch_size);

/** `lgt_bf16` form of `lgt_venn_abers_fit_f32`; computed in f32. */
LGT_API lgt_status lgt_venn_abers_fit_bf16(void *model, size_t size, const lgt_bf16 *x,
                                           size_t x_stride, const void *labels, uint32_t label_type,
                                           const float *weights, size_t rows, void *scratch,
                                           size_t scratch_size);

/**
 * Calibrated probabilities: p1 / (1 - p0 + p1), where p0 is the lower and p1 the upper
 * probability of each score, which is what loses least by logarithmic loss whichever label
 * is true.
 *
 * NaN stays NaN; infinite scores are in order as others are.
 *
 * # Shape
 * `model`: a fitted model. `x`: `rows` scores, `y`: `rows` probabilities; strides in
 * elements, at least 1.
 *
 * # In place
 * `y` may be `x` with the same stride.
 *
 * # Errors
 * `LGT_E_STATE` if the bytes at `model` are no Venn-Abers model, `LGT_E_NULL`,
 * `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * 4e-16 and one rounding to the type of `y`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_venn_abers_fit_f32`, section 4, equation 12.
 *
 * # Example
 * ```c
 * float x[2] = {0, 1}, y;
 * uint8_t labels[2] = {0, 1};
 * uint64_t model[11], scratch[7];
 * assert(lgt_venn_abers_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 2, scratch,
 *                               sizeof scratch) == LGT_OK);
 * assert(lgt_venn_abers_apply_f32(model, x, 1, &y, 1, 1) == LGT_OK);
 * assert(y == (float)(1.0 / 3));
 * ```
 */
LGT_API lgt_status lgt_venn_abers_apply_f32(const void *model, const float *x, size_t x_stride,
                                            float *y, size_t y_stride, size_t rows);

/** `double` form of `lgt_venn_abers_apply_f32`. */
LGT_API lgt_status lgt_venn_abers_apply_f64(const void *model, const double *x, size_t x_stride,
                                            double *y, size_t y_stride, size_t rows);

/** `lgt_f16` form of `lgt_venn_abers_apply_f32`. */
LGT_API lgt_status lgt_venn_abers_apply_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                            lgt_f16 *y, size_t y_stride, size_t rows);

/** `lgt_bf16` form of `lgt_venn_abers_apply_f32`. */
LGT_API lgt_status lgt_venn_abers_apply_bf16(const void *model, const lgt_bf16 *x, size_t x_stride,
                                             lgt_bf16 *y, size_t y_stride, size_t rows);

/**
 * Lower and upper probabilities: what isotonic regression says of each score if it is one
 * of the data with label 0, and if with label 1.
 *
 * Both are NaN for NaN; infinite scores are in order as others are.
 *
 * # Shape
 * `model`: a fitted model. `x`: `rows` scores, stride in elements, at least 1. `lower`,
 * `upper`: `rows` numbers each, or NULL, apart from one another and from `x`.
 *
 * # Errors
 * `LGT_E_STATE` if the bytes at `model` are no Venn-Abers model, `LGT_E_NULL`,
 * `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * The fitted numbers, and one rounding to the type of `lower`.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_venn_abers_fit_f32`.
 *
 * # Example
 * ```c
 * float x[2] = {0, 1}, score = 0.5f, lower, upper;
 * uint8_t labels[2] = {0, 1};
 * uint64_t model[11], scratch[7];
 * assert(lgt_venn_abers_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 2, scratch,
 *                               sizeof scratch) == LGT_OK);
 * assert(lgt_venn_abers_interval_f32(model, &score, 1, &lower, &upper, 1) == LGT_OK);
 * assert(lower == 0 && upper == 1);
 * ```
 */
LGT_API lgt_status lgt_venn_abers_interval_f32(const void *model, const float *x, size_t x_stride,
                                               float *lower, float *upper, size_t rows);

/** `double` form of `lgt_venn_abers_interval_f32`. */
LGT_API lgt_status lgt_venn_abers_interval_f64(const void *model, const double *x, size_t x_stride,
                                               double *lower, double *upper, size_t rows);

/** `lgt_f16` form of `lgt_venn_abers_interval_f32`. */
LGT_API lgt_status lgt_venn_abers_interval_f16(const void *model, const lgt_f16 *x, size_t x_stride,
                                               lgt_f16 *lower, lgt_f16 *upper, size_t rows);

/** `lgt_bf16` form of `lgt_venn_abers_interval_f32`. */
LGT_API lgt_status lgt_venn_abers_interval_bf16(const void *model, const lgt_bf16 *x,
                                                size_t x_stride, lgt_bf16 *lower, lgt_bf16 *upper,
                                                size_t rows);

/* ---- weighted_tau ---- */

/** The mean of taus by the ranks of x and by those of y. */
#define LGT_WEIGHTED_TAU_BOTH 0

/** By the ranks of x, the largest first, equal ones by y. */
#define LGT_WEIGHTED_TAU_X 1

/** The rank of a row is its index. */
#define LGT_WEIGHTED_TAU_GIVEN 2

/** A pair counts the product of its weights rather than their sum. */
#define LGT_WEIGHTED_TAU_PRODUCT 1

/** The result of `lgt_weighted_tau`. */
typedef struct lgt_weighted_tau_report {
  /** Rows. */
  uint64_t rows;
  /** Those with a NaN; all below is then NaN. */
  uint64_t nan_rows;
  /** The correlation; NaN if x or y is constant. */
  double tau;
  /** By the ranks of x, or those given. */
  double tau_x;
  /** By the ranks of y; NaN unless both were asked for. */
  double tau_y;
} lgt_weighted_tau_report;

/**
 * Writes how many bytes of scratch `lgt_weighted_tau` needs: 20 a row.
 *
 * # Shape
 * `n`: number of rows, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_weighted_tau_scratch(size_t n, size_t *bytes);

/**
 * Kendall's tau where rows at the top count more: with the rank of a row from 0 on, a
 * pair counts 1 / (rank + 1) of the one plus, or times, that of the other.
 *
 * scipy's `weightedtau` with its own weigher: `LGT_WEIGHTED_TAU_BOTH` is `rank=True`,
 * `LGT_WEIGHTED_TAU_X` is `rank=None`, `LGT_WEIGHTED_TAU_GIVEN` is `rank=False`;
 * `LGT_WEIGHTED_TAU_PRODUCT` is `additive=False`. NaN if x or y is constant. Equal means
 * equal in value; infinities are numbers like others. A NaN is counted in `nan_rows` and
 * makes the result NaN, where scipy takes it for a number. A batch function over arrays and
 * scratch of the caller, in time n log n.
 *
 * # Shape
 * `x`, `y`: `n` numbers each. `ranking`: an `LGT_WEIGHTED_TAU_` number. `flags`: 0 or
 * `LGT_WEIGHTED_TAU_PRODUCT`. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
 * aligned, at least what `lgt_weighted_tau_scratch` says, apart from the other arrays; what is
 * there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_SCRATCH` (too small, not aligned),
 * `LGT_E_ALIAS`.
 * Advisory: `LGT_UNDEFINED` (less than
 * two rows, x or y constant, or a NaN).
 *
 * # Accuracy
 * Weights are multiples of 2^-58, and their sums exact: at most 1e-14 up to 1e5 rows and
 * 1e-11 up to 1e8. The same rows give the same bits in any order, unless that gives the
 * ranks.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * S. Vigna, "A Weighted Correlation Index for Rankings with Ties" (2015).
 *
 * # Example
 * ```c
 * float x[5] = {12, 2, 1, 12, 2}, y[5] = {1, 4, 7, 1, 0};
 * uint64_t scratch[3 * 3 + 5];
 * lgt_weighted_tau_report report;
 * assert(lgt_weighted_tau_f32(x, y, &report, 5, LGT_WEIGHTED_TAU_BOTH, 0, scratch,
 *                             sizeof scratch) == LGT_OK);
 * assert(report.tau > -0.5669497 && report.tau < -0.5669496);
 * assert(report.tau_x > -0.4157653 && report.tau_x < -0.4157652);
 * ```
 */
LGT_API lgt_status lgt_weighted_tau_f32(const float *x, const float *y,
                                        lgt_weighted_tau_report *report, size_t n, uint32_t ranking,
                                        uint32_t flags, void *scratch, size_t scratch_size);

/** `double` form of `lgt_weighted_tau_f32`. */
LGT_API lgt_status lgt_weighted_tau_f64(const double *x, const double *y,
                                        lgt_weighted_tau_report *report, size_t n, uint32_t ranking,
                                        uint32_t flags, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_weighted_tau_f32`. */
LGT_API lgt_status lgt_weighted_tau_f16(const lgt_f16 *x, const lgt_f16 *y,
                                        lgt_weighted_tau_report *report, size_t n, uint32_t ranking,
                                        uint32_t flags, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_weighted_tau_f32`. */
LGT_API lgt_status lgt_weighted_tau_bf16(const lgt_bf16 *x, const lgt_bf16 *y,
                                         lgt_weighted_tau_report *report, size_t n,
                                         uint32_t ranking, uint32_t flags, void *scratch,
                                         size_t scratch_size);

/* ---- xi ---- */

/** Rows of equal x are taken in the order they come in. */
#define LGT_XI_GIVEN 1

/** y is known to have no ties. */
#define LGT_XI_CONTINUOUS 2

/** The result of `lgt_xi`. */
typedef struct lgt_xi_report {
  /** Rows. */
  uint64_t rows;
  /** Those with a NaN; all below is then NaN. */
  uint64_t nan_rows;
  /** Pairs that are equal in x. */
  uint64_t ties_x;
  /** The correlation; NaN if y is constant. */
  double xi;
  /** Its standard error if x and y are independent. */
  double std_error;
  /** p-value of independence against a larger xi, by the normal distribution. */
  double p_value;
} lgt_xi_report;

/**
 * Writes how many bytes of scratch `lgt_xi` needs: 12 a row.
 *
 * # Shape
 * `n`: number of rows, below 2^31. `bytes`: one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`.
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_xi_scratch(size_t n, size_t *bytes);

/**
 * Chatterjee's correlation xi: how well y is told by x, 0 if not at all and towards 1 if
 * it is a function of x, of any shape. It is not symmetric.
 *
 * scipy's `chatterjeexi(x, y)`, with its p-value, which is one-sided, by the normal
 * distribution; `LGT_XI_CONTINUOUS` is `y_continuous=True`. Where x are equal, Chatterjee
 * takes their rows in an order of chance: here the result is the mean over all such
 * orders, so that it does not depend on the order of rows; with `LGT_XI_GIVEN` their order
 * is the one they come in, as in scipy with a stable sort. NaN if y is constant. Infinities
 * are numbers like others. A NaN is counted in `nan_rows` and makes the result NaN. A
 * batch function over arrays and scratch of the caller.
 *
 * # Shape
 * `x`, `y`: `n` numbers each. `flags`: 0, or a sum of `LGT_XI_GIVEN` and
 * `LGT_XI_CONTINUOUS`. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
 * aligned, at least what `lgt_xi_scratch` says, apart from the other arrays; what is
 * there before does not matter.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_SCRATCH` (too small, not aligned),
 * `LGT_E_ALIAS`.
 * Advisory: `LGT_UNDEFINED` (y constant,
 * nothing, or a NaN).
 *
 * # Accuracy
 * xi: at most 1e-14. Standard error: a relative 1e-11 up to 1e8 rows.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * S. Chatterjee, "A new coefficient of correlation" (2021), equations 1.1, 1.2 and 2.2.
 *
 * # Example
 * ```c
 * float x[5] = {1, 2, 3, 4, 5}, y[5] = {1, 3, 2, 5, 4};
 * uint64_t scratch[3 * 3];
 * lgt_xi_report report;
 * assert(lgt_xi_f32(x, y, &report, 5, 0, scratch, sizeof scratch) == LGT_OK);
 * assert(report.xi == 1 - 5.0 * 7 / (2 * 20));
 * ```
 */
LGT_API lgt_status lgt_xi_f32(const float *x, const float *y, lgt_xi_report *report, size_t n,
                              uint32_t flags, void *scratch, size_t scratch_size);

/** `double` form of `lgt_xi_f32`. */
LGT_API lgt_status lgt_xi_f64(const double *x, const double *y, lgt_xi_report *report, size_t n,
                              uint32_t flags, void *scratch, size_t scratch_size);

/** `lgt_f16` form of `lgt_xi_f32`. */
LGT_API lgt_status lgt_xi_f16(const lgt_f16 *x, const lgt_f16 *y, lgt_xi_report *report, size_t n,
                              uint32_t flags, void *scratch, size_t scratch_size);

/** `lgt_bf16` form of `lgt_xi_f32`. */
LGT_API lgt_status lgt_xi_bf16(const lgt_bf16 *x, const lgt_bf16 *y, lgt_xi_report *report,
                               size_t n, uint32_t flags, void *scratch, size_t scratch_size);

/* ---- xmc ---- */

/** Labels have inverse propensities: the state holds 352 bytes a rank instead of 96. */
#define LGT_XMC_PROPENSITIES 1

/** Rows without labels count, as zeros, in precision, recall and nDCG. */
#define LGT_XMC_COUNT_EMPTY 1

/** The result of `lgt_xmc_finish`. */
typedef struct lgt_xmc_report {
  /** Rows that were seen. */
  uint64_t rows;
  /** Those without labels: left out. */
  uint64_t empty_rows;
  /** Of the others, those whose scores hold a NaN; all below is then NaN. */
  uint64_t nan_rows;
  /** Labels among the first k that are right, over all rows. */
  double hits;
  /** P@k, the mean share of the first k that are right. */
  double precision;
  /** R@k, the mean share of a row's labels that are among the first k. */
  double recall;
  /** nDCG@k, the mean of DCG over ideal DCG. */
  double ndcg;
  /**
   * PSP@k: sum of gains / sum of ideal gains. This and what follows is NaN without
   * propensities.
   */
  double psp;
  /** PSnDCG@k: sum of discounted gains / sum of those of the best order. */
  double psndcg;
  /** PS-recall@k: as PSP@k, each row divided by how many labels it has. */
  double psrecall;
  /** PSnDCG@k with each row divided by its ideal DCG first. */
  double psndcg_normalized;
  /** The mean of each row's PSP@k. */
  double psp_mean;
  /** The mean of each row's PSnDCG@k. */
  double psndcg_mean;
  /** The sum of gains, the numerator of PSP@k. */
  double gain;
  /** The sum of ideal gains, its denominator. */
  double ideal_gain;
} lgt_xmc_report;

/**
 * Writes how many bytes a state of `lgt_xmc` needs: 48, and 96 a rank (352 with
 * propensities).
 *
 * # Shape
 * `k`: the largest cutoff, 1 to 1024. `flags`: 0 or `LGT_XMC_PROPENSITIES`. `bytes`:
 * one number.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_VALUE` (k, flags).
 *
 * Thread safety: any thread, any time.
 */
LGT_API lgt_status lgt_xmc_size(uint32_t k, uint32_t flags, size_t *bytes);

/**
 * Starts a state of extreme classification: precision, recall, nDCG and their
 * propensity-scored forms at every cutoff from 1 to k.
 *
 * # Shape
 * `state`: `size` bytes of the caller, 8-byte aligned, at least what `lgt_xmc_size`
 * says. `k`: the largest cutoff, 1 to 1024. `flags`: 0 or `LGT_XMC_PROPENSITIES`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (k, flags).
 *
 * Thread safety: any thread, one at a time for one state.
 */
LGT_API lgt_status lgt_xmc_init(void *state, size_t size, uint32_t k, uint32_t flags);

/**
 * Adds rows to a state of extreme classification, from the labels that were predicted,
 * best first.
 *
 * As `lgt_xmc_update_f32`, where the order is known. Of longer lists the first k are
 * looked at; a shorter one has no more hits. A negative number is no label, and takes
 * up its rank. A label that comes again is no second hit.
 *
 * # Shape
 * `predicted`: rows x width labels below `cols`, row-major, stride in elements, at
 * least width, of the integer type `predicted_type`. `labels`, `inverse_propensities`:
 * as in `lgt_xmc_update_f32`.
 *
 * # Errors
 * As `lgt_xmc_update_f32`, and `LGT_E_STRIDE`. The state is then as it was.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its own and
 * merge them.
 */
LGT_API lgt_status lgt_xmc_update_top(void *state, const void *predicted, size_t predicted_stride,
                                      uint32_t predicted_type, size_t width, const lgt_csr *labels,
                                      const double *inverse_propensities, size_t rows, size_t cols);

/**
 * Adds rows to a state of extreme classification, from the scores of some labels each.
 *
 * Of a row's scores the k largest are taken, of equal ones the labels of lower number;
 * what has no score is not predicted, and a score of 0 is one. Rows without labels are
 * left out and counted (`empty_rows`), whatever their scores. A NaN among a row's
 * scores makes the result NaN (`nan_rows`). k may be larger than the number of
 * labels.
 *
 * A hit gains 1, or in propensity-scored metrics the label's inverse propensity; at
 * rank r, from 1 on, it is discounted to gain / log2(r + 1). The ideal is the best
 * order of the row's own labels. The inverse propensities of labels that are relevant
 * in these rows must be above 0 and at most 2^53; others are not looked at.
 *
 * # Shape
 * `predicted`: rows of labels below `cols`. `scores`: one number an entry of
 * `predicted`. `labels`: rows of the labels that are relevant. `inverse_propensities`:
 * `cols` numbers for a state with `LGT_XMC_PROPENSITIES`, else NULL.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_SHAPE` (rows overlap, or end past the last
 * entry), `LGT_E_LABEL` (a label out of range, out of order or twice in a row; an
 * unknown type), `LGT_E_OPTION` (propensities for a state without), `LGT_E_VALUE`
 * (propensities), `LGT_E_STATE`. The state is then as it was.
 *
 * # Accuracy
 * A row's terms: relative 3e-13. Sums over rows are exact and rounded once. The same
 * rows give the same bytes in any order and any split.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * H. Jain, Y. Prabhu, M. Varma, "Extreme Multi-label Loss Functions for
 * Recommendation, Tagging, Ranking & Other Missing Label Applications" (2016); as the
 * Extreme Classification Repository has them, K. Bhatia et al.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 12 * 2];
 * int32_t starts[3] = {0, 2, 3}, relevant[3] = {0, 3, 2};
 * int32_t from[3] = {0, 3, 5}, given[5] = {0, 1, 3, 1, 2};
 * float scores[5] = {0.9f, 0.8f, 0.3f, 0.9f, 0.4f};
 * lgt_csr labels = {starts, relevant, 3, LGT_I32, LGT_I32};
 * lgt_csr predicted = {from, given, 5, LGT_I32, LGT_I32};
 * lgt_xmc_report report;
 * assert(lgt_xmc_init(state, sizeof state, 2, 0) == LGT_OK);
 * assert(lgt_xmc_update_f32(state, &predicted, scores, &labels, NULL, 2, 4) == LGT_OK);
 * assert(lgt_xmc_finish(state, &report, 2, 0) == LGT_OK);
 * assert(report.precision == 0.5 && report.recall == 0.75);
 * ```
 */
LGT_API lgt_status lgt_xmc_update_f32(void *state, const lgt_csr *predicted, const float *scores,
                                      const lgt_csr *labels, const double *inverse_propensities,
                                      size_t rows, size_t cols);

/** `double` form of `lgt_xmc_update_f32`. */
LGT_API lgt_status lgt_xmc_update_f64(void *state, const lgt_csr *predicted, const double *scores,
                                      const lgt_csr *labels, const double *inverse_propensities,
                                      size_t rows, size_t cols);

/** `lgt_f16` form of `lgt_xmc_update_f32`. */
LGT_API lgt_status lgt_xmc_update_f16(void *state, const lgt_csr *predicted, const lgt_f16 *scores,
                                      const lgt_csr *labels, const double *inverse_propensities,
                                      size_t rows, size_t cols);

/** `lgt_bf16` form of `lgt_xmc_update_f32`. */
LGT_API lgt_status lgt_xmc_update_bf16(void *state, const lgt_csr *predicted,
                                       const lgt_bf16 *scores, const lgt_csr *labels,
                                       const double *inverse_propensities, size_t rows,
                                       size_t cols);

/**
 * Adds rows to a state of extreme classification, from the scores of all labels.
 *
 * As `lgt_xmc_update_f32`, where every label has a score.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`,
 * `inverse_propensities`: as in `lgt_xmc_update_f32`.
 *
 * # Errors
 * As `lgt_xmc_update_f32`, and `LGT_E_STRIDE`. The state is then as it was.
 *
 * # Accuracy
 * As `lgt_xmc_update_f32`.
 *
 * Thread safety: any thread, one at a time for one state; give each worker its
 * own and merge them.
 *
 * # Source
 * As `lgt_xmc_update_f32`.
 *
 * # Example
 * ```c
 * uint64_t state[6 + 12 * 2];
 * float x[2][4] = {{0.9f, 0.8f, 0.1f, 0.3f}, {0.2f, 0.9f, 0.4f, 0.1f}};
 * int64_t starts[3] = {0, 2, 3}, relevant[3] = {0, 3, 2};
 * lgt_csr labels = {starts, relevant, 3, LGT_I64, LGT_I64};
 * lgt_xmc_report report;
 * assert(lgt_xmc_init(state, sizeof state, 2, 0) == LGT_OK);
 * assert(lgt_xmc_update_dense_f32(state, &x[0][0], 4, &labels, NULL, 2, 4) == LGT_OK);
 * assert(lgt_xmc_finish(state, &report, 1, 0) == LGT_OK && report.precision == 0.5);
 * ```
 */
LGT_API lgt_status lgt_xmc_update_dense_f32(void *state, const float *x, size_t x_stride,
                                            const lgt_csr *labels,
                                            const double *inverse_propensities, size_t rows,
                                            size_t cols);

/** `double` form of `lgt_xmc_update_dense_f32`. */
LGT_API lgt_status lgt_xmc_update_dense_f64(void *state, const double *x, size_t x_stride,
                                            const lgt_csr *labels,
                                            const double *inverse_propensities, size_t rows,
                                            size_t cols);

/** `lgt_f16` form of `lgt_xmc_update_dense_f32`. */
LGT_API lgt_status lgt_xmc_update_dense_f16(void *state, const lgt_f16 *x, size_t x_stride,
                                            const lgt_csr *labels,
                                            const double *inverse_propensities, size_t rows,
                                            size_t cols);

/** `lgt_bf16` form of `lgt_xmc_update_dense_f32`. */
LGT_API lgt_status lgt_xmc_update_dense_bf16(void *state, const lgt_bf16 *x, size_t x_stride,
                                             const lgt_csr *labels,
                                             const double *inverse_propensities, size_t rows,
                                             size_t cols);

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
LGT_API lgt_status lgt_xmc_merge(void *state, const void *other);

/**
 * Writes the result so far at one cutoff; the state can go on.
 *
 * Means are over the rows that have labels; what counts those without as zeros is
 * `LGT_XMC_COUNT_EMPTY`, as pyxclib does. Ratios of sums do not depend on them.
 *
 * PSnDCG has three forms. `psndcg` divides the sum of discounted gains by that of the
 * best orders; `psndcg_normalized`, which is pyxclib's, first divides each row's by
 * the DCG of as many labels without propensities; `psndcg_mean` is the mean of each
 * row's own quotient.
 *
 * # Shape
 * `report`: one struct. `k`: the cutoff, from 1 to that of `lgt_xmc_init`. `flags`: 0
 * or `LGT_XMC_COUNT_EMPTY`. NaN with `LGT_UNDEFINED` if no row with labels, or a NaN,
 * was seen.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (k), `LGT_E_OPTION` (flags).
 * Advisory:
 * `LGT_UNDEFINED`.
 *
 * Thread safety: any thread, as long as no other changes the state.
 */
LGT_API lgt_status lgt_xmc_finish(const void *state, lgt_xmc_report *report, uint32_t k,
                                  uint32_t flags);

/* ---- z_loss ---- */

/**
 * Z-loss of each row, `ln(1 + exp(a (b - z))) / a` of the z-score `z` of the label's output
 * among all outputs of its row, with its gradient in the outputs.
 *
 * `z = (x_label - mean) / deviation`, both over all of the row's outputs, the deviation
 * with `cols` as divisor. A shift of a row, or a scale above 0, changes nothing, and `z`
 * is at most `sqrt(cols - 1)`: `b` says what is good enough, `a` how sharply. There are no
 * defaults that are good everywhere; `a` = 1 and `b` = 0 are plain. Outputs whose
 * deviation is at most 1e-12, as those of one column, are all the same: `z` is 0, and so
 * is the gradient. A row with an entry that is not finite, or with squares of deviations
 * that overflow (beyond 1e19 in f32), is NaN. This is not the penalty on the squared
 * normaliser of softmax, which goes by the same name.
 *
 * # Shape
 * `x`: outputs, rows x cols, row-major, stride in elements, at least cols. `labels`: one
 * class a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a
 * row from 0 to 2^63, or NULL for 1 each; a row of weight 0 has a loss of 0 and a
 * gradient of zeros. `a`: from 1e-6 to
 * 1e6. `b`: from -1e6 to 1e6. `loss`: each row's own loss, without its weight, or NULL.
 * `grad`: rows x cols, or NULL: the gradient of the reduced loss, times `grad_scale`.
 * `total`: the reduced loss, or NULL. `opts`: NULL for the defaults.
 *
 * # In place
 * `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
 * a, b, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED` for the
 * mean of no rows, which is NaN.
 *
 * # Accuracy
 * A row's loss: at most 1e-6 (f64: 4e-15) times the largest of 1, its size, and that of
 * `b`. Its gradient as much, relative to 1 / deviation, besides the rounding to its type.
 * `total` is the exact sum, rounded once: the order of rows does not matter.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * A. de Brebisson and P. Vincent, "The Z-loss: a shift and scale invariant classification
 * loss belonging to the Spherical Family" (2016).
 *
 * # Example
 * ```c
 * float x[1][4] = {{2, 0, -1, 1}}, grad[1][4];
 * int32_t y[1] = {0};
 * double loss;
 * assert(lgt_z_loss_f32(&x[0][0], 4, y, LGT_I32, NULL, 1, 0, &loss, &grad[0][0], 4, NULL, 1,
 *                       4, NULL) == LGT_OK);
 * assert(loss > 0.23223 && loss < 0.23224 && grad[0][3] > 0.07414 && grad[0][3] < 0.07415);
 * ```
 */
LGT_API lgt_status lgt_z_loss_f32(const float *x, size_t x_stride, const void *labels,
                                  uint32_t label_type, const float *weights, double a, double b,
                                  double *loss, float *grad, size_t grad_stride, double *total,
                                  size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `double` form of `lgt_z_loss_f32`. */
LGT_API lgt_status lgt_z_loss_f64(const double *x, size_t x_stride, const void *labels,
                                  uint32_t label_type, const double *weights, double a, double b,
                                  double *loss, double *grad, size_t grad_stride, double *total,
                                  size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_f16` form of `lgt_z_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_z_loss_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                  uint32_t label_type, const float *weights, double a, double b,
                                  double *loss, lgt_f16 *grad, size_t grad_stride, double *total,
                                  size_t rows, size_t cols, const lgt_loss_opts *opts);

/** `lgt_bf16` form of `lgt_z_loss_f32`; computed in f32. */
LGT_API lgt_status lgt_z_loss_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                   uint32_t label_type, const float *weights, double a, double b,
                                   double *loss, lgt_bf16 *grad, size_t grad_stride, double *total,
                                   size_t rows, size_t cols, const lgt_loss_opts *opts);

/* ---- zipf_targets ---- */

/**
 * Soft labels of the classes other than a row's label by Zipf's law: `1 / rank`, the largest
 * score of rank 1, made to add up to 1; 0 for the label.
 *
 * Equal scores, of any kind, are ranked in order of index. With `LGT_ZIPF_ALL` the label has
 * a rank among the others, which is left out: the shares of what is ranked behind it are
 * smaller by that. A NaN makes its row NaN. With one class the row is 0.
 *
 * # Shape
 * `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
 * a row, 0 to cols - 1, of the integer type `label_type`. `order`: an `LGT_ZIPF_`. `y`: rows
 * x cols. `scratch`: 8-byte aligned, as many bytes as `lgt_uskd_scratch` says, or more.
 *
 * # In place
 * `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
 *
 * # Errors
 * `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
 * `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
 *
 * # Accuracy
 * At most 1e-13 relative, besides the rounding to its type.
 *
 * Thread safety: any thread, as long as no other writes the arrays.
 *
 * # Source
 * As `lgt_uskd_f32`.
 *
 * # Example
 * ```c
 * float x[1][3] = {{9, 1, 2}}, y[1][3];
 * int32_t label[1] = {0};
 * uint64_t scratch[6];
 * assert(lgt_zipf_targets_f32(&x[0][0], 3, label, LGT_I32, LGT_ZIPF_OTHERS, &y[0][0], 3, 1, 3,
 *                             scratch, sizeof scratch) == LGT_OK);
 * assert(y[0][0] == 0 && y[0][1] == (float)(1.0 / 3) && y[0][2] == (float)(2.0 / 3));
 * ```
 */
LGT_API lgt_status lgt_zipf_targets_f32(const float *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, uint32_t order, float *y,
                                        size_t y_stride, size_t rows, size_t cols, void *scratch,
                                        size_t scratch_size);

/** `double` form of `lgt_zipf_targets_f32`. */
LGT_API lgt_status lgt_zipf_targets_f64(const double *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, uint32_t order, double *y,
                                        size_t y_stride, size_t rows, size_t cols, void *scratch,
                                        size_t scratch_size);

/** `lgt_f16` form of `lgt_zipf_targets_f32`; computed in f32. */
LGT_API lgt_status lgt_zipf_targets_f16(const lgt_f16 *x, size_t x_stride, const void *labels,
                                        uint32_t label_type, uint32_t order, lgt_f16 *y,
                                        size_t y_stride, size_t rows, size_t cols, void *scratch,
                                        size_t scratch_size);

/** `lgt_bf16` form of `lgt_zipf_targets_f32`; computed in f32. */
LGT_API lgt_status lgt_zipf_targets_bf16(const lgt_bf16 *x, size_t x_stride, const void *labels,
                                         uint32_t label_type, uint32_t order, lgt_bf16 *y,
                                         size_t y_stride, size_t rows, size_t cols, void *scratch,
                                         size_t scratch_size);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* LOGITUDE_H */
