/* Input that is the same on every machine, made of integers and divisions alone, and
 * hashes of results by their values, whatever the order of bytes. */
#ifndef HASHED_H
#define HASHED_H

#include "check.h"

/* SplitMix64. */
static inline uint64_t draw(uint64_t *seed) {
    uint64_t z = *seed += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

/* FNV-1a of the bytes of a word, lowest first. */
static inline uint64_t hash_word(uint64_t hash, uint64_t word) {
    for (int i = 0; i < 8; i++, word >>= 8) hash = (hash ^ (word & 255)) * 0x100000001b3u;
    return hash;
}

/* Numbers by their bits; any NaN counts as one, since its sign and payload are left to
 * the processor. */
static inline uint64_t hash_numbers(uint64_t hash, int type, const void *array, size_t n) {
    for (size_t i = 0; i < n; i++) {
        uint64_t word = 0;
        if (isnan(get(array, type, i))) {
            word = UINT64_MAX;
        } else if (type == F64) {
            memcpy(&word, (const double *)array + i, 8);
        } else if (type == F32) {
            uint32_t bits;
            memcpy(&bits, (const float *)array + i, 4);
            word = bits;
        } else {
            uint16_t bits;
            memcpy(&bits, (const uint16_t *)array + i, 2);
            word = bits;
        }
        hash = hash_word(hash, word);
    }
    return hash;
}

/* Words of 8 bytes: limbs, counts and doubles; of a NaN that an operation made the sign
 * is left out. */
static inline uint64_t hash_words(uint64_t hash, const void *words, size_t bytes) {
    for (size_t at = 0; at + 8 <= bytes; at += 8) {
        uint64_t word;
        memcpy(&word, (const char *)words + at, 8);
        hash = hash_word(hash, word == 0xfff8000000000000u ? word << 1 >> 1 : word);
    }
    return hash;
}

static inline uint64_t hash_head(uint64_t hash, const lgt_state_head *head) {
    hash = hash_word(hash, (uint64_t)head->magic << 32 | (uint64_t)head->kind << 16 | head->version);
    return hash_word(hash, (uint64_t)head->size << 32 | head->param);
}

/* A state: its head field by field, then words. */
static inline uint64_t hash_state(uint64_t hash, const void *state, size_t bytes) {
    const lgt_state_head *head = (const lgt_state_head *)state;
    return hash_words(hash_head(hash, head), head + 1, bytes - sizeof *head);
}

/* A model in the same way. */
static inline uint64_t hash_model(uint64_t hash, const void *model, size_t bytes) {
    const lgt_model_head *head = (const lgt_model_head *)model;
    hash = hash_head(hash, &head->head);
    hash = hash_word(hash, (uint64_t)head->iterations << 32 | (uint32_t)head->fit_status);
    return hash_words(hash, &head->nll_before, bytes - sizeof head->head - 8);
}

#endif
