#include "adversarial.hpp"

#include <cmath>
#include <memory>

#include "buffer.hpp"
#include "logitude.hpp"

void fill_logits(float *x, size_t n) {
    uint32_t seed = 1;
    for (size_t i = 0; i < n; i++) {
        float sum = 0;
        for (int k = 0; k < 4; k++) {
            seed = seed * 1664525u + 1013904223u;
            sum += static_cast<float>(seed >> 8) / 16777216.0f - 0.5f;
        }
        x[i] = 5 * sum;
    }
}

std::vector<Kernel> adversarial(const float *x, float *y, Shape s) {
    const size_t n = s.size();
    const lgt_softmax_opts defaults = options(LGT_SOFTMAX_AUTO, LGT_STORE_AUTO);
    std::vector<Kernel> kernels = {softmax("ordinary", x, y, s, defaults)};
    auto add = [&](const char *name, auto spoil) {
        auto row = std::make_shared<Buffer>(n * sizeof(float));
        float *z = row->as<float>();
        std::memcpy(z, x, n * sizeof *z);
        spoil(z);
        Kernel k = softmax(name, z, y, s, defaults);
        k.run = [run = k.run, row] { run(); };
        kernels.push_back(k);
    };
    add("largest last", [=](float *z) { z[n - 1] = 1e4f; });
    add("1e38 next to -1e38", [=](float *z) { z[n / 2] = 1e38f, z[n / 2 + 1] = -1e38f; });
    add("rising", [=](float *z) {
        for (size_t i = 0; i < n; i++) z[i] = 1e3f * static_cast<float>(i) / static_cast<float>(n);
    });
    add("all equal", [=](float *z) { std::fill(z, z + n, 1.0f); });
    add("one +inf", [=](float *z) { z[n / 2] = INFINITY; });
    add("first half -inf", [=](float *z) { std::fill(z, z + n / 2, -INFINITY); });
    return kernels;
}
