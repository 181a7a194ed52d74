/* Runs one test at one level, and makes sure that it is that level. */
#include "check.h"
#include "guarded.h"

long checks, failures;

int main(int argc, char **argv) {
    const char *wanted = argc > 1 ? argv[1] : lgt_cpu_level_name(lgt_cpu_level());
    if (strcmp(lgt_cpu_level_name(lgt_cpu_level()), wanted) != 0) {
        for (uint32_t level = 0; level < 8; level++) {
            if (strcmp(lgt_cpu_level_name(level), wanted) == 0 &&
                lgt_cpu_set_level(level) == LGT_E_UNSUPPORTED) {
                printf("NOT RUN: %s (this machine lacks it)\n", wanted);
                return 77;
            }
        }
        fprintf(stderr, "level %s in use instead of %s\n", lgt_cpu_level_name(lgt_cpu_level()),
                wanted);
        return 1;
    }
    if (getenv("LOGITUDE_TEST_READABLE")) guard_readable();
    test();
    printf("%s: %ld checks, %ld failed\n", wanted, checks, failures);
    return failures || !checks;
}
