/* Two Rust archives in one program: both work, and the other can still unwind. */
#include <logitude/logitude.h>

uint32_t other_digits(uint32_t n);

int main(void) {
    const float x[3] = {1, 2, 3};
    float y[3];
    lgt_status status = lgt_softmax_f32(x, 3, y, 3, NULL, 1, 3, NULL);
    return status == LGT_OK && y[2] > 0.66f && other_digits(1234) == 4 && other_digits(7) == 0 ? 0 : 1;
}
