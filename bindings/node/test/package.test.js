// What the package adds to the C functions: types, sizes, errors, states, models.
'use strict';

const assert = require('node:assert');
const { execFileSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');
const test = require('node:test');
const lg = require('logitude');

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not near ${b}`);
const softmaxOf = (row) => {
  const terms = row.map((x) => Math.exp(x));
  return terms.map((x) => x / terms.reduce((a, b) => a + b));
};

test('the type of the array chooses the function', () => {
  const row = [1, 2, 3];
  for (const Type of [Float32Array, Float64Array]) {
    const y = lg.softmax(Type.from(row));
    assert.ok(y instanceof Type);
    y.forEach((p, i) => near(p, softmaxOf(row)[i]));
  }
  for (const Type of [lg.F16Array, lg.BF16Array]) {
    const y = lg.softmax(Type.fromNumbers(row));
    assert.ok(y instanceof Type);
    y.toNumbers().forEach((p, i) => assert.ok(Math.abs(p - softmaxOf(row)[i]) < 2e-3));
  }
  assert.ok(lg.softmax(row) instanceof Float64Array);
  assert.throws(() => lg.softmax(Int32Array.from(row)), /softmax: no function for a Int32Array/);
  assert.throws(() => lg.softmax(Float32Array.from(row), { y: new Float64Array(3) }), TypeError);
});

test('sizes are read off the arrays', () => {
  const flat = Float32Array.of(1, 2, 3, 3, 2, 1);
  const rows = lg.softmax([[1, 2, 3], [3, 2, 1]]);
  lg.softmax(flat, { cols: 3 }).forEach((p, i) => near(p, rows[i]));
  lg.softmax(flat, { rows: 2 }).forEach((p, i) => near(p, rows[i]));
  // Labels say how many rows there are; of a row, the last number is not the next one's.
  near(lg.crossEntropy(flat, [2, 0], { total: true }), -2 * Math.log(rows[2]));
  const apart = lg.softmax(Float32Array.of(1, 2, 3, 9, 3, 2, 1), { cols: 3, xStride: 4 });
  apart.forEach((p, i) => near(p, rows[i]));
  assert.throws(() => lg.softmax(flat, { cols: 4 }), { code: 'LGT_E_SHAPE' });
  assert.throws(() => lg.softmax(flat, { cols: 3, rows: 3 }), { code: 'LGT_E_SIZE' });
  assert.throws(() => lg.softmax(flat, { cols: 3, y: new Float32Array(5) }), { code: 'LGT_E_SIZE' });
  assert.throws(() => lg.softmax([[1, 2], [3]]), /unequal length/);
});

test('outputs are made, or written where the caller says', () => {
  const x = Float32Array.of(1, 2, 3);
  const { y, lse } = lg.softmax(x, { lse: true });
  near(lse[0], Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)));
  const copy = x.slice();
  lg.softmax(copy, { y: copy });
  assert.deepStrictEqual(copy, y);
  assert.deepStrictEqual(Object.keys(lg.topLabel([[1, 2]], { confidence: true, predicted: true })),
    ['confidence', 'predicted']);
  // All of what a curve cannot do without.
  const curve = lg.rocCurve([0.1, 0.9], [0, 1], { capacity: 3, corners: 0 });
  assert.strictEqual(curve.report.points, 3);
  assert.deepStrictEqual(Array.from(curve.tpr), [0, 1, 1]);
});

test('options and structs are objects', () => {
  const sharp = lg.softmax([[0, 1]], { opts: { scale: 2 } });
  near(sharp[1], 1 / (1 + Math.exp(-2)));
  const masked = lg.softmax([[0, 1, 5]], { opts: { mask: { kept: Uint8Array.of(1, 1, 0) } } });
  near(masked[1], 1 / (1 + Math.exp(-1)));
  near(masked[2], 0);
  const picked = lg.softmax([[0, 9, 1], [1, 9, 0]], { opts: { mask: { columns: Int32Array.of(2, 0), count: 2 } } });
  [0, 1, 4, 3].forEach((at, i) => near(picked[at], 1 / (1 + Math.exp(i % 2 ? 1 : -1))));
  assert.throws(() => lg.softmax([[0, 1]], { opts: { mask: { columns: [0] } } }), /no typed array/);
  assert.throws(() => lg.softmax([[0, 1]], { opts: { sharp: 2 } }), /has no field sharp/);
  assert.strictEqual(lg.temperatureOptsDefault().maxIter, 50);
});

test('errors say what and where', () => {
  const wrong = () => lg.crossEntropy([[1, 2]], [7]);
  assert.throws(wrong, { name: 'LogitudeError', code: 'LGT_E_LABEL', status: -6 });
  assert.throws(wrong, lg.LogitudeError);
  assert.throws(wrong, /crossEntropy: a label outside/);
  assert.throws(() => lg.softmax([[1]], { axis: 1 }), /softmax has no argument axis/);
  assert.throws(() => lg.auroc([1, 2], [0, 1]), /auroc: maxFpr is missing/);
  assert.throws(() => lg.taylorSoftmax([[1]], -2), /order = -2 is no uint32_t/);
  assert.throws(() => lg.taylorSoftmax([[1]], 1.5), TypeError);
  assert.throws(() => lg.softmax('text'), TypeError);
  assert.throws(() => lg.crossEntropy([[1, 2]]), { code: 'LGT_E_NULL' });
});

test('advisories are warnings', async () => {
  const warned = new Promise((resolve) => process.once('warning', resolve));
  lg.softmax([[-Infinity]]);
  const warning = await warned;
  assert.strictEqual(warning.name, 'LogitudeWarning');
  assert.strictEqual(warning.code, 'LGT_EMPTY_ROW');
});

test('states merge, clone, and travel as bytes', () => {
  const all = new lg.EceTopLabel(10).update([[0.75, 0.25], [0.75, 0.25]], [0, 1]);
  near(all.finish().ece, 0.25);
  const parts = [[0], [1]].map((y) => new lg.EceTopLabel(10).update([[0.75, 0.25]], y));
  assert.deepStrictEqual(parts[0].clone().merge(parts[1]).toBytes(), all.toBytes());
  assert.deepStrictEqual(parts[1].clone().merge(parts[0]).toBytes(), all.toBytes());
  assert.strictEqual(all.getBins().length, 10);
  assert.strictEqual(lg.EceTopLabel.fromBytes(all.toBytes()).finish().rows, 2);
  assert.strictEqual(all.reset().finish, lg.EceTopLabel.prototype.finish);
  assert.deepStrictEqual(all.toBytes(), new lg.EceTopLabel(10).toBytes());
  assert.throws(() => all.merge(new lg.EceTopLabel(5)), { code: 'LGT_E_MISMATCH' });
  assert.throws(() => lg.Nll.fromBytes(all.toBytes()), { code: 'LGT_E_MISMATCH' });
  assert.throws(() => lg.Nll.fromBytes(new Uint8Array(64)), { code: 'LGT_E_STATE' });
  assert.throws(() => new lg.EceTopLabel(0), { code: 'LGT_E_VALUE' });
});

test('bytes that are too short are refused', () => {
  const state = new lg.Nll();
  const whole = new BigUint64Array(state.toBytes().buffer);
  lg.nllUpdate(whole, [[1, 2]], [0]);
  assert.strictEqual(lg.nllFinish(whole).rows, 1);
  for (const length of [0, 1, whole.length - 1]) {
    assert.throws(() => lg.nllFinish(whole.subarray(0, length)), { code: 'LGT_E_SIZE' });
  }
  const model = lg.Temperature.fit([[4, 0], [4, 0]], [0, 1]);
  assert.throws(() => lg.temperatureApply(model.toBytes().subarray(1), [[1, 2]]), { code: 'LGT_E_SIZE' });
  assert.throws(() => lg.nllFinish(), { code: 'LGT_E_NULL' });
  assert.throws(() => lg.extsumLse(new Uint8Array(4)), /lse/);
});

test('one name takes flags or scores', () => {
  const flags = new lg.Multilabel(2).update(Int32Array.of(1, 0), Int32Array.of(1, 0));
  const scores = new lg.Multilabel(2).update(Float32Array.of(0.9, 0.1), Int32Array.of(1, 0), { threshold: 0.5 });
  assert.deepStrictEqual(flags.toBytes(), scores.toBytes());
});

test('models fit, apply, and travel as bytes', () => {
  const [x, y] = [[[4, 0], [4, 0], [4, 0], [4, 0]], [0, 0, 0, 1]];
  const scaling = lg.Temperature.fit(x, y);
  near(scaling.temperature, 4 / Math.log(3));
  near(scaling.apply([[4, 0]])[0], 0.75);
  assert.strictEqual(lg.Temperature.fromBytes(scaling.toBytes()).temperature, scaling.temperature);
  const isotonic = lg.isotonicFit([0.1, 0.2, 0.3, 0.4], [0, 0, 1, 1]);
  assert.ok(isotonic instanceof lg.Isotonic);
  assert.deepStrictEqual(Array.from(isotonic.apply([0.1, 0.4])), [0, 1]);
  assert.throws(() => lg.Temperature.fromBytes(isotonic.toBytes()), { code: 'LGT_E_MISMATCH' });
});

test('what starts elsewhere in its buffer, and what is empty', () => {
  const x = Float32Array.of(9, 1, 1, 9).subarray(1, 3);
  assert.deepStrictEqual(Array.from(lg.softmax(x)), [0.5, 0.5]);
  assert.strictEqual(lg.softmax(new Float32Array(0), { rows: 0, cols: 3 }).length, 0);
});

test('the version is that of the library', () => {
  assert.strictEqual(require('logitude/package.json').version, lg.version());
});

test('the page runs', () => {
  const page = readFileSync(path.join(__dirname, '../README.md'), 'utf8');
  const [, code] = page.match(/```js\n([^]*?)```/);
  const out = execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  assert.match(out, /Float32Array.*\n?[^]* 15\n$/);
});

test('the example runs', () => {
  const options = { encoding: 'utf8' };
  const out = execFileSync(process.execPath, [path.join(__dirname, '../example.js')], options);
  const [before, after] = out.match(/0\.\d+/g).slice(-2).map(Number);
  assert.ok(after < before / 2, out);
});
