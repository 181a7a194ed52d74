// Sizes, strides and types that a call was not given, read off its arrays.
'use strict';

const { constants } = require('./library.js');
const { kindOf } = require('./arrays.js');
const { refuse } = require('./status.js');

/** Adds to `values` what they say. `type` is that of the numbers. */
function measure(verb, type, values) {
  const set = (name, value) => {
    if (name && value !== undefined && !(name in values)) values[name] = value;
  };
  const arrays = verb.args.filter(({ name, extent }) => extent && values[name]);
  const tables = arrays.filter(({ extent }) => extent.rows);
  for (const { name, extent } of tables) {
    const [rows, cols] = values[name].shape ?? [];
    set(extent.rows.bare, rows);
    set(extent.cols.bare, cols);
  }
  for (const { name, extent } of arrays) set(extent.bare, values[name].length);
  for (const arg of tables) divide(verb, arg, values, set);
  // Where nothing says otherwise, an array is one row.
  for (const { name, extent: { rows, cols } } of tables) {
    if (!rows.bare || !cols.bare || cols.bare in values) continue;
    set(rows.bare, 1);
    set(cols.bare, values[name].length);
  }
  for (const { extent } of verb.args) {
    if (extent?.stride && extent.cols.of(values) >= 0) set(extent.stride, extent.cols.of(values));
  }
  set('weighted', values.weights ? 1 : 0);
  set('score_size', { f16: 2, bf16: 2, f32: 4 }[type] ?? 8);
  set('_n', values.n);
  nameTypes(verb, values, set);
}

/** Rows from columns, or columns from rows. */
function divide(verb, { name, key, extent: { rows, stride, cols } }, values, set) {
  const { length } = values[name];
  const across = cols.of(values);
  const down = rows.of(values);
  if (across > 0 && rows.bare && !(down >= 0)) {
    // The last row may end where its numbers do.
    const step = values[stride] ?? across;
    const rest = length % step;
    if (rest && rest !== across) refuse('LGT_E_SHAPE', verb.name, `${key} is not rows of ${across}`);
    set(rows.bare, Math.ceil(length / step));
  } else if (down > 0 && cols.bare && !(across >= 0) && !(stride in values)) {
    if (length % down) refuse('LGT_E_SHAPE', verb.name, `${key} is not ${down} rows`);
    set(cols.bare, length / down);
  }
}

/** `label_type` is that of the labels. */
function nameTypes(verb, values, set) {
  for (const { name, extent } of verb.args) {
    set(extent?.element, kindOf(values[name]?.data)?.code ?? constants.LGT_I32);
  }
}

module.exports = { measure };
