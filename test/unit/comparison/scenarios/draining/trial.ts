import type { Drained, Measured } from "../../../../../comparison/scenarios/draining/conclude.ts";
import type { Kind } from "../../../../../comparison/scenarios/draining/expectations.ts";
import { draining } from "../../../../../comparison/scenarios/draining/scenario.ts";
import { measured } from "../../../../../comparison/scenarios/outcome.ts";
import type { Sample } from "../../../../../comparison/traffic/load.ts";
import { answered, lost } from "../samples.ts";
import { both, loaded, trialOf, unmeasured } from "../trial.ts";

interface Run {
  /** Whether connections that are held on the target break. */
  readonly breaks: boolean;
  /** When the target answers over a connection in use for the last time. */
  readonly lastUse: number;
  readonly lastNew?: number;
  readonly drainingSeconds: number;
  readonly more?: readonly Sample[];
}

const held = (sample: Sample, pod: string): Sample => ({ ...sample, pod });

/** At 20 times AWS's speed: deregistered at 0, watched for 20 s. */
function run({ breaks, lastUse, lastNew = -100, drainingSeconds, more = [] }: Run) {
  const end = breaks ? lost : answered;
  const happened: Drained = { at: 0, until: 20_000, drainingSeconds, pods: new Set(["pod-1"]) };
  return loaded(happened, [
    answered("http", lastNew),
    answered("http", 3000, "pod-2"),
    answered("http keep-alive", lastUse, "pod-1", 10),
    held(end("http idle", -1000), "pod-1"),
    held(end("http slow", -1000), "pod-1"),
    held(answered("http slow", -1000, "pod-2"), "pod-2"),
    ...more,
  ]);
}

const usual = {
  kept: { breaks: false, lastUse: 18_000, drainingSeconds: 15.2 },
  terminated: { breaks: true, lastUse: 6000, drainingSeconds: 6.2 },
} as const satisfies Record<Kind, Run>;

/** The same on both sides, of both kinds. */
function found(kept: Partial<Run>, terminated: Partial<Run> = kept): Measured {
  return {
    kept: both(run({ ...usual.kept, ...kept })),
    terminated: both(run({ ...usual.terminated, ...terminated })),
    declared: { left: measured(true), right: measured(false) },
  };
}

const kept = (what: string): string => `300 s, kept: ${what}`;
const terminated = (what: string): string => `120 s, terminated: ${what}`;
const inBoth = (what: string): string[] => [kept(what), terminated(what)];
const lostNew = (count: number): Sample[] => Array.from({ length: count }, (_, index) => lost("http", index));

const declared = "a delay of 120 s can be declared";

export const trial = trialOf({
  scenario: draining,
  // New connections may be lost until DNS leaves out a zone that has no other target: a third of two seconds.
  documented: found({ more: lostNew(7) }),
  otherwise: {
    "more new connections are lost": {
      measured: found({ more: lostNew(8) }),
      different: inBoth("lost, new connections"),
    },
    "a target is draining for too short, or too long": {
      measured: found({ drainingSeconds: 13.9 }, { drainingSeconds: 13.1 }),
      different: inBoth("draining"),
    },
    "it gets new connections for longer than changes take to propagate": {
      measured: found({ lastNew: 7100 }),
      different: inBoth("last new connection to it"),
    },
    "connections break without termination, or stay in spite of it": {
      measured: found({ breaks: true }, { breaks: false }),
      different: [
        ...["requests in flight that broke", "idle connections that broke"].map(kept),
        ...["requests in flight that broke", "idle connections that broke"].map(terminated),
      ],
    },
    "connections in use end before the delay does": {
      measured: found({ lastUse: 9000 }, {}),
      different: [kept("last answer over connections in use")],
    },
    "connections in use outlast their termination": {
      measured: found({}, { lastUse: 18_000 }),
      different: [terminated("last answer over connections in use")],
    },
    "connections to other targets break": {
      measured: found({ more: [held(lost("http idle", -1000), "pod-2")] }),
      different: inBoth("broke on other targets"),
    },
    "the controller takes any attribute": {
      measured: { ...found({}), declared: both(measured(true)) },
      different: [declared],
    },
    "nothing was sent over new connections": {
      measured: {
        ...found({}),
        kept: both(
          loaded({ at: 0, until: 20_000, drainingSeconds: 15.2, pods: new Set(["pod-1"]) }, [
            answered("http keep-alive", 18_000),
            held(answered("http idle", -1000), "pod-1"),
            held(answered("http slow", -1000), "pod-1"),
          ]),
        ),
      },
      different: [],
      unreachable: [kept("lost, new connections")],
    },
  },
  nothing: { kept: unmeasured, terminated: unmeasured, declared: unmeasured },
  simulated: {
    [kept("requests in flight that broke")]: [0, 0],
    [kept("idle connections that broke")]: [0, 0],
    [terminated("requests in flight that broke")]: [100, 100],
    [terminated("idle connections that broke")]: [100, 100],
    [kept("broke on other targets")]: [0, 0],
    [declared]: [true, false],
  },
});
