/* What the bytes of an input say: numbers, and what arrays hold. An input that has come to
 * its end goes on with zeros, and zero chooses what is ordinary. */
#include "calls.h"

#include <math.h>
#include <string.h>

static const uint8_t *at;
static size_t left;
static double banks[BANKS];

static double dimension(int bank) {
    static const uint8_t usual[BANKS][8] = {
        {4, 3, 2, 1, 5, 8, 7, 6}, {3, 2, 4, 5, 1, 8, 6, 7}, {2, 3, 4, 1, 5, 8, 10, 15}};
    /* Beyond a vector of any level, but few rows of it: a fit goes over them many times. */
    static const uint8_t others[BANKS][8] = {
        {0, 9, 10, 11, 12, 16, 17, 33}, {0, 9, 16, 17, 31, 33, 65, 130}, {0, 9, 16, 17, 31, 33, 65, 130}};
    uint8_t b = byte();
    return b < 224 ? usual[bank][b % 8] : others[bank][b % 8];
}

void input_start(const uint8_t *data, size_t size) {
    at = data, left = size;
    for (int bank = 0; bank < BANKS; bank++) banks[bank] = dimension(bank);
}

int input_more(void) {
    return left > 0;
}

double bank_of(int bank) {
    return banks[bank];
}

uint8_t byte(void) {
    if (!left) return 0;
    left--;
    return *at++;
}

uint64_t word(void) {
    uint64_t x = 0;
    for (int i = 0; i < 8; i++) x = x << 8 | byte();
    return x;
}

/* True of so many bytes of 256, not of 0. */
int rare(int of_256) {
    return byte() >= 256 - of_256;
}

static const uint64_t extremes[] = {
    (uint64_t)1 << 31, ((uint64_t)1 << 32) - 1, (uint64_t)1 << 32, (uint64_t)1 << 40,
    ((uint64_t)1 << 61) + 1, ((uint64_t)1 << 63) - 1, (uint64_t)1 << 63, UINT64_MAX};

/* A whole number for an argument of this kind. */
uint64_t number(int bank, int what) {
    static const uint8_t types[] = {LGT_U8, LGT_I32, LGT_I64, LGT_I8, LGT_U16, LGT_I16, LGT_U32, LGT_U64};
    uint8_t b = byte();
    if (what == TYPE) return b < 240 ? types[b % 8] : b % 16;
    if (what == SIZE) {
        if (b < 160) return (uint64_t)banks[bank];
        if (b < 176) return (uint64_t)banks[BANK_ROWS];
        if (b < 192) return (uint64_t)banks[BANK_COLS];
        if (b < 208) return (uint64_t)banks[BANK_OTHER];
        if (b < 232) return b % 24;
        if (b < 240) return (uint64_t)banks[bank] + 1;
        if (b < 250) return (uint64_t)(banks[BANK_ROWS] * banks[BANK_COLS]);
        return extremes[byte() % 8];
    }
    if (b < 96) return bank == BANK_OTHER ? b % 6 : (uint64_t)banks[bank];
    if (b < 128) return (uint64_t)banks[bank];
    if (b < 240) return b % 16;
    return b < 250 ? (uint64_t)b * b : extremes[b % 8];
}

double real(void) {
    static const double usual[] = {.5, 1, 2, .25, .1, 1.5, .9, 4, .01, 10, .75, .05};
    static const double others[] = {
        0, -0., -1, 1e-3, 3, 1e-8, 1e30, 1e-30, 1e300, 5e-324, -1e9, 1 + 0x1p-52,
        INFINITY, -INFINITY, NAN, 255};
    uint8_t b = byte();
    return b < 192 ? usual[b % 12] : others[b % 16];
}

size_t size_of_type(int type) {
    static const uint8_t sizes[] = {0, 1, 2, 4, 8, 1, 2, 4, 8, 4, 8, 2, 2};
    return type >= 1 && type <= 12 ? sizes[type] : 8;
}

/* Numbers without end from a few bytes. */
static uint64_t seed;

static uint64_t drawn(void) {
    seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
    return seed;
}

static double of_hint(int hint, size_t i) {
    double u = (double)(drawn() % 17) / 16;
    switch (hint) {
    case UNIT: return u;
    case SHARES: return u;
    case WEIGHTS: return (double)(drawn() % 5) / 2;
    case BITS: return (double)(drawn() % 2);
    case WHOLE: return (double)(drawn() % 6);
    case RISING: return (double)(i + 1);
    default: return ((double)(drawn() % 97) - 48) / 8;
    }
}

