import { useState } from "preact/hooks";
import type { Verdict } from "../../contract/drift";
import { Header } from "../shared/header";
import { Beside } from "./beside";
import { Columns } from "./columns";
import { Detail } from "./detail";
import { DriftFooter } from "./footer";
import type { Model } from "./model";
import { More } from "./more";
import { Overview } from "./overview";
import { MARK } from "./phrases";
import { Sure } from "./sure";
import { TableView } from "./table-view";
import { evidence, type Said, sentence } from "./words";

export interface PanelProps {
  readonly model: Model;
  readonly id: string;
}

/** The whole panel. `draw` counts the drawings, so that each is one. */
export function DriftPanel({ model, id }: PanelProps & { readonly draw: number }) {
  const [table, showTable] = useState(false);
  const { detail, pending } = model;
  const words = said(model);
  const verdict = overall(model);
  return (
    <>
      <Header
        id={id}
        said={{ ...words, mark: MARK[verdict], tone: verdict }}
        roomFor={model.payload.sentence}
        pending={pending}
        table={table}
        showTable={showTable}
        sure={() => <Sure model={model} />}
        more={(menu) => <More model={model} {...menu} />}
      />
      {!model.axis.timeless && <Overview model={model} />}
      <div class={model.axis.timeless ? "al-body al-timeless" : "al-body"}>
        {table || detail === undefined ? (
          <TableView model={model} />
        ) : (
          <>
            <Columns model={model} id={id} />
            <Detail model={model} shown={detail} />
          </>
        )}
      </div>
      <Beside model={model} />
      <DriftFooter model={model} />
      <p class="al-live" aria-live="polite">
        {pending ? "" : words.sentence}
      </p>
    </>
  );
}

function overall({ shown, payload, isOriginal }: Model): Verdict {
  if (isOriginal && payload.segments?.each.some(({ drifted }) => drifted.length > 0)) return "drifted";
  const words = new Set(shown.map(({ judged }) => judged.verdict));
  return words.has("drifted") ? "drifted" : words.size === 1 && words.has("cannot_tell") ? "cannot_tell" : "stable";
}

/** Python's own words for what Python judged; else the same words for what this page judged. */
function said(model: Model): { sentence: string; evidence: string } {
  const { payload, axis, threshold } = model;
  if (model.isOriginal) return payload;
  const columns = model.shown.map((shown): Said => {
    const { column, judged, effect } = shown;
    const { name, importance } = column;
    const { verdict, needs } = judged;
    const found = model.isJudgedByPython ? column : null;
    const why = { onsetMs: found?.onset?.at_ms ?? null, cause: found?.cause ?? null };
    return { name, verdict, needs, importance, effect, measured: model.measured(shown), ...why };
  });
  const level = { alarmRate: payload.alarm_rate, minEffect: threshold };
  return {
    sentence: sentence(columns, axis.buckets, unchosen(model)),
    evidence: evidence(columns, axis.buckets, level),
  };
}

/** "your first 3 weeks, chosen for you", as long as that reference stands. */
function unchosen({ payload, reference }: Model): string | null {
  const kept = reference[0] === payload.reference[0] && reference[1] === payload.reference[1];
  return kept ? (/, against (.*? chosen for you)/.exec(payload.sentence)?.[1] ?? null) : null;
}
