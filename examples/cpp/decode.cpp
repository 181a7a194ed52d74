// The loop of an inference engine: logits come in, banned tokens are masked, a temperature
// and softmax make them probabilities, and a token is drawn, until it is the one to stop at.
#include <cmath>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "logitude/logitude.hpp"

namespace lg = logitude;

// A model that has read one text: the logit of a letter after another says how often it
// came there.
class model {
 public:
  static constexpr std::size_t vocabulary = 128;  // a token is an ASCII letter

  explicit model(const std::string &text) : logits_(vocabulary * vocabulary, std::log(.001f)) {
    for (std::size_t i = 1; i < text.size(); i++) {
      float &logit = logits_[index(text[i - 1]) + std::size_t(text[i])];
      logit = std::log(std::exp(logit) + 1);
    }
  }
  lg::view<const float> next(char last) const { return {&logits_[index(last)], vocabulary}; }

 private:
  static std::size_t index(char token) { return std::size_t(token) * vocabulary; }
  std::vector<float> logits_;
};

int main() {
  const model model("the cat sat on the mat. the rat ate the hat. a tan hen ran. the cat is here. the end.");
  const char stop = '.', banned = 'n';

  // Letters of the text alone, without the banned one.
  std::vector<std::uint8_t> kept(model::vocabulary);
  for (char letter : std::string("abcdefghijklmoprstuvwxyz .")) kept[std::size_t(letter)] = 1;
  lgt_softmax_mask mask = lg::softmax_mask_default();
  mask.kept = kept.data();
  lgt_softmax_opts opts = lg::softmax_opts_default();
  opts.mask = &mask;
  opts.scale = 1 / 0.8;  // a temperature of 0.8

  std::mt19937 generator(7);
  std::vector<float> probs(model::vocabulary);
  std::string text = "t";
  while (text.back() != stop && text.size() < 400) {
    lg::softmax(lg::row(model.next(text.back())), lg::row(probs), {}, &opts);
    std::discrete_distribution<int> token(probs.begin(), probs.end());
    text += static_cast<char>(token(generator));
  }
  std::printf("%s\n", text.c_str());
  return text.back() == stop && text.find(banned) == std::string::npos ? 0 : 1;
}
