// What a stranger's C++ program does first.
#include <logitude/logitude.hpp>
#include <vector>

int main() {
  const std::vector<float> x{1, 2, 3};
  std::vector<float> y(3);
  logitude::softmax(logitude::row(x), logitude::row(y));
  try {
    logitude::softmax(logitude::rows(x, 3), logitude::rows(y, 1));
  } catch (const logitude::error &error) {
    return error.status() == LGT_E_SHAPE && y[2] > 0.66f ? 0 : 1;
  }
  return 1;
}
