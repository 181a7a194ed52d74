/* The 16-bit types: every value there and back, every midpoint to even. */
#include "check.h"

/* A format with that many bits of exponent and fraction. */
typedef struct {
    int exponent, fraction;
    float (*widen)(uint16_t);
    uint16_t (*narrow)(float);
} format;

static double value_of(const format *f, uint32_t bits) {
    uint32_t fraction = bits & ((1u << f->fraction) - 1);
    int most = (1 << f->exponent) - 1, bias = most >> 1;
    int exponent = (int)(bits >> f->fraction) & most;
    double sign = bits >> 15 ? -1 : 1;
    if (exponent == most) return fraction ? NAN : sign * INFINITY;
    if (exponent == 0) return sign * ldexp(fraction, 1 - bias - f->fraction);
    return sign * ldexp(fraction + (1 << f->fraction), exponent - bias - f->fraction);
}

static void each_value(const format *f) {
    for (uint32_t bits = 0; bits < 0x10000; bits++) {
        double exact = value_of(f, bits);
        float x = f->widen((uint16_t)bits);
        if (isnan(exact)) {
            CHECK(isnan(x) && isnan(f->widen(f->narrow(x))));
        } else {
            CHECK(x == (float)exact && !signbit(x) == !signbit(exact));
            CHECK(f->narrow(x) == bits);
        }
    }
}

/* Between each number and the next: a tie goes to the even one, and the least
 * bit to either side decides. Past the largest, the next is infinity. */
static void each_midpoint(const format *f) {
    uint32_t infinity = ((1u << f->exponent) - 1) << f->fraction;
    for (uint32_t bits = 0; bits < infinity; bits++) {
        double step = value_of(f, bits ? bits : 1) - value_of(f, bits ? bits - 1 : 0);
        double next = bits + 1 == infinity ? value_of(f, bits) + step : value_of(f, bits + 1);
        double middle = (value_of(f, bits) + next) / 2;
        if (middle > 3.4e38) continue; /* no float */
        float tie = (float)middle;
        CHECK(f->narrow(tie) == bits + (bits & 1));
        CHECK(f->narrow(-tie) == (0x8000 | (bits + (bits & 1))));
        CHECK(f->narrow(nextafterf(tie, 0)) == bits);
        CHECK(f->narrow(nextafterf(tie, INFINITY)) == bits + 1);
    }
}

void test(void) {
    const format f16 = {5, 10, lgt_f16_to_f32, lgt_f16_from_f32};
    const format bf16 = {8, 7, lgt_bf16_to_f32, lgt_bf16_from_f32};
    each_value(&f16);
    each_value(&bf16);
    each_midpoint(&f16);
    each_midpoint(&bf16);
    CHECK(lgt_f16_from_f32(3e38f) == 0x7c00 && lgt_f16_from_f32(-INFINITY) == 0xfc00);
    CHECK(lgt_bf16_from_f32(3.4e38f) == 0x7f80 && lgt_bf16_from_f32(1e-45f) == 0);
    CHECK(isnan(lgt_f16_to_f32(lgt_f16_from_f32(NAN))));
    CHECK(isnan(lgt_bf16_to_f32(lgt_bf16_from_f32(NAN))));
}
