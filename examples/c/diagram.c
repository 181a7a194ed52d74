/* All lengths are in SVG's pixels; y grows downwards. */
#include "diagram.h"

static const double width = 860, height = 590;
static const double left = 70, step = 420;            /* the first panel; from one to the next */
static const double top = 84, side = 330;             /* a panel's square */
static const double rows_top = 438, rows_height = 64; /* the histogram below it */

static const char head[] =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %g %g\""
    " width=\"%g\" height=\"%g\">\n"
    "<title>Reliability before and after calibration</title>\n"
    "<style>\n"
    "  text { font: 13px system-ui, 'DejaVu Sans', Helvetica, Arial, sans-serif; fill: #333 }\n"
    "  .title { font-size: 16px; font-weight: 600; fill: #111 }\n"
    "  .middle { text-anchor: middle } .end { text-anchor: end }\n"
    "  .tick { font-size: 11px; fill: #666 }\n"
    "  .grid { stroke: #e4e4e4 } .frame { fill: none; stroke: #999 }\n"
    "  .bar { fill: #8fb3dc; stroke: #fff; stroke-width: .5 } .rows { fill: #9aa5b1 }\n"
    "  .gap { fill: #e0413c; fill-opacity: .38; stroke: #b8322e; stroke-width: .8 }\n"
    "  .ideal { stroke: #333; stroke-dasharray: 5 4 }\n"
    "</style>\n"
    "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n";

static void rectangle(FILE *svg, const char *class, double x, double y, double w, double h)
{
    fprintf(svg, "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"/>\n",
            class, x, y, w, h);
}

static void line(FILE *svg, const char *class, double x1, double y1, double x2, double y2)
{
    fprintf(svg, "<path class=\"%s\" d=\"M%.2f %.2fL%.2f %.2f\"/>\n", class, x1, y1, x2, y2);
}

static void text(FILE *svg, const char *class, double x, double y, const char *words)
{
    fprintf(svg, "<text class=\"%s\" x=\"%.2f\" y=\"%.2f\">%s</text>\n", class, x, y, words);
}

static void upright_text(FILE *svg, double x, double y, const char *words)
{
    fprintf(svg, "<text class=\"middle\" transform=\"translate(%.2f %.2f) rotate(-90)\">", x, y);
    fprintf(svg, "%s</text>\n", words);
}

/* The height at which the square shows a share from 0 to 1. */
static double level(double share)
{
    return top + side * (1 - share);
}

static void grid(FILE *svg, double x)
{
    char number[8];
    for (int tenth = 0; tenth <= 10; tenth += 2) {
        double share = tenth / 10.0;
        snprintf(number, sizeof number, "%.1f", share);
        line(svg, "grid", x, level(share), x + side, level(share));
        text(svg, "tick end", x - 6, level(share) + 4, number);
        text(svg, "tick middle", x + side * share, rows_top + rows_height + 16, number);
    }
}

static void accuracy_bars(FILE *svg, double x, const lgt_reliability_bin *bins, size_t count)
{
    for (const lgt_reliability_bin *bin = bins; bin < bins + count; bin++) {
        if (bin->rows == 0)
            continue;
        double from = x + side * bin->low, wide = side * (bin->high - bin->low);
        double high = bin->frequency, low = bin->confidence;
        rectangle(svg, "bar", from, level(high), wide, side * high);
        if (high < low)
            high = bin->confidence, low = bin->frequency;
        rectangle(svg, "gap", from, level(high), wide, side * (high - low));
    }
}

static void rows_bars(FILE *svg, double x, const lgt_reliability_bin *bins, size_t count)
{
    uint64_t most = 1;
    char number[24];
    for (size_t b = 0; b < count; b++)
        most = bins[b].rows > most ? bins[b].rows : most;
    for (size_t b = 0; b < count; b++) {
        double high = rows_height * (double)bins[b].rows / (double)most;
        rectangle(svg, "rows", x + side * bins[b].low, rows_top + rows_height - high,
                  side * (bins[b].high - bins[b].low), high);
    }
    snprintf(number, sizeof number, "%llu", (unsigned long long)most);
    text(svg, "tick end", x - 6, rows_top + 8, number);
    text(svg, "tick end", x - 6, rows_top + rows_height + 4, "0");
}

static void panel(FILE *svg, double x, const diagram_panel *p, size_t count)
{
    char ece[32];
    snprintf(ece, sizeof ece, "ECE %.3f", p->ece);
    text(svg, "title", x, top - 18, p->title);
    text(svg, "title end", x + side, top - 18, ece);

    grid(svg, x);
    accuracy_bars(svg, x, p->bins, count);
    line(svg, "ideal", x, level(0), x + side, level(1));
    rectangle(svg, "frame", x, top, side, side);
    rows_bars(svg, x, p->bins, count);
    rectangle(svg, "frame", x, rows_top, side, rows_height);

    upright_text(svg, x - 42, top + side / 2, "accuracy");
    upright_text(svg, x - 42, rows_top + rows_height / 2, "rows");
    text(svg, "middle", x + side / 2, rows_top + rows_height + 36,
         "confidence of the predicted class");
}

static void legend(FILE *svg, double y)
{
    rectangle(svg, "bar", 150, y - 10, 22, 12);
    text(svg, "", 180, y, "accuracy in the bin");
    rectangle(svg, "gap", 345, y - 10, 22, 12);
    text(svg, "", 375, y, "its gap to the mean confidence");
    line(svg, "ideal", 610, y - 4, 636, y - 4);
    text(svg, "", 644, y, "no gap");
}

bool diagram_draw(FILE *svg, const diagram_panel panels[2], size_t bins)
{
    fprintf(svg, head, width, height, width, height);
    text(svg, "title", left, 34, "Reliability: is the model right as often as it says?");
    panel(svg, left, &panels[0], bins);
    panel(svg, left + step, &panels[1], bins);
    legend(svg, height - 20);
    fputs("</svg>\n", svg);
    return fflush(svg) == 0 && !ferror(svg);
}
