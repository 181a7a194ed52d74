// An executor made of std::thread: the workers take the next task until there
// is none. A program that has a pool lends that instead.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

#include "logitude/logitude.h"

static int32_t run(void *user, size_t tasks, lgt_task task, void *arg) {
    std::atomic<size_t> next{0};
    auto work = [&] {
        for (size_t i; (i = next++) < tasks;) task(arg, i);
    };
    std::vector<std::thread> helpers;
    for (unsigned i = 1; i < *static_cast<unsigned *>(user); i++) helpers.emplace_back(work);
    work();
    for (auto &helper : helpers) helper.join();
    return 0;
}

int main() {
    // One row that no cache holds: its segments are shared out.
    std::vector<float> x(4000000), alone(x.size()), shared(x.size());
    for (size_t i = 0; i < x.size(); i++) x[i] = static_cast<float>(i * 2654435761u % 1000) * .01f;

    unsigned workers = std::max(2u, std::thread::hardware_concurrency());
    lgt_ctx ctx;
    lgt_ctx_default(&ctx);
    ctx.workers = workers;
    ctx.user = &workers;
    ctx.run = run;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.ctx = &ctx;

    const size_t n = x.size();
    lgt_status first = lgt_softmax_f32(x.data(), n, alone.data(), n, nullptr, 1, n, nullptr);
    lgt_status second = lgt_softmax_f32(x.data(), n, shared.data(), n, nullptr, 1, n, &opts);
    std::printf("%u threads: %s, bits %s\n", workers, lgt_status_name(second),
                alone == shared ? "as with one" : "differ");
    return first == LGT_OK && second == LGT_OK && alone == shared ? 0 : 1;
}
