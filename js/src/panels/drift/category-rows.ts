// Which categories a chart shows.

import type { Category } from "../../charts/categories";
import type { Shown } from "./model";
import { binName } from "./values";

/** The largest categories and those that changed most, at most `most`, the rest summed up as one without a bin. */
export function categoryRows({ column, p, q }: Shown, print: (value: number) => string, most: number): Category[] {
  const all = Array.from(p, (share, bin) => ({
    bin,
    name: binName(column, bin, print),
    p: share,
    q: q[bin] as number,
  }));
  const named = all.filter(({ bin, q: now }) => bin < column.labels.length || now > 0);
  const size = (row: Category) => Math.max(row.p, row.q) + 3 * Math.abs(row.q - row.p);
  const foremost = [...named].sort((a, b) => size(b) - size(a) || a.bin - b.bin);
  if (named.length <= most) return byShare(foremost);
  const rest = foremost.slice(most - 1);
  const sum = (key: "p" | "q") => rest.reduce((total, row) => total + row[key], 0);
  return [...byShare(foremost.slice(0, most - 1)), { bin: -1, name: `${rest.length} more`, p: sum("p"), q: sum("q") }];
}

const byShare = (rows: Category[]) => rows.sort((a, b) => Math.max(b.p, b.q) - Math.max(a.p, a.q) || a.bin - b.bin);
