import { number, share } from "../../charts/format";
import type { Row } from "../../contract/edges";
import type { Model } from "./model";

/** Why a row is odd, why the model is wrong on it, the slices it is in, and its values. */
export function Inspector({ row, model }: { row: Row; model: Model }) {
  const { payload } = model;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: the panel is the section; this is a part that scrolls
    <div class="al-inspected" role="region" aria-label="The row" tabIndex={0}>
      <WhyOdd row={row} />
      <WhyWrong row={row} model={model} />
      {row.slices.length > 0 && (
        <p>
          In{" "}
          {row.slices.map((place, i) => (
            <span key={place}>
              {i > 0 && ", "}
              <button type="button" class="al-small" onClick={() => model.pickSlice(place)}>
                {payload.slices[place]?.words}
              </button>
            </span>
          ))}
        </p>
      )}
      <dl class="al-values">
        {model.rowColumns.map((name, i) => (
          <div key={name}>
            <dt title={name}>{name}</dt>
            <dd title={row.values[i]}>{row.values[i]}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function WhyOdd({ row }: { row: Row }) {
  return (
    <section>
      <p class="al-title">Why odd{row.flagged ? ": odd beyond doubt, false ones held to their share" : ""}</p>
      {row.odd.length === 0 ? (
        <p>No column makes it odd.</p>
      ) : (
        <ul class="al-reasons">
          {row.odd.map(({ column, value, part, tail_share: tail }) => (
            <li key={column}>
              <span class="al-reason-name" title={column}>
                {column} <b>{value}</b>
              </span>
              <span class="al-bar" title={`${share(part)} of what makes the row odd`}>
                <span style={{ width: `${(100 * Math.min(1, Math.max(0, part))).toFixed(1)}%` }} />
              </span>
              <span class="al-num">{tailSaid(tail)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const tailSaid = (tail: number) =>
  tail === 0 ? "none of the reference as far out" : `${share(tail)} of the reference as far out`;

const ENOUGH = 5; // similar rows that were served well, as in Python

function WhyWrong({ row, model }: { row: Row; model: Model }) {
  const { noun } = model.payload;
  const { surprise, wrong, n_alike_right: alike } = row;
  const side = (surprise ?? 0) < 0 ? "below" : "above";
  const than = model.payload.promised_by_score ? "its score" : "rows like it";
  const promised =
    surprise === null || row.loss === null
      ? ""
      : `: its loss is ${number(Math.abs(surprise))} ${side} what ${than} promised`;
  return (
    <section>
      <p class="al-title">Why wrong{promised}</p>
      {wrong.length === 0 ? (
        <p>
          {alike === null
            ? `Similar ${noun} are looked for in the measured window alone.`
            : alike < ENOUGH
              ? `${alike === 0 ? "No" : `Only ${alike}`} similar ${noun} were served well: too few to say what differs.`
              : `The ${number(alike)} similar ${noun} that were served well do not differ from it in any one column.`}
        </p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">column</th>
              <th scope="col">here</th>
              <th scope="col">in {number(alike ?? 0)} similar ones served well</th>
            </tr>
          </thead>
          <tbody>
            {wrong.map(({ column, value, usual }) => (
              <tr key={column}>
                <th scope="row">{column}</th>
                <td>{value}</td>
                <td>{usual}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
