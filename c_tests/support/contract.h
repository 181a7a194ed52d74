/* The record of what this version promises, held against the header by the compiler. */
#ifndef CONTRACT_H
#define CONTRACT_H

#include "logitude/logitude.h"

#if LGT_VERSION_MAJOR == 0 && LGT_VERSION_MINOR == 1
#define CONTRACT "../../tests/contract/0.1.h"
#else
#error "which record is this version's?"
#endif

/* An array of -1 elements, where there is no word for it yet. */
#if defined(__cplusplus)
#define HOLDS(name, condition) static_assert(condition, #name);
#elif defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L
#define HOLDS(name, condition) _Static_assert(condition, #name);
#else
#define HOLDS(name, condition) typedef char name[(condition) ? 1 : -1];
#endif

/* Whether an address has 64 bits. */
#define BY_ADDRESS(wide, narrow) (sizeof(void *) == 8 ? (wide) : (narrow))

/* Pointers are of one type only if what they point to is. */
#define ALIAS(name, type) \
    static inline type *type_of_##name(name *x) { return x; }
#define CALLBACK(name, returned, args) \
    static inline name type_of_##name(returned(*x) args) { return x; }
#define STATUS(name, number) HOLDS(promised_##name, (int)(name) == (number))
#define CONSTANT(name, number) HOLDS(promised_##name, (name) == (number))
#define STRUCT(name, wide, narrow) HOLDS(promised_##name, sizeof(name) == BY_ADDRESS(wide, narrow))
#define FIELD(name, field, type, wide, narrow)                                          \
    HOLDS(promised_##name##_##field, offsetof(name, field) == BY_ADDRESS(wide, narrow)) \
    static inline type *type_of_##name##_##field(name *x) { return &x->field; }
#define FUNCTION(name, returned, args) \
    static inline returned(*type_of_##name(void)) args { return name; }

#include CONTRACT

#undef ALIAS
#undef CALLBACK
#undef STATUS
#undef CONSTANT
#undef STRUCT
#undef FIELD
#undef FUNCTION

#endif
