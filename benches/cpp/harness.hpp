// Kernels take turns, so that whatever the machine is doing meets all of them;
// what is compared is ratios of their medians.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

// Processor time of the calling thread, blind to others on a busy machine, or
// wall time.
enum class Clock { thread, wall };

struct Kernel {
    std::string name;
    // Empty: not measured, for the reason given.
    std::function<void()> run;
    std::string reason;
    Clock clock = Clock::thread;
    // Seconds to be added to the calling thread's since this was last asked.
    std::function<double()> extra = {};
    // The least of its times counts, not the median: where threads work side by
    // side, a busy machine can only add.
    bool least = false;
};

// Processor time of the calling thread, in seconds.
double thread_time();

struct Timing {
    std::string name;
    double ns;  // per element; 0 if not measured
    std::string reason;
};

struct Caches {
    size_t l1, l2, l3;
};

// Of the processor, as the system tells.
Caches caches();

// Keeps this thread on the last processor it may use, and says which it was.
int pin();
// Another processor than that one, or -1.
int other_processor();

// `elements` in and out of a call, `bytes` what it touches, `seconds` about how
// long all of it may take.
std::vector<Timing> race(const std::vector<Kernel> &kernels, size_t elements, size_t bytes,
                         double seconds);
