/* A reliability diagram as an SVG file: accuracy against confidence. */
#ifndef DIAGRAM_H
#define DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <logitude/logitude.h>

typedef struct {
    const char *title;
    double ece;
    const lgt_reliability_bin *bins;
} diagram_panel;

/* Draws two panels side by side, each of `bins` bins. False if `svg` could not
 * be written. */
bool diagram_draw(FILE *svg, const diagram_panel panels[2], size_t bins);

#endif
