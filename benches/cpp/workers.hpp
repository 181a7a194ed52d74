// Threads that stay alive between calls, lent to the library as an executor.
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "logitude/logitude.h"

// The calling thread and one more, on a processor of its own.
class Workers {
public:
    explicit Workers(int processor);
    ~Workers();
    const lgt_ctx *ctx() const { return &ctx_; }
    // What makes the calling thread's own time that of the jobs since the last
    // asking on two free processors: no waiting, and both threads' work split
    // as evenly as the number of tasks allows. On a busy machine the one that
    // was not held up has done more than its half.
    double extra();

private:
    void serve(int processor);
    void work();
    int32_t run(size_t tasks, lgt_task task, void *arg);

    lgt_ctx ctx_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::atomic<uint64_t> job_{0};
    std::atomic<bool> busy_{false};
    std::atomic<bool> stop_{false};
    std::atomic<size_t> next_{0};
    size_t tasks_ = 0;
    lgt_task task_ = nullptr;
    void *arg_ = nullptr;
    double other_ = 0;  // time of the other thread in this job
    double extra_ = 0;
    std::thread thread_;
};
