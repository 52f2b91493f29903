// Made-up payloads of feedback loops, the same at every run: what the tests of their panel draw.
import type { LoopPayload, Periods } from "../src/contract/loops";
import { bubbles, gain, instrument, kinds, labels, whatIf } from "./loops-blocks";
import { concentration, estimate, item, merit, periods, weeks } from "./loops-time";

/** A recommender whose loop is found: 27 weeks, 4,000 items, 3 % of clicks withheld for four weeks. */
export function found(part: Partial<LoopPayload> = {}): LoopPayload {
  const axis = periods();
  return {
    kind: "loops",
    format: 1,
    id: "l",
    product: "afterlaunch 0.1.0",
    noun: "items",
    subject: "recommender",
    feedback: "clicks within 7 days",
    verdict: "loop",
    sentence: "The recommender feeds on its own clicks: gain 0.62 [0.48, 0.75]; popularity is amplified 2.6 times.",
    evidence: "Below 1: it settles, it does not run away. The chance of a false alarm here: at most 5\u202f%.",
    level: "L2",
    level_words: "Feedback was withheld at random, so that the gain is a cause and not a correlation.",
    periods: axis,
    concentration: concentration(),
    merit: weeks(merit),
    over_exposed: [item("sneakers-42", 6.1, 0.021), item("hoodie-7", 4.4, 0.017), item("cap-3", 3.9, 0.012)],
    under_exposed: [item("scarf-180", 0.11, 0.0002), item("belt-9", 0.16, 0.0003), item("gloves-44", 0.2, 0.0003)],
    gain: gain(),
    bubbles: bubbles(),
    what_if: whatIf(),
    labels: null,
    kinds: kinds(),
    n_impressions: axis.n_impressions.reduce((a, b) => a + b, 0),
    n_items: 4000,
    n_users: 4000,
    alarm_rate: 0.05,
    notes: ["Null band: 95\u202f% of 200 draws by merit alone", "Merit: clicks per impression, averaged over items"],
    code: "al.find_feedback_loops(log)",
    ...part,
  };
}

/** The same log without any randomisation: nothing is known of the gain, but how to learn it. */
export function unidentified(part: Partial<LoopPayload> = {}): LoopPayload {
  return found({
    verdict: "not_identified",
    sentence: "Cannot tell whether the recommender feeds on its own clicks: this log records no randomisation.",
    evidence: "Good items rise without a loop too. To know: withhold 3\u202f% of clicks from training for 8 weeks.",
    level: "L0",
    level_words: "Logs alone: they describe, and license no word on causes. The next level needs propensities.",
    periods: { ...periods(), randomised: weeks(() => null), randomised_words: null },
    gain: gain({
      gain: estimate(null),
      instrument: null,
      instruments: [],
      pvalue: null,
      amplification: estimate(null),
      overlap: null,
      smoothing: [],
      advice: { share: 0.03, periods: 8, half_width: 0.099 },
      words:
        "Withhold 3\u202f% of clicks from training for 8 weeks. That gives ±\u202f0.1; users see no change. A regression of exposure on clicks would say 0.73, but it alarms in every loop-free log.",
    }),
    what_if: null,
    kinds: kinds().map((one, i) =>
      i === 0
        ? {
            ...one,
            estimate: estimate(null),
            identified: false,
            verdict: "cannot_tell",
            needs: "3\u202f% of clicks withheld for 8 weeks",
          }
        : one,
    ),
    ...part,
  });
}

/** A log in which the gain is near nothing. */
export function noEvidence(part: Partial<LoopPayload> = {}): LoopPayload {
  return found({
    verdict: "no_evidence",
    sentence: "No evidence that the recommender feeds on its own clicks: gain 0.04 [−0.06, 0.14].",
    evidence: "A gain above 0.14 would have been seen. The chance of a false alarm here: at most 5\u202f%.",
    gain: gain({
      gain: estimate(0.04, -0.06, 0.14),
      pvalue: 0.41,
      instruments: [instrument({ gain: estimate(0.04, -0.06, 0.14), pvalue: 0.41 })],
      amplification: estimate(1.04, 0.94, 1.16),
      missed: 0.14,
      words: "One extra click comes back as 0.04 of a click next week: nothing to speak of.",
    }),
    ...part,
  });
}

