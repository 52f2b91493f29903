import { Categories } from "../../charts/categories";
import type { BlockProps } from "./distribution-block";
import { binName } from "./values";

const MOST = 4;
const HEIGHT = 136;

/** The bins whose share changed most, where no time says more. */
export function Carriers({ shown, width, print }: BlockProps) {
  const { p, q, column } = shown;
  const rows = Array.from(p, (share, bin) => ({
    bin,
    name: binName(column, bin, print),
    p: share,
    q: q[bin] as number,
  }));
  const changed = rows.sort((a, b) => Math.abs(b.q - b.p) - Math.abs(a.q - a.p)).slice(0, MOST);
  return (
    <div class="al-block">
      <div class="al-blockhead">
        <p class="al-title">Bins that changed most</p>
      </div>
      <svg width={width} height={HEIGHT} role="img" aria-label={`Bins of ${column.name} that changed most`}>
        <Categories width={width} height={HEIGHT} rows={changed} selected={null} pointed={null} />
      </svg>
    </div>
  );
}
