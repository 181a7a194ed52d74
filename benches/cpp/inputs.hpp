// Scores and labels as a classifier leaves them, the same in every run.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "buffer.hpp"
#include "rivals.hpp"

// A matrix of scores, and a class for each row.
struct Scored {
    Buffer scores;
    std::vector<int32_t> labels;
    Scored(Shape s, size_t size_of_score) : scores(s.size() * size_of_score), labels(s.rows) {}
};

// f32 logits of classes that are told apart in two rows of three, by someone who is
// too sure of it: a temperature of 1.5 puts them right.
std::shared_ptr<Scored> logits(Shape shape);
// The same, rounded to bf16.
std::shared_ptr<Scored> logits_bf16(Shape shape);
// Their softmax.
std::shared_ptr<Scored> probabilities(Shape shape);

// f32 probabilities of class 1 of two, in one column.
std::shared_ptr<Scored> probabilities_of_one(size_t rows);

// The classes that rows are said to have, and those they have: the first half of
// the buffer and the second. Two rows of three are right.
std::shared_ptr<Buffer> pairs(size_t rows, uint32_t classes);
