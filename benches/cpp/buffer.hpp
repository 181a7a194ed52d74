// Memory on huge pages, so that what is timed is not the page table.
#pragma once
#include <sys/mman.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <new>

class Buffer {
public:
    explicit Buffer(size_t bytes) : bytes_((bytes + huge - 1) / huge * huge) {
        data_ = std::aligned_alloc(huge, bytes_);
        if (!data_) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
        madvise(data_, bytes_, MADV_HUGEPAGE);
#endif
        std::memset(data_, 0, bytes_);
    }
    ~Buffer() { std::free(data_); }
    Buffer(const Buffer &) = delete;
    Buffer &operator=(const Buffer &) = delete;

    size_t bytes() const { return bytes_; }
    template <class T>
    T *as() const {
        return static_cast<T *>(data_);
    }

private:
    static constexpr size_t huge = size_t{2} << 20;
    size_t bytes_;
    void *data_;
};
