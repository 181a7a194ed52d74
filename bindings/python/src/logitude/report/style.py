"""The style of the page, light and dark, for screens and for paper."""

CSS = """
:root {
  color-scheme: light dark;
  --paper: #ffffff; --ink: #1c2127; --soft: #5b6570; --rule: #dfe3e8; --panel: #f5f7f9;
  --v0: #c2570c; --v1: #1f6fb8; --v2: #2b8a4b; --v3: #8a4fbf; --v4: #b3326b; --v5: #6b6f00;
  --gap: #b0233a; --good: #1d7a3e; --bad: #b0233a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14181d; --ink: #e4e8ec; --soft: #9aa5b1; --rule: #2d343c; --panel: #1b2128;
    --v0: #f0914a; --v1: #5aa9ee; --v2: #62c483; --v3: #b98be8; --v4: #ea75a6; --v5: #c4c750;
    --gap: #ff7a8c; --good: #62c483; --bad: #ff7a8c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 76rem; background: var(--paper);
  color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; border-bottom: 1px solid var(--rule); }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; }
p { margin: .5rem 0; max-width: 46rem; }
.soft, .meaning, figcaption { color: var(--soft); }
.meaning { display: block; font-size: .85rem; line-height: 1.35; font-weight: 400; }
.brief { background: var(--panel); border-left: 4px solid var(--v1); padding: .6rem 1rem; }
.note { background: var(--panel); border-left: 4px solid var(--bad); padding: .6rem 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: right; padding: .45rem .6rem; border-bottom: 1px solid var(--rule);
  vertical-align: top; overflow-wrap: normal; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
thead th { color: var(--soft); font-weight: 600; font-size: .9rem; vertical-align: bottom; }
tbody th { font-weight: 600; }
.metrics tbody th { min-width: 9.5rem; }
.within { display: block; color: var(--soft); font-size: .78rem; white-space: nowrap; }
.better { color: var(--good); font-weight: 600; } .worse { color: var(--bad); }
.facts th { font-weight: 400; color: var(--soft); width: 13rem; padding-right: 1rem; }
.facts td { text-align: left; overflow-wrap: anywhere; }
.figures { display: grid; gap: 1rem 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
figure { margin: 0; max-width: 30rem; break-inside: avoid; align-self: end; }
figcaption { font-size: .9rem; margin-bottom: .2rem; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--soft); font-size: 11px; } svg .label { fill: var(--ink); }
.grid { stroke: var(--rule); } .axis { stroke: var(--soft); }
.ideal { stroke: var(--soft); stroke-dasharray: 5 4; fill: none; }
.whisker { stroke: var(--ink); stroke-width: 1.2; }
.gap { fill: var(--gap); fill-opacity: .28; }
.bar { fill-opacity: .75; } .line { fill: none; stroke-width: 2; }
.bar.v0 { fill: var(--v0); } .bar.v1 { fill: var(--v1); } .bar.v2 { fill: var(--v2); }
.bar.v3 { fill: var(--v3); } .bar.v4 { fill: var(--v4); } .bar.v5 { fill: var(--v5); }
.line.v0 { stroke: var(--v0); } .line.v1 { stroke: var(--v1); } .line.v2 { stroke: var(--v2); }
.line.v3 { stroke: var(--v3); } .line.v4 { stroke: var(--v4); } .line.v5 { stroke: var(--v5); }
.line.v1 { stroke-dasharray: 9 3; } .line.v2 { stroke-dasharray: 3 3; }
.line.v3 { stroke-dasharray: 12 3 3 3; } .line.v4 { stroke-dasharray: 6 6; }
.key { display: inline-block; width: 1.6rem; height: .7rem; margin: 0 .35rem 0 0; }
.key.v0 { background: var(--v0); } .key.v1 { background: var(--v1); }
.key.v2 { background: var(--v2); } .key.v3 { background: var(--v3); }
.key.v4 { background: var(--v4); } .key.v5 { background: var(--v5); }
.keys span { white-space: nowrap; margin-right: 1.1rem; }
code { font: .88em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
@media (max-width: 36rem) {
  .metrics thead { display: none; }
  .metrics tr { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr));
    border-bottom: 1px solid var(--rule); padding: .4rem 0; }
  .metrics tbody th { grid-column: 1 / -1; }
  .metrics th, .metrics td { border: 0; padding: .1rem 0; text-align: left; }
  .metrics td::before { content: attr(data-head); display: block; color: var(--soft);
    font-size: .78rem; }
  .facts th { width: 6.5rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --rule: #ccc; --panel: #fff;
    --v0: #c2570c; --v1: #1f6fb8; --v2: #2b8a4b; --v3: #8a4fbf; --v4: #b3326b; --v5: #6b6f00;
    --gap: #b0233a; --good: #1d7a3e; --bad: #b0233a; }
  body { font-size: 10pt; max-width: none; padding: 0; print-color-adjust: exact;
    -webkit-print-color-adjust: exact; }
  h2 { break-after: avoid; } tr { break-inside: avoid; }
  .figures { grid-template-columns: 1fr 1fr; } .wide { overflow: visible; }
}
"""
