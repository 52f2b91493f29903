import { count, number, share } from "../../charts/format";
import type { ExplanationPayload, Part } from "../../contract/explain";
import { estimate, MARK, signed, TONE, WORD } from "./words";

/** The numbers behind the picture: parts, columns, slices. */
export function TableView({ payload }: { payload: ExplanationPayload }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: the panel is the section; this is a part that scrolls
    <div class="al-table" role="region" aria-label="All numbers" tabIndex={0}>
      <table>
        <caption>Parts</caption>
        <thead>
          <Heads
            words={["accounting", "part"]}
            numbers={["change, 95\u202f%", "placebo", "p"]}
            more={["verdict", "needs", "rests on"]}
          />
        </thead>
        <tbody>
          {payload.accountings.map(({ title, parts }) =>
            [...parts, payload.total].map((part) => <PartRow key={part.name} accounting={title} part={part} />),
          )}
        </tbody>
      </table>
      <ColumnTable payload={payload} />
      <SliceTable payload={payload} />
    </div>
  );
}

function PartRow({ accounting, part }: { accounting: string; part: Part }) {
  const { placebo_high: most, placebo_low: least } = part;
  return (
    <tr>
      <td>{accounting}</td>
      <th scope="row">{part.within === null ? part.title : `${part.within}: ${part.title}`}</th>
      <td class="al-num">{estimate(part)}</td>
      <td class="al-num">{most === null || least === null ? "–" : `${number(least)} to ${number(most)}`}</td>
      <td class="al-num">{part.pvalue === null ? "–" : number(part.pvalue)}</td>
      <td class={`al-${TONE[part.mark]}`}>{`${MARK[part.mark]} ${WORD[part.mark]}`}</td>
      <td>{part.needs ?? ""}</td>
      <td>{part.assumption}</td>
    </tr>
  );
}

interface HeadsProps {
  readonly words: readonly string[];
  readonly numbers: readonly string[];
  readonly more?: readonly string[];
}

const Heads = ({ words, numbers, more = [] }: HeadsProps) => (
  <tr>
    {words.map((name) => (
      <th scope="col" key={name}>
        {name}
      </th>
    ))}
    {numbers.map((name) => (
      <th scope="col" class="al-num" key={name}>
        {name}
      </th>
    ))}
    {more.map((name) => (
      <th scope="col" key={name}>
        {name}
      </th>
    ))}
  </tr>
);

function ColumnTable({ payload }: { payload: ExplanationPayload }) {
  if (payload.columns.length === 0) return null;
  return (
    <table>
      <caption>Covariate, by column</caption>
      <thead>
        <Heads words={["column"]} numbers={["change, 95\u202f%"]} />
      </thead>
      <tbody>
        {payload.columns.map((one) => (
          <tr key={one.column}>
            <th scope="row">{one.column ?? "not placed"}</th>
            <td class="al-num">{estimate(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SliceTable({ payload }: { payload: ExplanationPayload }) {
  if (payload.slices.length === 0) return null;
  const numbers = ["change, 95\u202f%", "n, was", "n, is", "share, was", "share, is", "loss, was", "loss, is"];
  return (
    <table>
      <caption>Covariate, by slice</caption>
      <thead>
        <Heads words={["slice"]} numbers={numbers} />
      </thead>
      <tbody>
        {payload.slices.map((one) => (
          <tr key={one.code}>
            <th scope="row">{one.words}</th>
            {[
              estimate(one),
              count(one.n_reference),
              count(one.n_current),
              share(one.share_reference),
              share(one.share_current),
              one.loss_reference === null ? signed(null) : number(one.loss_reference),
              one.loss_current === null ? signed(null) : number(one.loss_current),
            ].map((text, place) => (
              <td class="al-num" key={numbers[place]}>
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
