// Judges a payload's own windows as the panel does: the payload comes in by stdin, the columns' numbers go out.
import { text } from "node:stream/consumers";
import type { DriftPayload } from "../src/contract/drift";
import { EFFECT, verdictBy } from "../src/panels/drift/chosen";
import { decode } from "../src/panels/drift/decode";
import { cellsOf } from "../src/panels/drift/judging";
import { axisOf } from "../src/panels/shared/axis";
import { judge } from "../src/stats/index";

const payload: DriftPayload = JSON.parse(await text(process.stdin));
const counts = await decode(payload);
const { position, season, timeless } = axisOf(payload.buckets);
const buckets = ([from, to]: readonly [number, number]) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const judged = judge(
  payload.columns.map((column, i) => cellsOf(column, counts[i] as Float64Array)),
  { reference: buckets(payload.reference), current: buckets(payload.current), position, season, timeless },
  { alarmRate: payload.alarm_rate, minEffect: payload.measure_in_page === EFFECT ? payload.min_effect : 0 },
);
process.stdout.write(
  JSON.stringify(
    judged
      .map((one) => ({ ...one, verdict: verdictBy(payload.measure_in_page, one, payload.min_effect) }))
      .map(({ verdict, effect, low, high, natural, pvalue, qvalue, ks, psi, js, wasserstein, nReference }) => ({
        verdict,
        effect,
        effect_low: low,
        effect_high: high,
        natural,
        pvalue,
        qvalue,
        ks,
        psi,
        js,
        wasserstein,
        n_reference: nReference,
      })),
  ),
);
