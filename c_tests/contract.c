/* The header of today is what this version promised, on this processor; and what it
 * declares is in the library. Sizes, places and types are compared by the compiler. */
#include "contract.h"

#include "check.h"

#define ALIAS(name, type)
#define CALLBACK(name, returned, args)
#define STATUS(name, number)
#define CONSTANT(name, number)
#define STRUCT(name, wide, narrow)
#define FIELD(name, field, type, wide, narrow)

static const struct {
    const char *name;
    void (*address)(void);
} functions[] = {
#define FUNCTION(name, returned, args) {#name, (void (*)(void))name},
#include CONTRACT
#undef FUNCTION
};
#define FUNCTION(name, returned, args)
#undef STATUS
#define STATUS(name, number) {#name, number},

static const struct {
    const char *name;
    int number;
} statuses[] = {
#include CONTRACT
};

enum {
    FUNCTIONS = sizeof functions / sizeof *functions,
    STATUSES = sizeof statuses / sizeof *statuses
};

void test(void) {
    for (int i = 0; i < FUNCTIONS; i++) {
        void (*volatile address)(void) = functions[i].address;
        CHECK(address != NULL && strncmp(functions[i].name, "lgt_", 4) == 0);
    }
    for (int i = 0; i < STATUSES; i++)
        CHECK(strcmp(lgt_status_name(statuses[i].number), statuses[i].name) == 0);
    CHECK(FUNCTIONS > 1000 && STATUSES > 10);
}