/** A collapsed log: the gain is known from below alone, and may run away. */
export function boundOnly(part: Partial<LoopPayload> = {}): LoopPayload {
  return found({
    sentence: "The recommender feeds on its own clicks: gain at least 0.71; popularity is amplified 3.4 times or more.",
    evidence: "Near 1 it is a bound: half of the items are hardly ever shown, and say nothing.",
    gain: gain({
      gain: estimate(0.9, 0.71, null),
      bound_only: true,
      amplification: estimate(null, 3.45, null),
      overlap: 0.08,
      words: "At least 0.71 of an extra click comes back next week. Whether it runs away, this log cannot tell.",
    }),
    ...part,
  });
}

/** Credit decisions: labels exist where the model accepted, and nothing else is logged. */
export function labelsAlone(part: Partial<LoopPayload> = {}): LoopPayload {
  return unidentified({
    noun: "applications",
    subject: "scorer",
    feedback: "repayments within 90 days",
    sentence: "Labels are selective: of accepted applications 6.1\u202f% default, of all it would be 14.7\u202f%.",
    verdict: "loop",
    evidence: "Weighted by the chance to be accepted; 31\u202f% of the labels count in effect.",
    level: "L1",
    level_words: "Chances to be accepted are logged: rates of all rows can be had.",
    periods: null,
    concentration: [],
    merit: [],
    over_exposed: [],
    under_exposed: [],
    gain: gain({
      gain: estimate(null),
      instrument: null,
      instruments: [],
      amplification: estimate(null),
      smoothing: [],
      plan: [],
      naive: null,
      overlap: null,
      pvalue: null,
      words: "Log which rows were accepted by chance.",
    }),
    bubbles: null,
    what_if: null,
    labels: labels(),
    kinds: kinds().map((one) =>
      one.name === "selective_labels"
        ? {
            ...one,
            verdict: "found",
            identified: true,
            estimate: estimate(2.4, 2.1, 2.7),
            statistic: "rate, × accepted",
            needs: null,
          }
        : { ...one, verdict: "not_logged", identified: false, estimate: estimate(null), needs: "an InteractionLog" },
    ),
    n_impressions: 40_000,
    n_items: 0,
    n_users: null,
    code: "al.find_feedback_loops(log)",
    ...part,
  });
}

/** One week: nothing can come back yet. */
export const onePeriod = (part: Partial<LoopPayload> = {}): LoopPayload =>
  unidentified({
    sentence: "Cannot tell whether the recommender feeds on its own clicks: this log holds one week.",
    evidence: "What is shown in one week can come back in the next at the soonest. Log two weeks or more.",
    periods: { ...periods(1), randomised: [null], randomised_words: null },
    concentration: concentration(1),
    merit: [merit(20)],
    bubbles: bubbles(1),
    gain: gain({ ...unidentified().gain, plan: [], advice: null, words: "Log two weeks or more." }),
    ...part,
  });

export const noUsers = (part: Partial<LoopPayload> = {}) => found({ bubbles: null, n_users: null, ...part });

/** Without clicks there is exposure alone: no merit, no gain. */
export function noClicks(part: Partial<LoopPayload> = {}): LoopPayload {
  const axis = unidentified().periods as Periods;
  const nothing = weeks(() => null);
  return unidentified({
    periods: { ...axis, n_clicks: null },
    feedback: "",
    sentence: "Cannot tell whether the recommender feeds on its own output: this log holds no clicks.",
    evidence: "Name the column of clicks: clicked='…'.",
    concentration: concentration().map((one) => ({ ...one, null: nothing, null_low: nothing, null_high: nothing })),
    merit: weeks((week) => {
      const { merit: deserved, ratio, click_rate: rate, ...rest } = merit(week);
      return {
        ...rest,
        merit: deserved.map(() => null),
        ratio: ratio.map(() => estimate(null)),
        click_rate: rate.map(() => null),
        lorenz_merit: [],
      };
    }),
    over_exposed: [],
    under_exposed: [],
    gain: gain({ ...unidentified().gain, plan: [], advice: null, naive: null, words: "Name the column of clicks." }),
    ...part,
  });
}
