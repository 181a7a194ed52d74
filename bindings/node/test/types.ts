// What index.d.ts promises; compiled, not run.
import * as lg from 'logitude';

const y: Float32Array = lg.softmax(Float32Array.of(1, 2), { cols: 2, opts: { scale: 2 } });
const half: lg.F16Array = lg.softmax(lg.F16Array.fromNumbers([1, 2]));
const { lse } = lg.softmax([[1, 2]], { lse: true });
const size: number | undefined = lse?.length;

const state = new lg.EceTopLabel(15).update([[0.5, 0.5]], [0]).merge(new lg.EceTopLabel(15));
const same: lg.EceTopLabel = lg.EceTopLabel.fromBytes(state.toBytes());
const error: number | undefined = same.finish().ece;

const scaling = lg.Temperature.fit([[1, 2]], Int32Array.of(0));
const temperature: number = scaling.temperature;
const calibrated: Float32Array = scaling.apply(Float32Array.of(1, 2));

try {
  lg.crossEntropy([[1, 2]], [7]);
} catch (problem) {
  if (problem instanceof lg.LogitudeError) console.log(problem.code, problem.status);
}
// @ts-expect-error: text is no array.
lg.softmax('text');
// @ts-expect-error: no such argument.
lg.softmax([[1, 2]], { axis: 1 });
