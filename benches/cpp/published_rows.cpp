#include "logitude/logitude.h"
#include "published/kernels.hpp"
#include "rivals.hpp"

namespace {

Kernel over_rows(const char *name, published::Row row, const float *x, float *y, Shape s) {
    auto run = [=] {
        for (size_t r = 0; r < s.rows; r++) row(x + r * s.cols, y + r * s.cols, s.cols);
    };
    return {name, run, ""};
}

}  // namespace

std::vector<Kernel> published_kernels(const float *x, float *y, Shape s, unsigned level) {
#ifdef BENCH_X86
    if (level == LGT_LEVEL_AVX512 || level == LGT_LEVEL_AVX2) {
        const auto &k = level == LGT_LEVEL_AVX512 ? published::avx512 : published::avx2;
        return {over_rows("reload", k.reload, x, y, s),
                over_rows("recompute", k.recompute, x, y, s),
                over_rows("two-pass", k.two_pass, x, y, s)};
    }
#endif
    (void)x, (void)y, (void)s, (void)level;
    std::vector<Kernel> none;
    for (const char *name : {"reload", "recompute", "two-pass"}) {
        none.push_back({name, {}, "not written for this processor"});
    }
    return none;
}
