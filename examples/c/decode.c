/* The loop of an inference engine: logits come in, banned tokens are masked, a temperature
 * and softmax make them probabilities, and a token is drawn, until it is the one to stop
 * at. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "logitude/logitude.h"

enum { VOCABULARY = 128, MOST = 400 }; /* a token is an ASCII letter */
/* The logit of a letter after another says how often it came there in one text. */
static float model[VOCABULARY][VOCABULARY];

static void read_text(const char *text) {
    for (int a = 0; a < VOCABULARY; a++)
        for (int b = 0; b < VOCABULARY; b++) model[a][b] = .001f;
    for (; text[1]; text++) model[(int)text[0]][(int)text[1]] += 1;
    for (int a = 0; a < VOCABULARY; a++)
        for (int b = 0; b < VOCABULARY; b++) model[a][b] = logf(model[a][b]);
}

/* A token with the probability that it has. */
static int draw(const float *probs, uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    double left = (double)(*seed >> 11) / 9007199254740992.0;
    int token = VOCABULARY - 1;
    while (token > 0 && probs[token] == 0) token--; /* the last that can be */
    for (int t = 0; t < token; t++)
        if ((left -= probs[t]) < 0) return t;
    return token;
}

int main(void) {
    const char stop = '.', banned = 'n';
    read_text("the cat sat on the mat. the rat ate the hat. a tan hen ran. the cat is here. the end.");

    uint8_t kept[VOCABULARY] = {0};
    for (const char *letter = "abcdefghijklmoprstuvwxyz ."; *letter; letter++) kept[(int)*letter] = 1;
    lgt_softmax_mask mask;
    lgt_softmax_mask_default(&mask);
    mask.kept = kept;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.mask = &mask;
    opts.scale = 1 / 0.8; /* a temperature of 0.8 */

    char text[MOST + 1] = "t";
    float probs[VOCABULARY];
    uint64_t seed = 7;
    for (int i = 1; i < MOST && text[i - 1] != stop; i++) {
        const float *logits = model[(int)text[i - 1]];
        if (lgt_softmax_f32(logits, VOCABULARY, probs, VOCABULARY, NULL, 1, VOCABULARY, &opts) < 0)
            return 1;
        text[i] = (char)draw(probs, &seed);
    }
    puts(text);
    return text[strlen(text) - 1] == stop && strchr(text, banned) == NULL ? 0 : 1;
}
