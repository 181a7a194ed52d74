/* What libFuzzer calls. */
#ifndef FUZZ_STATE_H
#define FUZZ_STATE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C"
#endif
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
