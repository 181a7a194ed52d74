#include "report.hpp"

#include <cstdlib>
#include <cstring>

#include "limits.hpp"
#include "logitude/logitude.h"

namespace {

// What others are compared with: our softmax where it is one of several, else
// the first.
double base(const std::vector<Timing> &timings) {
    for (const char *name : {"ours", "softmax"}) {
        if (time_of(timings, name) != 0) return time_of(timings, name);
    }
    for (const Timing &t : timings) {
        if (t.ns != 0) return t.ns;
    }
    return 0;
}

std::string processor_name() {
    char line[256];
    std::string name = "unknown processor";
    if (std::FILE *f = std::fopen("/proc/cpuinfo", "r")) {
        while (std::fgets(line, sizeof line, f)) {
            const char *colon = std::strchr(line, ':');
            if (std::strncmp(line, "model name", 10) == 0 && colon) {
                name.assign(colon + 2, std::strcspn(colon + 2, "\n\"\\"));
                break;
            }
        }
        std::fclose(f);
    }
    return name;
}

}  // namespace

void print(const Case &c, const std::vector<Timing> &timings) {
    const double one = base(timings);
    std::printf("\n%s, level %s\n%-22s %12s %10s\n", c.name.c_str(), lgt_cpu_level_name(c.level),
                "", "ns/element", "ratio");
    for (const Timing &t : timings) {
        if (t.ns != 0) {
            std::printf("%-22s %12.4f %10.2f\n", t.name.c_str(), t.ns, t.ns / one);
        } else {
            std::printf("%-22s not measured: %s\n", t.name.c_str(), t.reason.c_str());
        }
    }
    const Limit l = limit(c, timings);
    if (!l.name.empty()) {
        std::printf("limit %.4f (%s): reached %.0f %%\n", l.ns, l.name.c_str(), 100 * l.ns / one);
    }
    for (const Original &p : compare(c, timings)) {
        std::printf("%s: over read %.2f (XNNPACK's %.2f), over memcpy %.2f (%.2f): %s\n",
                    p.kernel.c_str(), p.read, p.read_there, p.copy, p.copy_there,
                    p.within ? "within 10 %" : "not within 10 %");
    }
    std::fflush(stdout);
}

Report::Report(const char *path, int processor) {
    if (!path) return;
    file_ = std::fopen(path, "w");
    if (!file_) {
        std::perror(path);
        std::exit(1);
    }
    const Caches cache = caches();
    std::fprintf(file_,
                 "{\"processor\": \"%s\", \"pinned\": %d, \"build\": \"%s\", \"level\": \"%s\",\n"
                 " \"caches\": [%zu, %zu, %zu],\n \"cases\": [",
                 processor_name().c_str(), processor, lgt_build_info(),
                 lgt_cpu_level_name(lgt_cpu_level()), cache.l1, cache.l2, cache.l3);
}

Report::~Report() {
    if (!file_) return;
    std::fprintf(file_, "\n]}\n");
    std::fclose(file_);
}

void Report::add(const Case &c, const std::vector<Timing> &timings) {
    if (!file_) return;
    std::fprintf(file_,
                 "%s\n{\"case\": \"%s\", \"group\": \"%s\", \"rows\": %zu, \"cols\": %zu, "
                 "\"level\": \"%s\",",
                 first_ ? "" : ",", c.name.c_str(), c.group.c_str(), c.shape.rows, c.shape.cols,
                 lgt_cpu_level_name(c.level));
    first_ = false;
    const Limit l = limit(c, timings);
    if (!l.name.empty()) {
        std::fprintf(file_, "\n \"limit\": {\"name\": \"%s\", \"ns\": %.5f},", l.name.c_str(),
                     l.ns);
    }
    const char *comma = "";
    std::fprintf(file_, "\n \"originals\": [");
    for (const Original &p : compare(c, timings)) {
        std::fprintf(
            file_,
            "%s\n  {\"kernel\": \"%s\", \"read\": %.3f, \"read_there\": %.3f, \"copy\": %.3f, "
            "\"copy_there\": %.3f, \"within\": %s}",
            comma, p.kernel.c_str(), p.read, p.read_there, p.copy, p.copy_there,
            p.within ? "true" : "false");
        comma = ",";
    }
    comma = "";
    std::fprintf(file_, "],\n \"timings\": [");
    for (const Timing &t : timings) {
        if (t.ns != 0) {
            std::fprintf(file_, "%s\n  {\"name\": \"%s\", \"ns\": %.5f}", comma, t.name.c_str(),
                         t.ns);
        } else {
            std::fprintf(file_, "%s\n  {\"name\": \"%s\", \"reason\": \"%s\"}", comma,
                         t.name.c_str(), t.reason.c_str());
        }
        comma = ",";
    }
    std::fprintf(file_, "]}");
}
