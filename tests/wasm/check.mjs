// Counting, and the largest error of everything measured.

let passed = 0;
const failures = [];

export function test(name, f) {
  try {
    f();
    passed++;
    console.log(`ok   ${name}`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL ${name}: ${error.stack}`);
  }
}

export function settle() {
  console.log(`${passed} passed, ${failures.length} failed`);
  const row = {
    table: "targets",
    target: "wasm32",
    processor: `Node ${process.versions.node}`,
    level: "simd128 portable",
    kind: "Node",
    passed,
    skipped: 0,
    failed: failures.length,
    seconds: Math.round(performance.now() / 1000),
  };
  console.log(`proof ${JSON.stringify(row)}`);
  process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
}

export function equal(got, wanted, what) {
  if (!Object.is(got, wanted)) throw new Error(`${what}: ${got}, not ${wanted}`);
}

/** The largest error as a share of its bound. */
export class Worst {
  share = 0;
  measured = 0;

  /** NaN is never at most anything. */
  see(error, bound, place) {
    this.measured++;
    const share = error === 0 ? 0 : error / bound;
    if (share <= this.share) return;
    [this.share, this.place] = [share, place()];
  }

  settle() {
    if (this.measured === 0) throw new Error("nothing was measured");
    if (!(this.share <= 1)) throw new Error(`${this.share} times the bound: ${this.place}`);
    console.log(`     ${(100 * this.share).toFixed(1)} % of the bound, ${this.measured} numbers`);
  }
}