static double odd(void) {
    static const double some[] = {INFINITY, -INFINITY, NAN, 0, -0., 1e-310, 1e-40, 1e38, 3e38,
                                  1e308, -1e308, -1e9, -1, 1, 65504, 5e-324};
    return some[drawn() % 16];
}

static void put_float(uint8_t *to, int type, double x) {
    if (type == LGT_F64) memcpy(to, &x, 8);
    float f = (float)(x > 3.4e38 && x < INFINITY ? 3.4e38 : x < -3.4e38 && x > -INFINITY ? -3.4e38 : x);
    if (type == LGT_F32) memcpy(to, &f, 4);
    uint16_t half = type == LGT_F16 ? lgt_f16_from_f32(f) : lgt_bf16_from_f32(f);
    if (type == LGT_F16 || type == LGT_BF16) memcpy(to, &half, 2);
}

static void put_whole(uint8_t *to, size_t size, uint64_t x) {
    uint8_t u8 = (uint8_t)x;
    uint16_t u16 = (uint16_t)x;
    uint32_t u32 = (uint32_t)x;
    memcpy(to, size == 1 ? (void *)&u8 : size == 2 ? (void *)&u16 : size == 4 ? (void *)&u32 : (void *)&x, size);
}

/* Brings a row that is not negative to a sum of 1, as near as its type can. */
static void normalise(double *row, size_t cols) {
    double sum = 0;
    for (size_t c = 0; c < cols; c++) sum += row[c];
    for (size_t c = 0; sum > 0 && c < cols; c++) row[c] /= sum;
}

static void fill_floats(uint8_t *to, int type, int hint, size_t rows, size_t cols, size_t stride) {
    static const uint8_t modes[] = {LOGITS, UNIT, SHARES, WEIGHTS, BITS, RAW};
    uint8_t mode = byte();
    int now = mode < 128 ? hint : modes[mode % 6];
    int ties = mode >= 64 && mode < 96, planted = mode >= 96 && mode < 160;
    size_t size = size_of_type(type);
    double row[256];
    seed = 0x9e3779b97f4a7c15u ^ byte() ^ (uint64_t)byte() << 8;
    for (size_t r = 0; r < rows; r++)
        for (size_t start = 0; start < cols; start += 256) {
            size_t n = cols - start < 256 ? cols - start : 256;
            for (size_t c = 0; c < n; c++)
                row[c] = ties && drawn() % 4 ? 0.5
                         : planted && drawn() % 8 == 0 ? odd()
                                                       : of_hint(now, r * stride + start + c);
            if (now == SHARES && !ties && !planted) normalise(row, n);
            for (size_t c = 0; c < n; c++) {
                uint8_t *one = to + (r * stride + start + c) * size;
                if (now == RAW)
                    put_whole(one, size, drawn() % 3 ? drawn() : ~(uint64_t)0 << drawn() % 64);
                else
                    put_float(one, type, row[c]);
            }
        }
}

static void fill_whole(uint8_t *to, int type, int hint, size_t n, double classes) {
    uint8_t mode = byte();
    size_t size = size_of_type(type);
    uint64_t below = hint == BITS ? 2 : hint == WHOLE ? 6 : classes >= 1 ? (uint64_t)classes : 1;
    seed = 0x9e3779b97f4a7c15u ^ byte() ^ (uint64_t)byte() << 8;
    if (mode >= 128 && mode < 160) below = 2;
    for (size_t i = 0; i < n; i++) {
        uint64_t x = hint == RISING && mode < 128 ? i + (mode % 2) : drawn() % below;
        if (mode >= 224 && drawn() % 8 == 0) x = drawn() % 2 ? extremes[drawn() % 8] : drawn();
        if (mode >= 192 && mode < 224) x = below - 1;
        put_whole(to + i * size, size, x);
    }
}

/* Fills rows as ordinary input or odd, by the bytes that come. Where rows do not fit what
 * was said of them, as they may not where a stride is too small, all is one row. */
void fill(void *data, const argument *arg, extent e, int type, double classes) {
    if (!(e.rows > 0 && e.cols > 0)) return;
    double all = spread(e.rows, e.stride, e.cols);
    if (e.rows == 1 || e.stride < e.cols) e.rows = 1, e.cols = e.stride = all;
    size_t rows = (size_t)e.rows, cols = (size_t)e.cols, stride = (size_t)e.stride;
    if (type >= LGT_F32 && type <= LGT_BF16)
        fill_floats((uint8_t *)data, type, arg->hint, rows, cols, stride);
    else
        fill_whole((uint8_t *)data, type, arg->hint, (size_t)all, classes);
}
