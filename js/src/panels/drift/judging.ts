import type { Model } from "./model";
import { roughly } from "./standin";
export class Judging {
  constructor(private readonly model: Model, _counts: readonly Float64Array[]) {}
  private timer: ReturnType<typeof setTimeout> | undefined;
  begin() { this.start(); }
  stop() { clearTimeout(this.timer); }
  start() { this.stop(); this.timer = setTimeout(() => { this.run(); this.model.arrived(); }, 0); }
  private run() {
    const { model } = this;
    for (const shown of model.shown) {
      const { judged, band } = roughly(shown, model.reference, model.axis.steps, model.threshold);
      shown.judged = judged; shown.band = band; shown.pending = false;
    }
  }
}
