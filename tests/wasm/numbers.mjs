// Numbers, by their definitions: binary formats (IEEE 754-2019, 3.3), sums of two
// doubles that hold 106 bits, and a generator whose draws never change.

// ---- Formats ----

const view = new DataView(new ArrayBuffer(8));

/** n with 2^n <= |x| < 2^(n+1), for a finite x that is not 0. */
function exponent(x) {
  view.setFloat64(0, x);
  const field = (view.getUint16(0) >> 4) & 0x7ff;
  return field === 0 ? exponent(x * 2 ** 64) - 64 : field - 1023;
}

function roundEven(x) {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
}

class Format {
  constructor(precision, least, largest) {
    Object.assign(this, { precision, least, largest });
    this.max = (2 - 2 ** (1 - precision)) * 2 ** largest;
  }

  /** The distance from x to the next number away from 0. */
  ulp(x) {
    const e = x === 0 ? this.least : exponent(x);
    return 2 ** (Math.min(Math.max(e, this.least), this.largest) - this.precision + 1);
  }

  /** The nearest number, ties to even. */
  nearest(x) {
    if (!Number.isFinite(x) || x === 0 || this.precision === 53) return x;
    const ulp = this.ulp(x);
    const y = roundEven(x / ulp) * ulp;
    return Math.abs(y) > this.max ? Math.sign(y) * Infinity : y;
  }

  /** The number with these bits, for the formats of 16. */
  decode(bits) {
    const width = this.precision - 1;
    const fraction = bits & (2 ** width - 1);
    const field = (bits & 0x7fff) >> width;
    let magnitude = (1 + fraction / 2 ** width) * 2 ** (field - 1 + this.least);
    if (field === 0) magnitude = fraction * 2 ** (this.least - width);
    if (field === this.largest - this.least + 2) magnitude = fraction === 0 ? Infinity : NaN;
    return bits >> 15 ? -magnitude : magnitude;
  }

  /** The bits of the nearest number, for the formats of 16. */
  encode(x) {
    const width = this.precision - 1;
    const infinity = (this.largest - this.least + 2) << width;
    if (Number.isNaN(x)) return infinity | (1 << (width - 1));
    const y = Math.abs(this.nearest(x));
    let bits = infinity;
    if (y < 2 ** this.least) bits = y / 2 ** (this.least - width);
    else if (y < Infinity) {
      const e = exponent(y);
      bits = ((e - this.least + 1) << width) | ((y / 2 ** e - 1) * 2 ** width);
    }
    return x < 0 || Object.is(x, -0) ? bits | 0x8000 : bits;
  }

  /** How far `got` is from `exact`, two doubles, in units of the last place. */
  error(got, exact) {
    if (Number.isNaN(exact.hi)) return Number.isNaN(got) ? 0 : Infinity;
    if (got === exact.hi) return Number.isFinite(got) ? Math.abs(exact.lo) / this.ulp(got) : 0;
    if (!Number.isFinite(exact.hi)) return Infinity;
    let near = got;
    if (Math.abs(got) === Infinity) {
      // As far off as the number after the largest would be, and right past it.
      near = Math.sign(got) * 2 ** (this.largest + 1);
      if (exact.hi / near >= 1) return 0;
    }
    return Math.abs(near - exact.hi - exact.lo) / this.ulp(exact.hi);
  }
}

export const F32 = new Format(24, -126, 127);
export const F64 = new Format(53, -1022, 1023);
export const F16 = new Format(11, -14, 15);
export const BF16 = new Format(8, -126, 127);

// ---- Two doubles ----

/** hi + lo, normalised. */
function fast(a, b) {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** a + b exactly. */
export function sum(a, b) {
  const hi = a + b;
  const part = hi - a;
  return { hi, lo: a - (hi - part) + (b - part) };
}

/** a * b exactly, while nothing overflows. */
export function product(a, b) {
  const split = (x) => {
    const wide = 134217729 * x;
    return wide - (wide - x);
  };
  const [hi, ah, bh] = [a * b, split(a), split(b)];
  const [al, bl] = [a - ah, b - bh];
  return { hi, lo: ah * bh - hi + ah * bl + al * bh + al * bl };
}

export const dd = (hi) => ({ hi, lo: 0 });

export function add(a, b) {
  const s = sum(a.hi, b.hi);
  const t = sum(a.lo, b.lo);
  const u = fast(s.hi, s.lo + t.hi);
  return fast(u.hi, u.lo + t.lo);
}

export const minus = (a) => ({ hi: -a.hi, lo: -a.lo });

export function mul(a, b) {
  const p = product(a.hi, b.hi);
  return fast(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

export function div(a, b) {
  const first = a.hi / b.hi;
  const rest = add(a, minus(mul(b, dd(first))));
  const second = rest.hi / b.hi;
  const last = add(rest, minus(mul(b, dd(second))));
  return add(fast(first, second), dd(last.hi / b.hi));
}

/** a * f, f a power of two. */
const times = (a, f) => ({ hi: a.hi * f, lo: a.lo * f });

const LN2 = { hi: Math.LN2, lo: 2.3190468138462996e-17 };

/** exp(a) - 1 for |a| <= 0.5: the series of a / 256, then 8 doublings. */
function expm1(a) {
  const r = times(a, 1 / 256);
  let s = dd(0);
  for (let n = 12; n >= 1; n--) s = mul(div(r, dd(n)), add(s, dd(1)));
  for (let i = 0; i < 8; i++) s = add(times(s, 2), mul(s, s));
  return s;
}

export function exp(a) {
  if (a.hi < -2000) return dd(0);
  const k = Math.round(a.hi / Math.LN2);
  const e = add(expm1(add(a, minus(mul(dd(k), LN2)))), dd(1));
  const half = Math.trunc(k / 2);
  return times(times(e, 2 ** half), 2 ** (k - half));
}

/** ln(1 + a) for a >= 0: one step of Newton's method from the double. */
export function log1p(a) {
  const y = Math.log1p(a.hi);
  const e = Math.abs(y) <= 0.5 ? expm1(dd(y)) : add(exp(dd(y)), dd(-1));
  return add(dd(y), div(add(a, minus(e)), add(e, dd(1))));
}

// ---- Draws ----

/** A linear congruence of 48 bits, its upper half; enough for test data. */
export class Rng {
  constructor(seed) {
    this.state = BigInt(seed) * 0x9e3779b97f4a7c15n + 11n;
  }

  /** In [0, 1). */
  unit() {
    this.state = BigInt.asUintN(48, this.state * 25214903917n + 11n);
    return Number(this.state >> 16n) / 2 ** 32;
  }

  below(n) {
    return Math.floor(this.unit() * n);
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  normal() {
    return Math.sqrt(-2 * Math.log(1 - this.unit())) * Math.cos(2 * Math.PI * this.unit());
  }
}
