/* Header and library are of one version, and work. */
#include <logitude/logitude.h>
#include <stdio.h>

int main(void) {
    const float x[3] = {1, 2, 3};
    float y[3];
    lgt_status status = lgt_softmax_f32(x, 3, y, 3, NULL, 1, 3, NULL);
    printf("%s: %s\n", lgt_build_info(), lgt_status_name(status));
    return status == LGT_OK && lgt_version_number() == LGT_VERSION_NUMBER && y[2] > 0.66f ? 0 : 1;
}
