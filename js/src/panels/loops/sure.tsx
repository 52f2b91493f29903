import { number, share } from "../../charts/format";
import type { Instrument, LoopPayload } from "../../contract/loops";
import { estimate, gainSaid, LEVEL } from "./words";

/** How the gain and the verdict come about: the level of evidence, each instrument, overlap and smoothing. */
export function Sure({ payload }: { payload: LoopPayload }) {
  const { gain, level, level_words: words } = payload;
  return (
    <>
      <p>
        <b>
          Level {level.slice(1)} of 2, {LEVEL[level]}.
        </b>{" "}
        {words}
      </p>
      {gain.instruments.length > 0 && <Instruments gain={gain} />}
      {gain.overlap !== null && (
        <p>
          <b>Overlap {share(gain.overlap)}</b>: that share of exposure goes to items that are shown often enough to say
          something. In a collapsed log the rest is silent, and the gain is told as a bound.
        </p>
      )}
      {gain.smoothing.length > 0 && (
        <p>
          <b>Smoothing</b> of counts hardly matters where these agree:{" "}
          {gain.smoothing
            .map(([constant, value]) => `${number(constant)} → ${value === null ? "–" : gainSaid(value)}`)
            .join(", ")}
          .
        </p>
      )}
      {gain.naive !== null && (
        <p>
          A regression of exposure on clicks would say {gainSaid(gain.naive)}; good items are clicked and shown without
          a loop too, so it says nothing of one.
        </p>
      )}
      {payload.what_if !== null && <p>What if: {payload.what_if.words}</p>}
      {payload.bubbles !== null && <p>What users see: {payload.bubbles.words}</p>}
    </>
  );
}

function Instruments({ gain }: Pick<LoopPayload, "gain">) {
  return (
    <>
      <ul class="al-instruments">
        {gain.instruments.map((one) => (
          <li key={one.name}>
            <b>{one.title}</b> {estimate(one.gain, gainSaid)}
            {one.pvalue !== null && `, p ${one.pvalue < 0.001 ? "< 0.001" : number(one.pvalue)}`} · {asideOf(one)}
            {one.name === gain.instrument && " · the verdict's"}. {one.words}
          </li>
        ))}
      </ul>
      <p>
        A false alarm is no likelier whatever the items' merit, and however weak the chance that is read: intervals (95
        {"\u202f"}%) are the gains that the data do not reject, so that they may be open.
        {gain.missed !== null && ` A gain above ${gainSaid(gain.missed)} would have been seen.`}
      </p>
    </>
  );
}

const asideOf = ({ weak, n_periods: n }: Instrument) => `${n} ${n === 1 ? "period" : "periods"}${weak ? ", weak" : ""}`;
