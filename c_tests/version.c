/* One version: in the header, in the library, and in the build. */
#include "check.h"

void test(void) {
    CHECK(lgt_version_number() == LGT_VERSION_NUMBER);
    CHECK(LGT_VERSION_NUMBER ==
          LGT_VERSION_MAJOR * 10000 + LGT_VERSION_MINOR * 100 + LGT_VERSION_PATCH);
    CHECK(strcmp(lgt_version(), LGT_VERSION) == 0);
    CHECK(strcmp(lgt_version(), BUILD_VERSION) == 0);
    CHECK(strstr(lgt_build_info(), LGT_VERSION) != NULL);
    CHECK(strstr(lgt_build_info(), lgt_cpu_level_name(lgt_cpu_level())) != NULL);
    CHECK(strchr(lgt_build_info(), '\n') == NULL);
}
