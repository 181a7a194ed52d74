#include "workers.hpp"

#include <pthread.h>
#include <sched.h>

#include "harness.hpp"

Workers::Workers(int processor) {
    lgt_ctx_default(&ctx_);
    ctx_.workers = 2;
    ctx_.user = this;
    ctx_.run = [](void *user, size_t tasks, lgt_task task, void *arg) {
        return static_cast<Workers *>(user)->run(tasks, task, arg);
    };
    thread_ = std::thread([this, processor] { serve(processor); });
}

Workers::~Workers() {
    {
        std::lock_guard<std::mutex> lock(mutex_);
        stop_ = true;
        job_++;
    }
    wake_.notify_one();
    thread_.join();
}

void Workers::serve(int processor) {
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    pthread_setaffinity_np(pthread_self(), sizeof one, &one);
    uint64_t seen = 0;
    for (;;) {
        // A call of the library makes several jobs, shortly after one another:
        // look for the next for some microseconds before going to sleep.
        for (int i = 0; i < 20000 && job_ == seen; i++) {
        }
        std::unique_lock<std::mutex> lock(mutex_);
        wake_.wait(lock, [&] { return job_ != seen; });
        lock.unlock();
        seen = job_;
        if (stop_) return;
        const double start = thread_time();
        work();
        other_ = thread_time() - start;
        busy_ = false;
    }
}

void Workers::work() {
    for (size_t i = next_++; i < tasks_; i = next_++) task_(arg_, i);
}

int32_t Workers::run(size_t tasks, lgt_task task, void *arg) {
    tasks_ = tasks;
    task_ = task;
    arg_ = arg;
    next_ = 0;
    busy_ = true;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        job_++;
    }
    wake_.notify_one();
    const double start = thread_time();
    work();
    const double end = thread_time();
    // The other one may not even have woken; its last task must be over.
    while (busy_) sched_yield();
    const double own = end - start, waited = thread_time() - end;
    const double larger_half = static_cast<double>((tasks + 1) / 2) / static_cast<double>(tasks);
    extra_ += (own + other_) * larger_half - own - waited;
    return 0;
}

double Workers::extra() {
    const double seconds = extra_;
    extra_ = 0;
    return seconds;
}
