#include "masked.hpp"

#include <cmath>
#include <memory>

#include "buffer.hpp"
#include "logitude.hpp"

namespace {

// What a mask points to.
struct Arrays {
    lgt_softmax_mask mask;
    Buffer bias, kept, scales;

    explicit Arrays(Shape s)
        : bias(s.size() * sizeof(float)), kept(s.size()), scales(s.rows * sizeof(double)) {
        lgt_softmax_mask_default(&mask);
        for (size_t i = 0; i < s.size(); i++) {
            const bool left_out = i % 17 == 0;
            bias.as<float>()[i] = left_out ? -INFINITY : static_cast<float>(i % 64) / 64;
            kept.as<uint8_t>()[i] = !left_out;
        }
        for (size_t r = 0; r < s.rows; r++) {
            scales.as<double>()[r] = 1 + 1e-3 * static_cast<double>(r);
        }
    }
};

}  // namespace

std::vector<Kernel> masked(const float *x, float *y, Shape s) {
    const lgt_softmax_opts defaults = options(LGT_SOFTMAX_AUTO, LGT_STORE_AUTO);
    std::vector<Kernel> kernels = {softmax("softmax", x, y, s, defaults)};
    auto add = [&](const char *name, auto set) {
        auto arrays = std::make_shared<Arrays>(s);
        lgt_softmax_opts opts = defaults;
        opts.mask = &arrays->mask;
        set(opts, *arrays);
        Kernel k = softmax(name, x, y, s, opts);
        k.run = [run = k.run, arrays] { run(); };
        kernels.push_back(k);
    };
    add("scale", [](lgt_softmax_opts &opts, Arrays &) { opts.scale = 0.75; });
    add("scales", [](lgt_softmax_opts &, Arrays &a) { a.mask.scales = a.scales.as<double>(); });
    add("causal", [=](lgt_softmax_opts &, Arrays &a) {
        // So that half of the entries are seen.
        a.mask.flags = LGT_MASK_CAUSAL;
        a.mask.causal_offset = static_cast<int64_t>(s.cols / 2) - static_cast<int64_t>(s.rows / 2);
    });
    add("one bias", [](lgt_softmax_opts &, Arrays &a) { a.mask.bias = a.bias.as<float>(); });
    add("bias", [=](lgt_softmax_opts &, Arrays &a) {
        a.mask.bias = a.bias.as<float>();
        a.mask.bias_stride = s.cols;
    });
    add("mask", [=](lgt_softmax_opts &, Arrays &a) {
        a.mask.kept = a.kept.as<uint8_t>();
        a.mask.kept_stride = s.cols;
    });
    add("sink", [](lgt_softmax_opts &, Arrays &a) { a.mask.flags = LGT_MASK_SINK; });
    return kernels;
}
